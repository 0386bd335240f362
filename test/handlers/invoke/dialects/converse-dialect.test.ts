import type { InvokerOptions } from '../../../../src/contract/invoker-options';
import { readConfig } from '../../../../src/handlers/invoke/config/config';
import { CONVERSE } from '../../../../src/handlers/invoke/dialects/converse-dialect';
import { LIMITS, MODEL_ID, REGION, TestInvoker } from '../../../invoker/test-invoker';
import { BedrockStandIn, Fault } from '../../../stand-ins/bedrock-runtime';

const messages = [{ role: 'user', content: [{ text: 'Hello' }] }];

const thinking = { type: 'enabled', budget_tokens: 2000 };
const off = 'or turn thinking off with "additionalModelRequestFields": { "thinking": { "type": "disabled" } }.';

function prepare(event: unknown, options: InvokerOptions = {}, endpoint = 'bedrock-runtime') {
  const env = { MODEL_ID, MODEL_ENDPOINT: endpoint, MODEL_REGION: REGION, INVOKER_OPTIONS: JSON.stringify({ limits: LIMITS, ...options }) };
  return CONVERSE.prepare(event, readConfig(env), false);
}

test('a prompt is shorthand for one user message in Converse\'s shape', () => {
  expect(prepare({ prompt: 'Hello' }).body).toEqual({ messages, inferenceConfig: { maxTokens: 4096 } });
});

test('the defaults of the construct take Converse\'s places', () => {
  const options: InvokerOptions = {
    system: 'Be brief.',
    maxTokens: 3000,
    thinkingBudgetTokens: 2000,
    guardrail: { id: 'g1', version: '2', trace: 'enabled' },
    serviceTier: 'reserved',
    requestMetadata: { team: 'a' },
    promptCaching: { tools: '1h', system: '1h', messages: '5m' },
  };
  expect(prepare({ messages, toolConfig: { tools: [{ toolSpec: { name: 'clock' } }] } }, options).body).toEqual({
    system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default', ttl: '1h' } }],
    messages: [{ role: 'user', content: [{ text: 'Hello' }, { cachePoint: { type: 'default' } }] }],
    toolConfig: { tools: [{ toolSpec: { name: 'clock' } }, { cachePoint: { type: 'default', ttl: '1h' } }] },
    inferenceConfig: { maxTokens: 3000 },
    additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2000 } },
    guardrailConfig: { guardrailIdentifier: 'g1', guardrailVersion: '2', trace: 'enabled' },
    serviceTier: { type: 'reserved' },
    requestMetadata: { team: 'a' },
  });
});

test('the event\'s own fields win, but for the metadata that the construct owns', () => {
  const own = { messages, system: [{ text: 'Rhyme.' }], inferenceConfig: { maxTokens: 5, topP: 0.1 }, requestMetadata: { team: 'b', job: '7' } };
  expect(prepare(own, { system: 'Be brief.', maxTokens: 99, temperature: 0.5, requestMetadata: { team: 'a' } }).body)
    .toEqual({ ...own, requestMetadata: { team: 'a', job: '7' } });
});

