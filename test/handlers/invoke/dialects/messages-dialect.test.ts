import type { InvokerOptions } from '../../../../src/contract/invoker-options';
import { readConfig } from '../../../../src/handlers/invoke/config/config';
import { MESSAGES } from '../../../../src/handlers/invoke/dialects/messages-dialect';
import type { JsonObject } from '../../../../src/handlers/invoke/json/json-object';
import { LIMITS, MODEL_ID } from '../../../invoker/test-invoker';

const messages = [{ role: 'user', content: 'Hello' }];

function prepare(event: unknown, options: InvokerOptions = {}, streamed = false): JsonObject {
  const env = { MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: 'eu-west-2', INVOKER_OPTIONS: JSON.stringify({ limits: LIMITS, ...options }) };
  return MESSAGES.prepare(event, readConfig(env), streamed).body;
}

function refusal(event: unknown, options?: InvokerOptions): unknown {
  try {
    return prepare(event, options);
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

test('a prompt is shorthand for one user message', () => {
  expect(prepare({ prompt: 'Hello' })).toEqual({ messages, max_tokens: 4096 });
});

test('every other field of a Messages body passes through unread', () => {
  const event = {
    messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } }, { type: 'text', text: 'What?' }] }],
    max_tokens: 10,
    system: [{ type: 'text', text: 'Be brief.' }],
    tools: [{ name: 'clock', input_schema: { type: 'object' } }],
    tool_choice: { type: 'auto' },
    stop_sequences: ['END'],
    top_k: 5,
    metadata: { user_id: 'u' },
    output_config: { format: { type: 'json_schema', schema: {} } },
    anthropic_beta: ['x'],
    not_invented_yet: { a: 1 },
  };
  expect(prepare(event)).toEqual(event);
});

test('the defaults of the construct fill in what the event leaves out, and nothing else', () => {
  const options = { system: 'Be brief.', maxTokens: 99, temperature: 0.5 };
  expect(prepare({ messages }, options)).toEqual({ messages, system: 'Be brief.', max_tokens: 99, temperature: 0.5 });
  const own = { messages, system: 'Rhyme.', max_tokens: 5, temperature: 1 };
  expect(prepare(own, options)).toEqual(own);
});

test('default sampling yields to the event\'s sampling and to its thinking', () => {
  expect(prepare({ messages, top_p: 0.9 }, { temperature: 0.5 })).not.toHaveProperty('temperature');
  expect(prepare({ messages, thinking: { type: 'enabled', budget_tokens: 1024 } }, { topP: 0.5 })).not.toHaveProperty('top_p');
  expect(prepare({ messages, thinking: { type: 'disabled' } }, { topP: 0.5 })).toMatchObject({ top_p: 0.5 });
});

test('default thinking is added, and an event can turn it off', () => {
  const options = { thinkingBudgetTokens: 2000 };
  expect(prepare({ messages }, options)).toMatchObject({ thinking: { type: 'enabled', budget_tokens: 2000 } });
  expect(prepare({ messages, thinking: { type: 'disabled' } }, options)).toMatchObject({ thinking: { type: 'disabled' } });
});

const thinking = { type: 'enabled', budget_tokens: 2000 };
const off = 'or turn thinking off with "thinking": { "type": "disabled" }.';

