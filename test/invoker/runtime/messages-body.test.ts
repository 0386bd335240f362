import { messagesBody } from '../../../src/invoker/runtime/messages-body';

const messages = [{ role: 'user', content: 'Hello' }];

test('a prompt is shorthand for one user message', () => {
  expect(messagesBody({ prompt: 'Hello' }, {})).toEqual({ messages, max_tokens: 4096 });
});

test('every other field of a Messages body passes through unread', () => {
  const event = { messages, max_tokens: 10, tools: [{ name: 'clock' }], metadata: { user_id: 'u' }, not_invented_yet: { a: 1 } };
  expect(messagesBody(event, {})).toEqual(event);
});

test('the defaults of the construct fill in what the event leaves out, and nothing else', () => {
  const options = { system: 'Be brief.', maxTokens: 99 };
  expect(messagesBody({ prompt: 'Hello' }, options)).toEqual({ messages, system: 'Be brief.', max_tokens: 99 });
  expect(messagesBody({ messages, system: 'Rhyme.', max_tokens: 5 }, options)).toEqual({ messages, system: 'Rhyme.', max_tokens: 5 });
});

test.each([
  [null, 'The event is null; send a Messages request body, or { "prompt": "..." }.'],
  [[], 'The event is an array; send a Messages request body, or { "prompt": "..." }.'],
  ['hi', 'The event is a string; send a Messages request body, or { "prompt": "..." }.'],
  [{}, 'The event has no "messages"; send a Messages request body, or { "prompt": "..." }.'],
  [{ messages: 'hi' }, 'The event has a "messages" that is no array; send a Messages request body, or { "prompt": "..." }.'],
  [{ prompt: '' }, 'The event\'s "prompt" is not a non-empty string; for anything else send "messages".'],
  [{ prompt: 'hi', messages }, 'The event has both "prompt" and "messages"; send one of them.'],
])('%j is refused with what to send instead', (event, message) => {
  expect(() => messagesBody(event, {})).toThrow(expect.objectContaining({ name: 'InvalidRequestError', message }));
});
