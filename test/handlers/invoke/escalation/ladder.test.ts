import { called, ladderInvoker, OPUS, planOf, rung, saying, SONNET, standInWithOthers } from './ladder-kit';
import type { EscalationPlan, Triggers } from '../../../../src/contract/escalation';
import { respond } from '../../../../src/handlers/invoke/events/respond';
import { functionUrlEvent } from '../../../invoker/http-events';
import { contextWith, TestInvoker, TestInvokerProps } from '../../../invoker/test-invoker';
import { BedrockStandIn, Fault } from '../../../stand-ins/bedrock-runtime';

let standIn: BedrockStandIn;
let invoker: TestInvoker | undefined;
beforeEach(async () => { standIn = await standInWithOthers(); });
afterEach(async () => {
  invoker?.close();
  await standIn.stop();
});

const SCHEMA = { type: 'object', required: ['total'], properties: { total: { type: 'number' } }, additionalProperties: false };
const TOOL = { name: 'pay', input_schema: { type: 'object', required: ['amount'], properties: { amount: { type: 'integer', minimum: 1 } } } };

/** One direct call; gives the answer or the error, the models that were called, and the line of the log. */
async function call(
  plan: EscalationPlan, { event = { prompt: 'Hello' }, left = 60_000, ...props }: { event?: object; left?: number } & Partial<TestInvokerProps> = {}) {
  invoker = ladderInvoker(standIn.url, plan, props);
  const answer = await respond(event, contextWith(left), invoker)
    .catch((error: Error) => ({ name: error.name, message: error.message }));
  return JSON.parse(JSON.stringify({ answer, models: called(standIn), line: invoker.lines.at(-1) }));
}

test.each<[keyof Triggers, Triggers, Fault, object?]>([
  ['notJson', { notJson: true }, Fault.says('I am sorry.')],
  ['notJson', { notJson: true }, Fault.says('```json\n{}\n```')],
  ['schemaViolation', { schemaViolation: SCHEMA }, Fault.says('I am sorry.')],
  ['schemaViolation', { schemaViolation: SCHEMA }, Fault.says('{"total": "12"}')],
  ['schemaViolation', { schemaViolation: SCHEMA }, Fault.says('{"total": 12, "more": 1}')],
  ['schemaViolation', { schemaViolation: false }, Fault.says('1')],
  ['maxTokens', { maxTokens: true }, Fault.says('{"total', 'max_tokens')],
  ['refusal', { refusal: true }, Fault.refusal()],
  ['toolInputViolation', { toolInputViolation: true }, Fault.callsTool('pay', { amount: 0 }), { prompt: 'Pay.', tools: [TOOL] }],
  ['confidenceBelow', { confidenceBelow: { field: 'confidence', bound: 0.8 } }, Fault.says('{"confidence": 0.79}')],
  ['confidenceBelow', { confidenceBelow: { field: 'confidence', bound: 0.8 } }, Fault.says('{"confidence": "high"}')],
  ['confidenceBelow', { confidenceBelow: { field: 'sure.how', bound: 0.8 } }, Fault.says('{"sure": {}}')],
  ['unavailable', { unavailable: true }, Fault.throttling()],
  ['unavailable', { unavailable: true }, Fault.overloaded()],
  ['unavailable', { unavailable: true }, Fault.serviceUnavailable()],
])('%s: the stronger model is asked, and its answer counts', async (...[reason, when, haiku, event]) => {
  standIn.faults.always(saying(haiku, Fault.says('{"total": 12}')));
  const { answer, models, line } = await call(planOf(rung(when)), { event });
  expect(models.at(-1)).toBe('sonnet');
  expect(answer).toMatchObject({ model: 'claude-sonnet-4-6', content: [{ text: '{"total": 12}' }], escalation: { rung: 2, model: SONNET, reasons: [reason] } });
  expect(line).toMatchObject({ message: 'answered', Escalations: 1, escalation: { rung: 2, reasons: [reason] } });
});