test.each([
  [null, 'The event is null; send a request body with "messages", or { "prompt": "..." }.'],
  [[], 'The event is an array; send a request body with "messages", or { "prompt": "..." }.'],
  ['hi', 'The event is a string; send a request body with "messages", or { "prompt": "..." }.'],
  [{}, 'The event has no "messages"; send a request body with "messages", or { "prompt": "..." }.'],
  [{ messages: 'hi' }, 'The event has a "messages" that is no array; send a request body with "messages", or { "prompt": "..." }.'],
  [{ prompt: '' }, 'The event\'s "prompt" is not a non-empty string; for anything else send "messages".'],
  [{ prompt: 'hi', messages }, 'The event has both "prompt" and "messages"; send one of them.'],
  [{ messages, max_tokens: 64_001 }, '"max_tokens" is 64001; the model writes at most 64000 tokens.'],
  [{ messages, thinking, max_tokens: 21_334 }, `"max_tokens" is 21334; with thinking, an answer above 21333 must be streamed. Lower it, call a function that streams, ${off}`],
  [{ messages, thinking: { ...thinking, budget_tokens: 21_333 } },
    `"max_tokens" is 25429; with thinking, an answer above 21333 must be streamed. Lower it, call a function that streams, ${off}`],
  [{ messages, temperature: 0, top_p: 1 }, 'The event sets both "temperature" and "top_p"; the model takes one of them.'],
  [{ messages, thinking: { ...thinking, budget_tokens: 1023 } }, 'The thinking budget is 1023 tokens; the least is 1024.'],
  [{ messages, thinking, max_tokens: 2000 }, `The thinking budget of 2000 tokens leaves nothing of "max_tokens" 2000 for the answer. Raise "max_tokens" above it, ${off}`],
  [{ messages, thinking, tool_choice: { type: 'any' } }, `Thinking does not go with a forced tool. Set "tool_choice" to auto, ${off}`],
  [{ messages, thinking, temperature: 0.5 }, `Thinking does not go with changed sampling. Leave "temperature", "top_p" and "top_k" out, ${off}`],
  [{ messages, thinking, top_k: 3 }, `Thinking does not go with changed sampling. Leave "temperature", "top_p" and "top_k" out, ${off}`],
])('%j is refused with what to send instead', (event, message) => {
  expect(refusal(event)).toBe(`InvalidRequestError: ${message}`);
});

test.each([
  [{ messages, max_tokens: 64_000 }],
  [{ messages, thinking, max_tokens: 21_333 }],
  [{ messages, thinking: { ...thinking, budget_tokens: 1024 }, max_tokens: 1025, temperature: 1 }],
])('%j is at its limit, and goes through', (event) => {
  expect(prepare(event)).toEqual(event);
});

test('a streamed answer may be as long as the model writes, with thinking too', () => {
  expect(prepare({ messages, thinking, max_tokens: 64_000 }, {}, true)).toMatchObject({ max_tokens: 64_000 });
});

const call = { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'clock', input: {} }] };
const thoughtful = { role: 'assistant', content: [{ type: 'thinking', thinking: 'Hm.', signature: 's' }, ...call.content] };
const redacted = { role: 'assistant', content: [{ type: 'redacted_thinking', data: 'x' }, ...call.content] };
const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'noon' }] };
const said = { role: 'assistant', content: 'Hi.' };
const interleaving = { tools: [{ name: 'clock', input_schema: {} }], anthropic_beta: ['Interleaved-Thinking-2025-05-14'] };

test.each([
  [{ messages, temperature: 0.2 }],
  [{ messages, top_p: 1 }],
  [{ messages, top_k: 5 }],
  [{ messages, max_tokens: 2000 }],
  [{ messages, max_tokens: 21_334 }],
  [{ messages, tool_choice: { type: 'any' } }],
  [{ messages, tool_choice: { type: 'tool', name: 'clock' } }],
  [{ messages: [...messages, { role: 'assistant', content: '{' }] }],
  [{ messages: [...messages, call, result] }],
  [{ messages: [...messages, call, result, { role: 'user', content: 'And now?' }] }],
  [{ messages: [...messages, thoughtful, result, call, result] }],
  [{ messages: [...messages, call, result, thoughtful, result] }],
  [{ messages: [...messages, said, thoughtful, result] }],
  [{ messages, anthropic_beta: ['interleaved-thinking-2025-05-14'], max_tokens: 2000 }],
])('default thinking yields to %j', (event) => {
  const { max_tokens: maxTokens, ...body } = prepare(event, { thinkingBudgetTokens: 2000, temperature: 0.5 });
  expect(body).not.toHaveProperty('thinking');
  expect({ max_tokens: maxTokens, ...body }).toMatchObject(event);
});

