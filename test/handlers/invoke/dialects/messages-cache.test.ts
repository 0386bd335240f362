import type { InvokerOptions } from '../../../../src/contract/invoker-options';
import { addCheckpoints } from '../../../../src/handlers/invoke/dialects/messages-cache';
import type { JsonObject } from '../../../../src/handlers/invoke/json/json-object';
import { LIMITS } from '../../../invoker/test-invoker';

const SHORT = { cache_control: { type: 'ephemeral' } };
const LONG = { cache_control: { type: 'ephemeral', ttl: '1h' } };
const everywhere = { tools: '1h', system: '1h', messages: '5m' } as const;
const add = (body: JsonObject, promptCaching: InvokerOptions['promptCaching']) => addCheckpoints(body, { limits: LIMITS, promptCaching });

test('checkpoints go to the last tool, the system prompt and the last message', () => {
  const body = { tools: [{ name: 'a' }, { name: 'b' }], system: 'Be brief.', messages: [{ role: 'user', content: 'One' }, { role: 'user', content: 'Two' }] };
  expect(add(body, everywhere)).toEqual({
    cache: { add: everywhere, ttl: '5m', leftOut: 0 },
    body: {
      tools: [{ name: 'a' }, { name: 'b', ...LONG }],
      system: [{ type: 'text', text: 'Be brief.', ...LONG }],
      messages: [{ role: 'user', content: 'One' }, { role: 'user', content: [{ type: 'text', text: 'Two', ...SHORT }] }],
    },
  });
});

test('a body without tools, without a system prompt or with nothing to cache stays as it is', () => {
  for (const body of [{ messages: [] }, { messages: [{ role: 'user', content: '' }], tools: [], system: '' }, { messages: [{ content: [{ type: 'thinking' }] }] }]) {
    expect(add(body, everywhere)).toEqual({ cache: { add: {}, leftOut: 0 }, body });
  }
});

const later = { name: 'later', defer_loading: true };
const thought = { type: 'thinking', thinking: 'Hm.', signature: 's' };
const text = { type: 'text', text: 'x' };

test.each([
  [[{ name: 'a' }, later], [{ name: 'a', ...LONG }, later]],
  [[{ name: 'a' }, { name: 'b', defer_loading: false }, later, later], [{ name: 'a' }, { name: 'b', defer_loading: false, ...LONG }, later, later]],
  [[{ name: 'a' }, { type: 'mcp_toolset' }], [{ name: 'a', ...LONG }, { type: 'mcp_toolset' }]],
  [[{ name: 'a', ...SHORT }, later], [{ name: 'a', ...SHORT }, later]],
  [[later], [later]],
])('of the tools %j the last that can carry it gets the checkpoint', (tools, marked) => {
  expect(add({ tools, messages: [] }, { tools: '1h' }).body.tools).toEqual(marked);
});

test.each([
  [[text, thought], [{ ...text, ...SHORT }, thought]],
  [[text, { type: 'redacted_thinking', data: 'x' }], [{ ...text, ...SHORT }, { type: 'redacted_thinking', data: 'x' }]],
  [[text, { type: 'text', text: ' \n' }], [{ ...text, ...SHORT }, { type: 'text', text: ' \n' }]],
  [[{ type: 'text', text: ' ' }], [{ type: 'text', text: ' ' }]],
  [' ', ' '],
])('of the blocks %j the last that can carry it gets the checkpoint', (content, marked) => {
  const messages = [{ role: 'user', content }];
  expect(add({ messages, system: content }, { messages: '5m' }).body.messages).toEqual([{ role: 'user', content: marked }]);
  expect(add({ messages, system: content }, { system: '5m' }).body.system).toEqual(marked);
});

test('a checkpoint of the whole body takes the place of one on the last block', () => {
  const body = { messages: [{ role: 'user', content: 'x' }], ...LONG };
  expect(add(body, { messages: '5m' }).body).toEqual(body);
});

test('the event\'s own checkpoint on the same block stands', () => {
  const body = { messages: [{ role: 'user', content: [{ type: 'text', text: 'x', ...LONG }] }] };
  expect(add(body, { messages: '5m' }).body).toEqual(body);
});

test('a fifth checkpoint is left out: the event\'s own come first', () => {
  const content = [1, 2, 3].map((n) => ({ type: 'text', text: `${n}`, ...SHORT }));
  const body = { tools: [{ name: 'a' }], system: 'x', messages: [{ role: 'user', content: [...content, { type: 'text', text: 'last' }] }] };
  expect(add(body, { tools: '1h', system: '1h', messages: '5m' }).cache).toEqual({ add: { tools: '1h' }, ttl: '5m', leftOut: 2 });
});

test('a 5m default before the event\'s own 1h checkpoint is left out', () => {
  const body = { system: 'x', messages: [{ role: 'user', content: [{ type: 'text', text: 'y', ...LONG }] }] };
  expect(add(body, { system: '5m' }).cache).toEqual({ add: {}, ttl: '1h', leftOut: 1 });
});

test('checkpoints inside tool results and at the top level count', () => {
  const results = { role: 'user', content: [{ type: 'tool_result', content: [{ type: 'text', text: 'a', ...SHORT }, { type: 'text', text: 'b', ...SHORT }], ...SHORT }, { type: 'text', text: 'x', ...SHORT }] };
  expect(() => add({ messages: [results], ...SHORT }, {})).toThrow('The event has 5 cache checkpoints; the model takes at most 4. Remove 1.');
});

test('the event\'s own checkpoints in the wrong order are refused', () => {
  expect(() => add({ system: [{ type: 'text', text: 'x', ...SHORT }], messages: [{ role: 'user', content: [{ type: 'text', text: 'y', ...LONG }] }] }, {}))
    .toThrow('The event\'s cache checkpoints live 5m, 1h; 1h ones must stand before 5m ones.');
});

test.each([{ toString: 1 }, Object.create(null) as object])('a type that is no text is the service\'s to judge: %j', (type) => {
  const { body } = addCheckpoints({ tools: [{ name: 'clock', type }], messages: [] }, { promptCaching: { tools: '5m' } });
  expect(body.tools).toEqual([{ name: 'clock', type, cache_control: { type: 'ephemeral' } }]);
});