test.each<[string, Triggers, Fault, object?]>([
  ['JSON that fits', { schemaViolation: SCHEMA, confidenceBelow: { field: 'total', bound: 12 } }, Fault.says('{"total": 12}')],
  ['any JSON', { notJson: true }, Fault.says(' null ')],
  ['an end by itself', { maxTokens: true }, Fault.says('{"total')],
  ['a refusal that is no trigger', { schemaViolation: SCHEMA, maxTokens: true }, Fault.refusal()],
  ['what a guardrail blocked', { schemaViolation: SCHEMA, refusal: true }, Fault.guardrailIntervened()],
  ['a tool call that fits', { toolInputViolation: true, notJson: true }, Fault.callsTool('pay', { amount: 3 }), { prompt: 'Pay.', tools: [TOOL] }],
  ['a tool call of a tool without a readable schema', { toolInputViolation: true }, Fault.callsTool('pay', {}), { prompt: 'Pay.', tools: [{ name: 'pay', input_schema: { $ref: '#/none' } }] }],
  ['a confidence at the bound', { confidenceBelow: { field: 'confidence', bound: 0.8 } }, Fault.says('{"confidence": 0.8}')],
])('%s needs no other model', async (...[, when, haiku, event]) => {
  standIn.faults.always(saying(haiku));
  const { answer, models, line } = await call(planOf(rung(when)), { event });
  expect(models).toEqual(['haiku']);
  expect(answer.escalation).toEqual({ rung: 1, model: expect.stringContaining('haiku'), reasons: [] });
  expect(line).toMatchObject({ Escalations: 0, Invocations: 1, Retries: 0 });
});

test.each<[string, Fault]>([
  ['InvalidRequestError', Fault.validation(() => 'messages: wrong')({} as never)],
  ['AccessDeniedError', Fault.accessDenied('No.')],
  ['InternalServerError', Fault.internalServer()],
  ['AuthenticationError', Fault.expiredCredentials()],
])('%s is never a reason to ask another model', async (name, fault) => {
  standIn.faults.always(saying(fault));
  const when = { unavailable: true, notJson: true, schemaViolation: SCHEMA, maxTokens: true, refusal: true } as const;
  const { answer, models } = await call(planOf(rung(when)), { options: { retry: { maxAttempts: 1 } } });
  expect(answer.name).toBe(name);
  expect(models).toEqual(['haiku']);
});

test('a call climbs to the third rung, each for its own reason', async () => {
  standIn.faults.always(saying(Fault.says('No.'), Fault.says('{"total": 1}', 'max_tokens'), Fault.says('{"total": 1}')));
  const { answer, models, line } = await call(planOf(rung({ notJson: true }), rung({ maxTokens: true })));
  expect(models).toEqual(['haiku', 'sonnet', 'opus']);
  expect(answer.escalation).toEqual({ rung: 3, model: OPUS, reasons: ['notJson', 'maxTokens'] });
  expect(line.escalation.rungs).toMatchObject([{ rung: 1 }, { rung: 2, model: SONNET }, { rung: 3, model: OPUS }]);
});

test('the last answer that does not do either is returned, and says so', async () => {
  standIn.faults.always(saying(Fault.says('No.'), Fault.says('Neither.')));
  const { answer } = await call(planOf(rung({ notJson: true })));
  expect(answer).toMatchObject({ content: [{ text: 'Neither.' }], escalation: { rung: 2, reasons: ['notJson'], unresolved: 'notJson' } });
});

test('over HTTP the headers say what the answer itself does not', async () => {
  standIn.faults.always(saying(Fault.says('No.'), Fault.says('{}')));
  invoker = ladderInvoker(standIn.url, planOf(rung({ notJson: true })));
  const { headers, body } = await respond(functionUrlEvent({ body: { prompt: 'Hello' } }), contextWith(60_000), invoker) as { headers: Record<string, string>; body: string };
  expect(headers).toMatchObject({ 'x-escalation-rung': '2', 'x-escalation-model': SONNET, 'x-escalation-reasons': 'notJson' });
  expect(JSON.parse(body)).not.toHaveProperty('escalation');
  expect(headers['request-id']).toMatch(/^[\da-f-]{36}$/);
});

