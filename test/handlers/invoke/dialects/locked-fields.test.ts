import * as fc from 'fast-check';
import type { InvokerOptions, LockableField } from '../../../../src/contract/invoker-options';
import { readConfig } from '../../../../src/handlers/invoke/config/config';
import { CONVERSE } from '../../../../src/handlers/invoke/dialects/converse-dialect';
import type { Dialect } from '../../../../src/handlers/invoke/dialects/dialect';
import { MESSAGES } from '../../../../src/handlers/invoke/dialects/messages-dialect';
import { InvokerError } from '../../../../src/handlers/invoke/failures/errors';
import { parseJson } from '../../../../src/handlers/invoke/json/exact-json';
import { LIMITS, MODEL_ID, REGION } from '../../../invoker/test-invoker';
import '../../../property-seed';

const MESSAGE = { messages: [{ role: 'user', content: 'Hello' }] };
const CONVERSE_MESSAGE = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };

/** The body that is sent for an event, or why none is. */
function sent(dialect: Dialect, event: object, options: InvokerOptions, streamed = false): Record<string, unknown> | string {
  const config = readConfig({ MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: REGION, INVOKER_OPTIONS: JSON.stringify({ limits: LIMITS, ...options }) });
  try {
    return JSON.parse(dialect.request(dialect.prepare(event, config, streamed).body, config, streamed).body);
  } catch (error) {
    expect((error as InvokerError).name).toBe('InvalidRequestError');
    return (error as InvokerError).naming(dialect.maxTokensField).message;
  }
}

const locked = (field: string) => `The event sets "${field}", which this invoker has locked. Leave "${field}" out.`;
const lock = (...lockedFields: LockableField[]): InvokerOptions => ({ lockedFields });

test.each<[LockableField, string, object]>([
  ['system', 'system', { system: 'Mine' }],
  ['system', 'system', { system: [] }],
  ['system', 'system', { system: null }],
  ['sampling', 'temperature', { temperature: 1 }],
  ['sampling', 'top_p', { top_p: 0.5 }],
  ['sampling', 'top_k', { top_k: 5 }],
  ['thinking', 'thinking', { thinking: { type: 'disabled' } }],
  ['thinking', 'reasoning_config', { reasoning_config: { type: 'enabled', budget_tokens: 2000 } }],
  ['thinking', 'output_config.effort', { output_config: { effort: 'high' } }],
])('with %s locked, a Messages event that sets %s is refused: %j', (field, name, event) => {
  expect(sent(MESSAGES, { ...MESSAGE, ...event }, lock(field))).toBe(locked(name));
  expect(sent(MESSAGES, { prompt: 'Hello', ...event }, lock(field), true)).toBe(locked(name));
  // In Converse the model's own fields stand among the additional ones.
  const extra = { additionalModelRequestFields: event };
  expect(sent(CONVERSE, { ...CONVERSE_MESSAGE, ...extra }, lock(field))).toBe(locked(`additionalModelRequestFields.${name}`));
});

test.each<[LockableField, string, object]>([
  ['system', 'system', { system: [{ text: 'Mine' }] }],
  ['sampling', 'inferenceConfig.temperature', { inferenceConfig: { temperature: 1 } }],
  ['sampling', 'inferenceConfig.topP', { inferenceConfig: { topP: 1 } }],
])('with %s locked, a Converse event that sets %s is refused', (field, name, event) => {
  expect(sent(CONVERSE, { ...CONVERSE_MESSAGE, ...event }, lock(field))).toBe(locked(name));
});

test('what is locked is what the construct says, or nothing', () => {
  const all = lock('system', 'maxTokens', 'sampling', 'thinking');
  expect(sent(MESSAGES, MESSAGE, all)).toEqual({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 4096, ...MESSAGE });
  expect(sent(CONVERSE, CONVERSE_MESSAGE, all)).toEqual({ inferenceConfig: { maxTokens: 4096 }, ...CONVERSE_MESSAGE });
  const said = { ...all, system: 'Ours', temperature: 0, maxTokens: 100 };
  expect(sent(MESSAGES, MESSAGE, said)).toMatchObject({ system: 'Ours', temperature: 0, max_tokens: 100 });
  expect(sent(CONVERSE, CONVERSE_MESSAGE, said)).toMatchObject({ system: [{ text: 'Ours' }], inferenceConfig: { temperature: 0, maxTokens: 100 } });
  const thinks = { ...all, thinkingBudgetTokens: 2048, maxTokens: 3000 };
  expect(sent(MESSAGES, MESSAGE, thinks)).toMatchObject({ max_tokens: 3000, thinking: { type: 'enabled', budget_tokens: 2048 } });
  expect(sent(CONVERSE, CONVERSE_MESSAGE, thinks)).toMatchObject({ inferenceConfig: { maxTokens: 3000 } });
});

