import { addCachePoints } from '../../../../src/handlers/invoke/dialects/converse-cache';

test('a message that is none is the service\'s to judge, and takes no cache point', () => {
  const messages = [{ role: 'user', content: [{ text: 'One' }] }, null];
  expect(addCachePoints({ messages }, { promptCaching: { messages: '5m' } }).body).toEqual({ messages });
});

const POINT = { cachePoint: { type: 'default' } };
const text = { text: 'x' };
const csv = { document: { format: 'csv', name: 'd', source: {} } };
const pdf = { document: { format: 'pdf', name: 'd', source: {} } };
const reasoning = { reasoningContent: { reasoningText: { text: 'Hm.' } } };

test.each([
  [[text, csv], [text, POINT, csv]],
  [[csv, text], [csv, text, POINT]],
  [[text, pdf], [text, pdf, POINT]],
  [[text, pdf, csv, csv], [text, pdf, POINT, csv, csv]],
  [[text, reasoning], [text, POINT, reasoning]],
  [[text, { text: ' ' }], [text, POINT, { text: ' ' }]],
  [[text, POINT, csv], [text, POINT, csv]],
  [[text, POINT], [text, POINT]],
  [[csv], [csv]],
  [[], []],
])('in %j the cache point stands behind the last block that bears it', (content, pointed) => {
  const messages = [{ role: 'user', content }];
  expect(addCachePoints({ messages, system: content }, { promptCaching: { messages: '5m' } }).body).toEqual({ messages: [{ role: 'user', content: pointed }], system: content });
  expect(addCachePoints({ messages, system: content }, { promptCaching: { system: '5m' } }).body).toEqual({ messages, system: pointed });
});