test.each([
  [{ messages, temperature: 1 }],
  [{ messages, max_tokens: 2001 }],
  [{ messages, max_tokens: 21_333 }],
  [{ messages, tool_choice: { type: 'auto' } }],
  [{ messages: [...messages, said, ...messages] }],
  [{ messages: [...messages, call, result, said, ...messages] }],
  [{ messages: [...messages, thoughtful, result] }],
  [{ messages: [...messages, redacted, result, thoughtful, result] }],
  [{ messages, ...interleaving, max_tokens: 2000 }],
])('default thinking goes with %j', (event) => {
  expect(prepare(event, { thinkingBudgetTokens: 2000 })).toEqual({ max_tokens: 4096, thinking, ...event });
});

test('default sampling is sent where default thinking yields', () => {
  const event = { messages, max_tokens: 500 };
  expect(prepare(event, { thinkingBudgetTokens: 2000, temperature: 0.5 })).toEqual({ ...event, temperature: 0.5 });
});

test.each([
  ['an event that thinks less than the default number of tokens leaves it as it is', 2000, 4096, false, 4096],
  ['a budget that would fill the default is added to it', 4096, 4096, false, 8192],
  ['only what comes whole is asked for of a buffered function', 20_000, 4096, false, 21_333],
  ['a streaming function has the model\'s own limit', 62_000, 4096, true, 64_000],
  ['a long default is shortened to what comes whole', 2000, 64_000, false, 21_333],
  ['a long default is not shortened where answers stream', 2000, 64_000, true, 64_000],
])('%s', (_, budget, maxTokens, streamed, asked) => {
  const event = { messages, thinking: { type: 'enabled', budget_tokens: budget } };
  expect(prepare(event, { maxTokens }, streamed)).toEqual({ ...event, max_tokens: asked });
});

test('an answer that is asked for whole keeps default thinking within what comes whole, and drops it beyond', () => {
  expect(prepare({ messages }, { maxTokens: 64_000, thinkingBudgetTokens: 2000 })).toEqual({ messages, max_tokens: 21_333, thinking });
  expect(prepare({ messages }, { maxTokens: 64_000, thinkingBudgetTokens: 30_000 })).toEqual({ messages, max_tokens: 64_000 });
});

test('interleaved thinking may have a larger budget than one answer, in any spelling of the beta, but only with tools', () => {
  const event = { messages, ...interleaving, thinking: { type: 'enabled', budget_tokens: 30_000 }, max_tokens: 4096 };
  expect(prepare(event)).toEqual(event);
  expect(prepare({ ...event, anthropic_beta: ['a', 'interleaved-thinking-2025-05-14'], max_tokens: undefined })).toMatchObject({ max_tokens: undefined });
  expect(refusal({ ...event, tools: [] })).toContain('The thinking budget of 30000 tokens leaves nothing of "max_tokens" 4096');
  expect(refusal({ ...event, anthropic_beta: ['other'] })).toContain('The thinking budget of 30000 tokens leaves nothing of "max_tokens" 4096');
});

test.each([
  [{ output_config: { format: { type: 'json_schema' } } }],
  [{ output_format: { type: 'json_schema' } }],
  [{ tools: [{ name: 'clock', strict: true }] }],
])('structured outputs by %j are refused where the target does not serve them', (field) => {
  const options = { structuredOutputsUnsupported: 'the in geography has none.' };
  expect(refusal({ messages, ...field }, options)).toBe('InvalidRequestError: The event asks for structured outputs, which this target does not serve: the in geography has none.');
  expect(refusal({ messages, ...field })).toMatchObject(field);
});

test('a geography that is known only at deploy time is read from the profile that the stack looked up', () => {
  const event = { messages, output_config: { format: { type: 'json_schema' } } };
  const lookedUp = (inferenceProfileId: string) => ({ structuredOutputsUnsupportedIn: { inferenceProfileId, geographies: ['in'] } });
  expect(refusal(event, lookedUp('in.anthropic.a-model-v1:0'))).toBe(
    'InvalidRequestError: The event asks for structured outputs, which this target does not serve: '
    + 'the "in" inference profile has none. Ask for JSON in the prompt.');
  expect(refusal(event, lookedUp('eu.anthropic.a-model-v1:0'))).toMatchObject(event);
});

test('without the card\'s limits nothing is checked here: the service knows them', () => {
  const event = { messages, max_tokens: 1_000_000, temperature: 0, top_p: 1 };
  expect(prepare(event, { limits: {} })).toEqual(event);
});
