import { readConfig } from '../../../src/invoker/runtime/config';
import { CONVERSE } from '../../../src/invoker/runtime/converse-dialect';
import type { InvokerOptions } from '../../../src/invoker/runtime/invoker-options';
import { BedrockStandIn, Fault } from '../../stand-ins/bedrock-runtime';
import { LIMITS, MODEL_ID, REGION, TestInvoker } from '../test-invoker';

const messages = [{ role: 'user', content: [{ text: 'Hello' }] }];

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
  [{ messages, inferenceConfig: { maxTokens: 30_000 } }, {}, '"inferenceConfig.maxTokens" is 30000; above 21333 the answer must be streamed. Lower it, or call a streaming Function URL.'],
  [{ messages, inferenceConfig: { temperature: 1, topP: 1 } }, {}, 'The event sets both "inferenceConfig.temperature" and "inferenceConfig.topP"; the model takes one of them.'],
  [{ messages, toolConfig: { toolChoice: { any: {} } } }, { thinkingBudgetTokens: 2000 },
    'Thinking does not go with a forced tool. Set "toolConfig.toolChoice" to auto, or turn thinking off with "additionalModelRequestFields": { "thinking": { "type": "disabled" } }.'],
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

test('the mantle endpoint does not serve Converse', () => {
  expect(() => prepare({ messages }, {}, 'bedrock-mantle')).toThrow(expect.objectContaining({
    name: 'ConfigurationError', message: 'MODEL_ENDPOINT is "bedrock-mantle", which does not serve Converse; use the Messages dialect there.',
  }));
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