test('each rung\'s tokens and cost are in the line, and all of them in the metrics', async () => {
  standIn.faults.always(saying(Fault.says('No.'), Fault.says('{}')));
  const { line } = await call(planOf(rung({ notJson: true })));
  const [haiku, sonnet] = line.escalation.rungs;
  expect(haiku.cost).toBeCloseTo((haiku.inputTokens + haiku.outputTokens * 5) / 1e6, 7);
  expect(sonnet.cost).toBeCloseTo((sonnet.inputTokens * 3 + sonnet.outputTokens * 15) / 1e6, 7);
  expect(line).toMatchObject({
    InputTokens: haiku.inputTokens + sonnet.inputTokens,
    OutputTokens: haiku.outputTokens + sonnet.outputTokens,
    Rung1InputTokens: haiku.inputTokens,
    Rung2InputTokens: sonnet.inputTokens,
    Rung1OutputTokens: haiku.outputTokens,
    Rung2OutputTokens: sonnet.outputTokens,
    Rung1Cost: haiku.cost,
    Rung2Cost: sonnet.cost,
  });
  expect(line.Cost).toBeCloseTo(haiku.cost + sonnet.cost, 7);
  expect(line.costUsd).toBe(line.Cost);
  const units = Object.fromEntries(line._aws.CloudWatchMetrics[0].Metrics.map(({ Name, Unit }: Record<string, string>) => [Name, Unit]));
  expect(units).toMatchObject({ Escalations: 'Count', Cost: 'None', InputTokens: 'Count' });
});

test('the ladder has one budget of retries', async () => {
  standIn.faults.always(Fault.throttling());
  const plan = planOf(rung({ unavailable: true }), rung({ unavailable: true }));
  const { models, answer, line } = await call(plan, { options: { retry: { maxAttempts: 3 } } });
  expect(models).toEqual(['haiku', 'haiku', 'haiku', 'sonnet', 'opus']);
  expect(answer.name).toBe('RateLimitError');
  const error = 'RateLimitError';
  expect(line).toMatchObject({ attempts: 5, Retries: 2, Throttles: 5, Escalations: 1, escalation: { rungs: [{ error }, { error }, { error }] } });
});

test('what one rung has not used of the retries, the next one has', async () => {
  standIn.faults.push(Fault.throttling(), Fault.says('No.'), Fault.throttling(), Fault.says('{}'));
  const { models, answer } = await call(planOf(rung({ notJson: true })), { options: { retry: { maxAttempts: 3 } } });
  expect(models).toEqual(['haiku', 'haiku', 'sonnet', 'sonnet']);
  expect(answer.escalation.rung).toBe(2);
});

test('a rung that cannot finish in time is not begun, and the answer that there is counts', async () => {
  standIn.faults.always(saying(Fault.says('No.')));
  const { models, answer } = await call(planOf(rung({ notJson: true }, { leastMs: 10_000 })), { left: 10_400 });
  expect(models).toEqual(['haiku']);
  expect(answer).toMatchObject({ content: [{ text: 'No.' }], escalation: { rung: 1, reasons: [], unresolved: 'notJson', notBegun: 'time' } });
});

test('without time for another rung a throttled call fails as it would without a ladder', async () => {
  standIn.faults.always(Fault.throttling());
  const plan = planOf(rung({ unavailable: true }, { leastMs: 10_000 }));
  const { answer, models, line } = await call(plan, { left: 5000, options: { retry: { maxAttempts: 1 } } });
  expect(answer.name).toBe('RateLimitError');
  expect(models).toEqual(['haiku']);
  expect(line).toMatchObject({ message: 'failed', escalation: { notBegun: 'time' }, Escalations: 0 });
});

