// The function as it is deployed, in a process of its own, before stand-ins of Bedrock and Lambda.
import { readdirSync } from 'node:fs';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DeployedFunction, deployedFunction } from './deployed-function';
import { functionUrlEvent } from './http-events';
import { MODEL_ID, REGION } from './test-invoker';
import { CrossRegionInferenceProfile, Escalation, EscalationOptions, EscalationTrigger, HaikuInvoker, HaikuInvokerProps, InvokerApi, ModelCard } from '../../src';
import { BedrockStandIn, Fault } from '../stand-ins/bedrock-runtime';
import { LambdaFunctions } from '../stand-ins/lambda-function';
import { findRic, LambdaProcess, LOOP } from '../stand-ins/lambda-runtime-api';

const DRIVERS = [LOOP, ...[findRic()].flatMap((driver) => driver === undefined ? [] : [driver])];
const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const SCHEMA = { type: 'object', required: ['total'], properties: { total: { type: 'number' } } };

let bedrock: BedrockStandIn;
let functions: LambdaFunctions;
let lambda: LambdaProcess | undefined;
beforeEach(async () => {
  const otherModels = { [SONNET]: { adaptiveOnly: false } };
  [bedrock, functions] = await Promise.all([BedrockStandIn.start({ region: REGION, otherModels }), LambdaFunctions.start(REGION)]);
});
afterEach(async () => {
  await lambda?.stop();
  await Promise.all([bedrock.stop(), functions.stop()]);
});

function ladder(when: EscalationTrigger[], props: HaikuInvokerProps = {}, options: Partial<EscalationOptions> = {}) {
  return (scope: Construct) => new HaikuInvoker(scope, 'Invoker', {
    escalation: Escalation.to(new CrossRegionInferenceProfile(scope, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_6 }), { when, ...options }), ...props,
  });
}

const says = (haiku: Fault, sonnet: Fault) => ({ path }: { path: string }) => path.includes(encodeURIComponent(MODEL_ID)) ? haiku : sonnet;