test('what is not locked may be set', () => {
  expect(sent(MESSAGES, { ...MESSAGE, system: 'Mine', temperature: 0, max_tokens: 50_000 }, {})).toMatchObject({ system: 'Mine', temperature: 0, max_tokens: 50_000 });
  expect(sent(MESSAGES, { ...MESSAGE, system: 'Mine' }, lock('maxTokens', 'sampling', 'thinking'))).toMatchObject({ system: 'Mine' });
});

test('with the system prompt locked no message may be one', () => {
  const refused = 'The event has a message whose role is neither "user" nor "assistant", and this invoker has locked the system prompt. Leave that message out.';
  for (const role of ['system', 'developer', 'System', undefined, null, 1]) {
    const messages = [{ role: 'user', content: 'Hello' }, { role, content: 'Obey.' }];
    expect(sent(MESSAGES, { messages }, lock('system'))).toBe(refused);
    expect(sent(CONVERSE, { messages }, lock('system'))).toBe(refused);
    expect(sent(CONVERSE, { ...CONVERSE_MESSAGE, additionalModelRequestFields: { messages } }, lock('system'))).toBe(refused);
  }
  const answered = { messages: [{ role: 'user', content: 'a' }, { role: 'assistant', content: 'b' }, { role: 'user', content: 'c' }] };
  expect(sent(MESSAGES, answered, lock('system'))).toMatchObject(answered);
});

describe('locked output tokens are an upper bound', () => {
  const thinking = (budget_tokens: number) => ({ thinking: { type: 'enabled', budget_tokens } });
  const bound: InvokerOptions = { lockedFields: ['maxTokens'], maxTokens: 1024 };

  test('fewer are fine, as many too, more are refused', () => {
    for (const tokens of [1, 1023, 1024]) {
      expect(sent(MESSAGES, { ...MESSAGE, max_tokens: tokens }, bound)).toMatchObject({ max_tokens: tokens });
      const inferenceConfig = { maxTokens: tokens };
      expect(sent(CONVERSE, { ...CONVERSE_MESSAGE, inferenceConfig }, bound)).toMatchObject({ inferenceConfig });
    }
    const above = (field: string, tokens = 1025) => `"${field}" is ${tokens}; this invoker allows at most 1024. Lower it, or leave it out.`;
    expect(sent(MESSAGES, { ...MESSAGE, max_tokens: 1025 }, bound)).toBe(above('max_tokens'));
    expect(sent(MESSAGES, parseJson('{"prompt":"Hello","max_tokens":1025.00}') as object, bound)).toBe(above('max_tokens'));
    expect(sent(MESSAGES, parseJson('{"prompt":"Hello","max_tokens":1e400}') as object, bound)).toBe(above('max_tokens', Infinity));
    expect(sent(CONVERSE, { ...CONVERSE_MESSAGE, inferenceConfig: { maxTokens: 1025 } }, bound)).toBe(above('inferenceConfig.maxTokens'));
    expect(sent(CONVERSE, { ...CONVERSE_MESSAGE, additionalModelRequestFields: { max_tokens: 1025 } }, bound))
      .toBe(above('additionalModelRequestFields.max_tokens'));
    const twice = { inferenceConfig: { maxTokens: 1 }, additionalModelRequestFields: { max_tokens: 1025 } };
    expect(sent(CONVERSE, { ...CONVERSE_MESSAGE, ...twice }, bound))
      .toBe(above('additionalModelRequestFields.max_tokens'));
  });

  test('what is no number is refused: the service might take it for none', () => {
    const none = (field: string) => `"${field}" is no number; this invoker allows one of at most 1024. Correct it, or leave it out.`;
    for (const tokens of [null, '1', [1], {}, true]) {
      expect(sent(MESSAGES, { ...MESSAGE, max_tokens: tokens }, bound)).toBe(none('max_tokens'));
      expect(sent(CONVERSE, { ...CONVERSE_MESSAGE, inferenceConfig: { maxTokens: tokens } }, bound)).toBe(none('inferenceConfig.maxTokens'));
      expect(sent(CONVERSE, { ...CONVERSE_MESSAGE, additionalModelRequestFields: { max_tokens: tokens } }, bound))
        .toBe(none('additionalModelRequestFields.max_tokens'));
    }
    for (const inferenceConfig of ['x', [], 5]) {
      expect(sent(CONVERSE, { ...CONVERSE_MESSAGE, inferenceConfig }, bound)).toBe(none('inferenceConfig.maxTokens'));
    }
  });

  test('without a number of its own it is the default', () => {
    expect(sent(MESSAGES, { ...MESSAGE, max_tokens: 4096 }, lock('maxTokens'))).toMatchObject({ max_tokens: 4096 });
    expect(sent(MESSAGES, { ...MESSAGE, max_tokens: 4097 }, lock('maxTokens'))).toBe('"max_tokens" is 4097; this invoker allows at most 4096. Lower it, or leave it out.');
  });

  test('a thinking budget raises nothing above it', () => {
    const refused = 'With its thinking budget the event would take up to 9096 output tokens; this invoker allows at most 4096. Lower the budget below that.';
    expect(sent(MESSAGES, { ...MESSAGE, ...thinking(5000) }, lock('maxTokens'))).toBe(refused);
    expect(sent(CONVERSE, { ...CONVERSE_MESSAGE, additionalModelRequestFields: thinking(5000) }, lock('maxTokens'))).toBe(refused);
    expect(sent(MESSAGES, { ...MESSAGE, ...thinking(4095) }, lock('maxTokens'))).toMatchObject({ max_tokens: 4096 });
  });

  test('no event is told to raise what it may not', () => {
    const off = 'or turn thinking off with "thinking": { "type": "disabled" }.';
    const said = (budget: number, options: InvokerOptions) => sent(MESSAGES, { ...MESSAGE, ...thinking(budget), max_tokens: 4096 }, options);
    const nothingLeft = 'The thinking budget of 4096 tokens leaves nothing of "max_tokens" 4096 for the answer.';
    expect(said(4096, lock('maxTokens'))).toBe(`${nothingLeft} This invoker allows at most 4096 output tokens: lower the budget below that, ${off}`);
    expect(said(4096, { ...lock('maxTokens'), maxTokens: 5000 })).toBe(`${nothingLeft} Raise "max_tokens" above it, ${off}`);
    expect(said(4096, {})).toBe(`${nothingLeft} Raise "max_tokens" above it, ${off}`);
  });
});

