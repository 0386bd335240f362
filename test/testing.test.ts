import { App, Stack } from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile, Escalation, EscalationTrigger, HaikuInvoker, HaikuInvokerProps, InvokerApi, ModelCard } from '../src';
import { runEscalation } from '../src/testing';

const SCHEMA = { type: 'object', required: ['total'], properties: { total: { type: 'number' } } };

function invokerIn(region: string | undefined, when: EscalationTrigger[], props: HaikuInvokerProps = {}): HaikuInvoker {
  const stack = new Stack(new App(), 'Stack', region ? { env: { account: '111122223333', region } } : {});
  const sonnet = new CrossRegionInferenceProfile(stack, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_6 });
  return new HaikuInvoker(stack, 'Invoker', { escalation: Escalation.to(sonnet, { when, rungsOfEvents: true }), ...props });
}

test.each([['eu-west-1', undefined], [undefined, undefined], ['eu-west-1', InvokerApi.CONVERSE]])('a unit test runs the ladder of a construct: %p, %p', async (region, api) => {
  const requests: unknown[] = [];
  const says = (text: string) => (request: unknown) => {
    requests.push(request);
    return { text };
  };
  const { answer, asked, line } = await runEscalation(
    invokerIn(region, [EscalationTrigger.schemaViolation(SCHEMA)], { api, systemPrompt: 'Read the receipt.' }), { prompt: '12 EUR' }, [says('No.'), says('{"total": 12}')]);
  expect(asked).toEqual([1, 2]);
  expect(answer).toMatchObject({ escalation: { rung: 2, reasons: ['schemaViolation'] } });
  expect(JSON.stringify(answer)).toContain('{\\"total\\": 12}');
  expect(line).toMatchObject({ message: 'answered', Escalations: 1 });
  expect(JSON.stringify(requests[1])).toContain('Read the receipt.');
});

test('an answer that does is the only one, and an event may begin at a rung', async () => {
  const invoker = invokerIn('eu-west-1', [EscalationTrigger.notJson()]);
  const models = [() => ({ text: '{}' }), () => ({ text: '[]' })];
  expect(await runEscalation(invoker, { prompt: 'Hello' }, models)).toMatchObject({ asked: [1], answer: { content: [{ text: '{}' }] } });
  expect(await runEscalation(invoker, { prompt: 'Hello', escalation: { rung: 2 } }, models)).toMatchObject({ asked: [2], answer: { escalation: { reasons: ['forced'] } } });
});

test('a tool call, a throttled model, and an end at max_tokens can be said', async () => {
  const tools = [{ name: 'pay', input_schema: { type: 'object', required: ['amount'] } }];
  const when = [EscalationTrigger.toolInputViolation(), EscalationTrigger.unavailable(), EscalationTrigger.maxTokens()];
  const reasons = async (first: object) => (await runEscalation(invokerIn('eu-west-1', when, { retry: { maxAttempts: 2 } }), { prompt: 'Pay.', tools }, [() => first, () => ({ text: 'Yes.' })])).answer;
  expect(await reasons({ toolCall: { name: 'pay', input: {} } })).toMatchObject({ escalation: { reasons: ['toolInputViolation'] } });
  expect(await reasons({ unavailable: true })).toMatchObject({ escalation: { reasons: ['unavailable'] } });
  expect(await reasons({ text: 'Y', stopReason: 'max_tokens' })).toMatchObject({ escalation: { reasons: ['maxTokens'] } });
});

test('what the function would throw is thrown, and a mistake is named', async () => {
  const invoker = invokerIn('eu-west-1', [EscalationTrigger.notJson()]);
  await expect(runEscalation(invoker, {}, [() => ({}), () => ({})])).rejects.toMatchObject({ name: 'InvalidRequestError' });
  await expect(runEscalation(invoker, { prompt: 'Hello' }, [])).rejects.toThrow('models do not fit the ladder, got 0 of them; expected 2, one for each model that can be asked. Pass a function for each.');
  const plain = new HaikuInvoker(new Stack(new App(), 'Plain', { env: { region: 'eu-west-1' } }), 'Invoker');
  await expect(runEscalation(plain, { prompt: 'Hello' }, [])).rejects.toThrow('Plain/Invoker has no ladder to run; expected a HaikuInvoker with escalation. Pass escalation to it.');
});