describe.each(DRIVERS)('under $name', (driver) => {
  async function start({ handlerDir, env }: DeployedFunction, timeoutMs = 20_000): Promise<LambdaProcess> {
    const urls = { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url, AWS_ENDPOINT_URL_LAMBDA: functions.url };
    return lambda = await LambdaProcess.start({ handlerDir, handler: 'index.handler', driver, timeoutMs, env: { ...env, ...urls } });
  }

  test.each([
    ['a schema', [EscalationTrigger.schemaViolation(SCHEMA)], Fault.says('{"total": "1"}'), 'schemaViolation'],
    ['no JSON', [EscalationTrigger.notJson()], Fault.says('No.'), 'notJson'],
    ['the end of its tokens', [EscalationTrigger.maxTokens()], Fault.says('{', 'max_tokens'), 'maxTokens'],
    ['a refusal', [EscalationTrigger.refusal()], Fault.refusal(), 'refusal'],
    ['its confidence', [EscalationTrigger.confidenceBelow('sure', 0.5)], Fault.says('{"sure": 0.4}'), 'confidenceBelow'],
    ['too many calls', [EscalationTrigger.unavailable()], Fault.throttling(), 'unavailable'],
  ])('an answer that falls for %s comes from the stronger model', async (_, when, haiku, reason) => {
    bedrock.faults.always(says(haiku, Fault.says('{"total": 1}')));
    const { response, stdout } = await (await start(deployedFunction(REGION, ladder(when, { retry: { maxAttempts: 1 } })))).invoke({ prompt: 'Hello' });
    expect(response).toMatchObject({ model: 'claude-sonnet-4-6', content: [{ text: '{"total": 1}' }], escalation: { rung: 2, model: SONNET, reasons: [reason] } });
    expect(JSON.parse(stdout[0])).toMatchObject({ message: 'answered', Escalations: 1 });
  });

  test('Converse: the answer says which model it comes from', async () => {
    bedrock.faults.always(says(Fault.says('No.'), Fault.says('{}')));
    const { response } = await (await start(deployedFunction(REGION, ladder([EscalationTrigger.notJson()], { api: InvokerApi.CONVERSE })))).invoke({ prompt: 'Hello' });
    expect(response).toMatchObject({ output: { message: { content: [{ text: '{}' }] } }, escalation: { rung: 2, model: SONNET, reasons: ['notJson'] } });
  });

  test('a stream comes from another model only before its first byte, and its head says so', async () => {
    const when = [EscalationTrigger.unavailable(), EscalationTrigger.maxTokens()];
    const process = await start(deployedFunction(REGION, ladder(when, { responseStreaming: true, retry: { maxAttempts: 1 } })));
    const stream = functionUrlEvent({ body: { prompt: 'Hello', stream: true } });
    bedrock.faults.always(says(Fault.throttling(), {}));
    const switched = await process.invoke(stream);
    expect(switched.stream?.prelude).toMatchObject({ statusCode: 200, headers: { 'x-escalation-rung': '2', 'x-escalation-reasons': 'unavailable' } });
    expect(switched.stream!.body.toString()).toContain('"model":"claude-sonnet-4-6"');
    const { InputTokens, Rung2InputTokens } = JSON.parse(switched.stdout[0]);
    expect([InputTokens, Rung2InputTokens]).toEqual([expect.any(Number), InputTokens]);
    // What breaks off later, or ends too soon, is the caller's to see.
    bedrock.faults.always(says(Fault.exceptionInStream('throttlingException', 'Too many requests'), {}));
    const broken = await process.invoke(stream);
    expect(broken.stream?.prelude).toMatchObject({ headers: { 'x-escalation-rung': '1' } });
    expect(broken.stream!.body.toString()).toContain('event: error');
    bedrock.faults.always(says(Fault.says('Cut', 'max_tokens'), {}));
    expect((await process.invoke(stream)).stream?.prelude).toMatchObject({ headers: { 'x-escalation-rung': '1' } });
    // An answer that comes whole is judged.
    expect((await process.invoke(functionUrlEvent({ body: { prompt: 'Hello' } }))).stream?.prelude).toMatchObject({ headers: { 'x-escalation-rung': '2', 'x-escalation-reasons': 'maxTokens' } });
  });

  const verdict = (scope: Construct) => {
    const decider = LambdaFunction.fromFunctionArn(scope, 'Decider', 'arn:aws:lambda:eu-west-2:111122223333:function:decider');
    return ladder([EscalationTrigger.verdict(decider)])(scope);
  };

  test.each<[string, unknown, number, string[]?]>([
    ['does not let it pass', { passes: false }, 2], ['lets it pass', { passes: true }, 1], ['throws', new Error('Mine.'), 1, ['verdict']], ['says nothing of use', { passes: 'no' }, 1, ['verdict']],
  ])('a function that %s decides', async (...[, returned, rung, failed]) => {
    functions.returns = () => returned;
    bedrock.faults.always(says(Fault.says('Haiku.'), Fault.says('Sonnet.')));
    const { response, stdout } = await (await start(deployedFunction(REGION, verdict))).invoke({ prompt: 'Hello' });
    expect(response).toMatchObject({ escalation: { rung, reasons: rung === 2 ? ['verdict'] : [] } });
    expect(JSON.parse(stdout[0]).escalation.failed).toEqual(failed);
    expect(functions.invoked).toMatchObject([{
      functionName: 'arn:aws:lambda:eu-west-2:111122223333:function:decider',
      type: 'RequestResponse',
      event: { request: { messages: [{ role: 'user', content: 'Hello' }] }, answer: { content: [{ text: 'Haiku.' }] }, model: MODEL_ID },
    }]);
  });

  test.each([['PASS', 1], ['FAIL', 2], ['PASS, or maybe FAIL', 2], ['Hm.', 2]])('a model that judges its own answer with %p: rung %i, and both calls are counted', async (word, rung) => {
    let asked = 0;
    bedrock.faults.always(({ path, body }) => {
      if (!path.includes(encodeURIComponent(MODEL_ID))) return Fault.says('Sonnet.');
      if (asked++ > 0) expect(JSON.parse(body.toString())).toMatchObject({ system: expect.stringContaining('rubric'), messages: [{ content: expect.stringMatching(/Be kind\.[^]*Hello[^]*Haiku\./) }] });
      return Fault.says(asked === 1 ? 'Haiku.' : word);
    });
    const { response, stdout } = await (await start(deployedFunction(REGION, ladder([EscalationTrigger.selfJudged('Be kind.')])))).invoke({ prompt: 'Hello' });
    expect(response).toMatchObject({ escalation: { rung, reasons: rung === 2 ? ['judged'] : [] } });
    const { escalation, InputTokens, Retries } = JSON.parse(stdout[0]);
    expect(escalation.rungs.map(({ judging }: { judging?: boolean }) => Boolean(judging))).toEqual(rung === 2 ? [false, true, false] : [false, true]);
    expect(InputTokens).toBe(escalation.rungs.reduce((sum: number, { inputTokens }: { inputTokens: number }) => sum + inputTokens, 0));
    expect(Retries).toBe(0);
  });

  test('a judge that fails leaves the answer as it is', async () => {
    bedrock.faults.push(Fault.says('Haiku.'), Fault.internalServer());
    const { response, stdout } = await (await start(deployedFunction(REGION, ladder([EscalationTrigger.selfJudged('Be kind.')], { retry: { maxAttempts: 1 } })))).invoke({ prompt: 'Hello' });
    expect(response).toMatchObject({ content: [{ text: 'Haiku.' }], escalation: { rung: 1 } });
    expect(JSON.parse(stdout[0])).toMatchObject({ message: 'answered', escalation: { failed: ['judged'] } });
  });
});

test('the code beside the handler is what the ladder needs, and no more', () => {
  const beside = (when: EscalationTrigger[]) => readdirSync(deployedFunction(REGION, ladder(when)).handlerDir)
    .filter((file) => !['explain.cjs', 'gen-ai.cjs', 'index.js', 'main.cjs', 'role-session.cjs', 'sentences.cjs', 'system-prompt.cjs'].includes(file));
  expect(beside([EscalationTrigger.maxTokens()])).toEqual(['escalation.json', 'ladder.cjs']);
  expect(beside([EscalationTrigger.schemaViolation({})])).toEqual(['escalation.json', 'json-schema.cjs', 'ladder.cjs']);
  expect(beside([EscalationTrigger.toolInputViolation()])).toEqual(['escalation.json', 'json-schema.cjs', 'ladder.cjs']);
});

test('a ladder whose file is gone says so with each call', async () => {
  const { handlerDir, env } = deployedFunction(REGION, (scope) => new HaikuInvoker(scope, 'Invoker'));
  const escalation = { rungs: { 2: { modelId: SONNET, endpoint: 'bedrock-runtime', region: REGION } } };
  lambda = await LambdaProcess.start({ handlerDir, handler: 'index.handler', env: { ...env, INVOKER_OPTIONS: JSON.stringify({ escalation }), AWS_ENDPOINT_URL: bedrock.url } });
  const { error } = await lambda.invoke({ prompt: 'Hello' });
  expect(error).toMatchObject({ errorType: 'ConfigurationError', errorMessage: 'A part of the handler is not beside it. Deploy the function with the code that HaikuInvoker gives it.' });
});