test('whatever an event says, what is locked is what is sent', () => {
  const value = fc.oneof(fc.constantFrom<unknown>(null, 0, 1, 100, 101, 5000, '5000', true, [], {}, 'Mine', { type: 'enabled', budget_tokens: 2048 }, { effort: 'max' }), fc.jsonValue());
  const fields = fc.dictionary(fc.constantFrom('system', 'max_tokens', 'temperature', 'top_p', 'top_k', 'thinking', 'reasoning_config', 'output_config', 'inferenceConfig', 'x'), value, { maxKeys: 4 });
  const inference = fc.oneof(fc.constant(undefined), fc.dictionary(fc.constantFrom('maxTokens', 'temperature', 'topP', 'stopSequences'), value), value);
  const options: InvokerOptions = { lockedFields: ['system', 'maxTokens', 'sampling', 'thinking'], system: 'Ours', maxTokens: 100, temperature: 0 };
  fc.assert(fc.property(fields, fields, inference, (own, extra, inferenceConfig) => {
    const messages = sent(MESSAGES, { ...MESSAGE, ...own }, options);
    if (typeof messages === 'object') {
      expect(messages).toMatchObject({ system: 'Ours', temperature: 0 });
      expect(messages.max_tokens).toBeLessThanOrEqual(100);
      for (const field of ['top_p', 'top_k', 'thinking', 'reasoning_config']) expect(messages).not.toHaveProperty(field);
    }
    const converse = sent(CONVERSE, { ...CONVERSE_MESSAGE, inferenceConfig, additionalModelRequestFields: extra }, options);
    // What is no object there the service refuses.
    if (typeof converse === 'object' && !Array.isArray(converse.inferenceConfig) && typeof converse.inferenceConfig === 'object') {
      expect(converse).toMatchObject({ system: [{ text: 'Ours' }], inferenceConfig: { temperature: 0 } });
      const { inferenceConfig: sentConfig, additionalModelRequestFields: more } = converse as Record<string, Record<string, unknown>>;
      for (const tokens of [sentConfig.maxTokens, more.max_tokens]) if (tokens !== undefined) expect(tokens).toBeLessThanOrEqual(100);
      expect([sentConfig.maxTokens, more.max_tokens]).not.toEqual([undefined, undefined]);
      for (const field of ['system', 'temperature', 'top_p', 'top_k', 'thinking', 'reasoning_config']) expect(more).not.toHaveProperty(field);
    }
  }), { numRuns: 2000 });
});

test.each(['{"system":"e"}', [{ system: 'e' }], 7, null])('with a field locked, additional fields that are no object (%j) are refused, since they might hold it', (additionalModelRequestFields) => {
  const event = { ...CONVERSE_MESSAGE, additionalModelRequestFields };
  expect(sent(CONVERSE, event, lock('system'))).toBe(
    '"additionalModelRequestFields" is no object, and this invoker has locked fields that it might hold. Send an object, or leave it out.');
});

test('with output tokens and thinking locked, an event that thinks is told of thinking, whatever was locked first', () => {
  const event = { ...MESSAGE, thinking: { type: 'enabled', budget_tokens: 1024 } };
  for (const fields of [['maxTokens', 'thinking'], ['thinking', 'maxTokens']] as const) {
    expect(sent(MESSAGES, event, { ...lock(...fields), maxTokens: 1000 })).toBe(locked('thinking'));
  }
});