test.each([
  [{ messages, modelId: 'other' }, {}, `The event asks for another model; this invoker calls "${MODEL_ID}". Leave "modelId" out, or deploy a HaikuInvoker for the other model.`],
  [{ messages, guardrailConfig: { guardrailIdentifier: 'g2', guardrailVersion: '1' } }, { guardrail: { id: 'g1', version: '1' } },
    'The event asks for another guardrail; this invoker applies "g1:1". Leave "guardrailConfig" out.'],
  [{ messages, inferenceConfig: { maxTokens: 64_001 } }, {}, '"inferenceConfig.maxTokens" is 64001; the model writes at most 64000 tokens.'],
  [{ messages, inferenceConfig: { maxTokens: 30_000 }, additionalModelRequestFields: { thinking } }, {},
    `"inferenceConfig.maxTokens" is 30000; with thinking, an answer above 21333 must be streamed. Lower it, call a function that streams, ${off}`],
  [{ messages, inferenceConfig: { temperature: 1, topP: 1 } }, {}, 'The event sets both "inferenceConfig.temperature" and "inferenceConfig.topP"; the model takes one of them.'],
  [{ messages, toolConfig: { toolChoice: { any: {} } }, additionalModelRequestFields: { thinking } }, {},
    `Thinking does not go with a forced tool. Set "toolConfig.toolChoice" to auto, ${off}`],
  [{ messages, serviceTier: { type: 'default' } }, { serviceTier: 'reserved' },
    'The event asks for another service tier; this invoker calls with "reserved". Leave "serviceTier" out.'],
  [{ messages, requestMetadata: Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`k${index}`, 'v'])) }, { requestMetadata: { team: 'a', k0: 'w' } },
    'With the 2 entries that this invoker writes, "requestMetadata" has 17; the API takes at most 16. Leave 1 out.'],
  [{ messages, outputConfig: { textFormat: {} } }, { structuredOutputsUnsupported: 'no.' }, 'The event asks for structured outputs, which this target does not serve: no.'],
])('%j is refused', (event, options, message) => {
  expect(() => prepare(event, options)).toThrow(expect.objectContaining({ name: 'InvalidRequestError', message }));
});

test('changed sampling beside thinking is refused in Converse\'s own words', () => {
  const event = { messages, additionalModelRequestFields: { top_k: 5, thinking: { type: 'enabled', budget_tokens: 2000 } } };
  expect(() => prepare(event)).toThrow(expect.objectContaining({
    message: 'Thinking does not go with changed sampling. Leave "inferenceConfig.temperature", "inferenceConfig.topP" and "additionalModelRequestFields.top_k" out, or turn thinking off with "additionalModelRequestFields": { "thinking": { "type": "disabled" } }.',
  }));
});

test.each([
  [Fault.hang(), 200, /^\S+ did not finish its answer within \d+ ms\. Raise the function's timeout \(at most 15 minutes\), lower inferenceConfig\.maxTokens, or stream\.$/],
  [Fault.largeAnswer(), 30_000, /^The answer is \d+ bytes long as Lambda returns it; Lambda returns at most 6291556\. Lower inferenceConfig\.maxTokens, or stream the answer\.$/],
])('advice about an answer names Converse\'s field: %#', async (fault, left, message) => {
  const standIn = await BedrockStandIn.start({ region: REGION });
  standIn.faults.push(fault);
  const invoker = TestInvoker.create({ url: standIn.url, dialect: CONVERSE });
  const thrown = await invoker.invoke(() => ({ messages }), { source: 'direct', deadline: Date.now() + left }, ({ body }) => body).catch((error: Error) => error);
  invoker.close();
  await standIn.stop();
  expect(thrown).toMatchObject({ message: expect.stringMatching(message) });
});

const call = { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'clock', input: {} } }] };
const thoughtful = { role: 'assistant', content: [{ reasoningContent: { reasoningText: { text: 'Hm.', signature: 's' } } }, ...call.content] };
const result = { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ text: 'noon' }] } }] };

test.each<[Record<string, object>]>([
  [{ messages, inferenceConfig: { temperature: 0.2 } }],
  [{ messages, inferenceConfig: { topP: 1 } }],
  [{ messages, additionalModelRequestFields: { top_k: 5 } }],
  [{ messages, additionalModelRequestFields: { temperature: 0.2 } }],
  [{ messages, inferenceConfig: { maxTokens: 2000 } }],
  [{ messages, inferenceConfig: { maxTokens: 21_334 } }],
  [{ messages, additionalModelRequestFields: { max_tokens: 500 } }],
  [{ messages, toolConfig: { toolChoice: { any: {} } } }],
  [{ messages, toolConfig: { toolChoice: { tool: { name: 'clock' } } } }],
  [{ messages, additionalModelRequestFields: { tool_choice: { type: 'any' } } }],
  [{ messages: [...messages, { role: 'assistant', content: [{ text: '{' }] }] }],
  [{ messages: [...messages, call, result] }],
])('default thinking yields to %j', (event) => {
  const { body } = prepare(event, { thinkingBudgetTokens: 2000 });
  expect(body).toEqual({ ...event, inferenceConfig: body.inferenceConfig });
  expect(body.inferenceConfig).toMatchObject(event.inferenceConfig ?? {});
});