test.each([[0.02, 'haiku'], [0.2, 'haiku,sonnet']])('a rung that could cost more than %p dollars in all is not begun: %s', async (maxCost, expected) => {
  standIn.faults.always(saying(Fault.says('No.'), Fault.says('{}')));
  // 4096 output tokens of Sonnet cost 0.06144 dollars.
  const { models, answer } = await call({ ...planOf(rung({ notJson: true })), maxCost });
  expect(models.join()).toBe(expected);
  expect(answer.escalation.notBegun).toBe(models.length === 1 ? 'cost' : undefined);
});

test('a rung that fails takes no answer away, and the line says what failed without what it quotes', async () => {
  standIn.faults.always(saying(Fault.says('No.'), Fault.accessDenied('No access for zebra-42.')));
  const { answer, line } = await call(planOf(rung({ notJson: true })), { event: { prompt: 'zebra-42' } });
  expect(answer).toMatchObject({ content: [{ text: 'No.' }], escalation: { rung: 1, reasons: ['notJson'], unresolved: 'notJson' } });
  const escalation = { rungs: [{ rung: 1 }, { rung: 2, error: 'AccessDeniedError' }] };
  expect(line).toMatchObject({ message: 'answered', Escalations: 1, EscalationFailures: 1, escalation });
  expect(JSON.stringify(line)).not.toContain('zebra');
});

test('an event begins at another rung only where the ladder lets it', async () => {
  const plan = planOf(rung({ notJson: true }));
  const event = { prompt: 'Hello', escalation: { rung: 2 } };
  expect((await call(plan, { event })).answer).toEqual({
    name: 'InvalidRequestError', message: 'The event sets "escalation", and this invoker does not let events choose a rung. Leave "escalation" out.',
  });
  const { answer, models } = await call({ ...plan, rungsOfEvents: true }, { event });
  expect(models).toEqual(['sonnet']);
  expect(answer.escalation).toEqual({ rung: 2, model: SONNET, reasons: ['forced'], unresolved: 'notJson' });
});

test.each([3, 0, 1.5, '2', null, undefined])('%p is no rung of two', async (value) => {
  const { answer } = await call({ ...planOf(rung({ notJson: true })), rungsOfEvents: true }, { event: { prompt: 'Hello', escalation: { rung: value } } });
  expect(answer).toEqual({
    name: 'InvalidRequestError', message: 'The event\'s "escalation" is no rung of this invoker; send { "rung": 1 } up to { "rung": 2 }, or leave it out.',
  });
});

test('the request is made one that the rung takes, and the line says what was changed', async () => {
  standIn.faults.always(saying(Fault.says('No.'), undefined as never, undefined as never));
  const rules = { sampling: [], thinking: ['adaptive', 'disabled'], maxOutputTokens: 128_000 };
  const event = { prompt: 'Hello', thinking: { type: 'enabled', budget_tokens: 2048 }, max_tokens: 4096 };
  const { answer, line } = await call(planOf(rung({ notJson: true }), rung({ notJson: true }, { rules, maxTokens: 8192 })), { event });
  expect(answer.escalation.rung).toBe(3);
  expect(JSON.parse(standIn.calls[2].body.toString())).toMatchObject({ thinking: { type: 'adaptive' }, max_tokens: 8192 });
  expect(line.escalation.rungs[2]).toMatchObject({ adapted: ['max_tokens', 'thinking'] });
});

test('a request for structured output is not sent to a model that has none', async () => {
  standIn.faults.always(saying(Fault.says('No.')));
  const event = { prompt: 'Hello', output_config: { format: { type: 'json_schema', schema: SCHEMA } } };
  const { answer, models } = await call(planOf(rung({ notJson: true }, { rules: { structuredOutputs: false } })), { event });
  expect(models).toEqual(['haiku']);
  expect(answer.escalation).toMatchObject({ rung: 1, unresolved: 'notJson', notBegun: 'request' });
});
