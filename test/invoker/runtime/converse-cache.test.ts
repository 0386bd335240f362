import { addCachePoints } from '../../../src/invoker/runtime/converse-cache';

test('a message that is none is the service\'s to judge, and takes no cache point', () => {
  const messages = [{ role: 'user', content: [{ text: 'One' }] }, null];
  expect(addCachePoints({ messages }, { promptCaching: { messages: '5m' } }).body).toEqual({ messages });
});