test.each<[Record<string, object>]>([
  [{ messages, inferenceConfig: { maxTokens: 2001, temperature: 1 } }],
  [{ messages: [...messages, thoughtful, result] }],
  [{ messages, toolConfig: { tools: [{ toolSpec: { name: 'clock' } }], toolChoice: { auto: {} } } }],
  [{
    messages,
    inferenceConfig: { maxTokens: 500 },
    toolConfig: { tools: [{ toolSpec: { name: 'clock' } }] },
    additionalModelRequestFields: { anthropic_beta: ['interleaved-thinking-2025-05-14'] },
  }],
])('default thinking goes with %j', (event) => {
  expect(prepare(event, { thinkingBudgetTokens: 2000 }).body).toEqual({
    ...event,
    inferenceConfig: { maxTokens: 4096, ...event.inferenceConfig },
    additionalModelRequestFields: { ...event.additionalModelRequestFields, thinking },
  });
});

test('a field that Claude also takes among the additional ones is not said twice', () => {
  const event = { messages, additionalModelRequestFields: { max_tokens: 5, system: 'Rhyme.', top_p: 0.5 } };
  expect(prepare(event, { system: 'Be brief.', maxTokens: 99, temperature: 0.5 }).body).toEqual({ ...event, inferenceConfig: {} });
});

test.each(['x', 1, ['a']])('an inferenceConfig or additional fields of %j are the service\'s to judge', (value) => {
  const event = { messages, inferenceConfig: value, additionalModelRequestFields: value };
  expect(prepare(event, { thinkingBudgetTokens: 2000 }).body).toEqual(event);
});

test('the event\'s own settings of the same guardrail stay', () => {
  const guardrailConfig = { guardrailIdentifier: 'g1', guardrailVersion: '1', trace: 'enabled_full' };
  expect(prepare({ messages, guardrailConfig }, { guardrail: { id: 'g1', version: '1' } }).body).toMatchObject({ guardrailConfig });
  expect(prepare({ messages, guardrailConfig }, { guardrail: { id: 'g1', version: '1', trace: 'disabled' } }).body)
    .toMatchObject({ guardrailConfig: { ...guardrailConfig, trace: 'disabled' } });
});

test('a Converse body in, a Converse body out, its facts in the log', async () => {
  const standIn = await BedrockStandIn.start({ region: REGION });
  const invoker = TestInvoker.create({ url: standIn.url, dialect: CONVERSE });
  const ask = async () => invoker.invoke(() => ({ messages }), { source: 'direct', deadline: Date.now() + 30_000 });
  const { body } = await ask();
  standIn.faults.push(Fault.guardrailIntervened());
  await ask();
  invoker.close();
  await standIn.stop();
  expect(body).toMatchObject({ output: { message: { role: 'assistant', content: [{ text: 'You said: Hello' }] } }, stopReason: 'end_turn' });
  expect(standIn.calls[0].path).toBe(`/model/${encodeURIComponent(MODEL_ID)}/converse`);
  const { inputTokens, outputTokens } = body.usage as Record<string, number>;
  expect(invoker.lines).toMatchObject([
    { dialect: 'converse', message: 'answered', stopReason: 'end_turn', InputTokens: inputTokens, OutputTokens: outputTokens, guardrailIntervened: false },
    { stopReason: 'guardrail_intervened', guardrailIntervened: true, GuardrailInterventions: 1 },
  ]);
});
