import * as fc from 'fast-check';
import { checkedLines, CONFIG, record } from './records';
import '../../../property-seed';
import { MOST_LINE_BYTES, RecordCheck } from '../../../../src/handlers/bulk/records/record-check';
import { RowTemplate } from '../../../../src/handlers/bulk/records/row-template';

const input = (text: string) => ({ messages: [{ role: 'user', content: text }] });

test('a record that batch inference takes goes on as it was written, to the last byte', () => {
  const text = '{ "recordId": "a" , "modelInput": {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 1e2, "messages": [{"role":"user","content":"\\u00e9"}] } }';
  expect(checkedLines([text])).toEqual([{ line: 1, recordId: 'a', text }]);
});

test('what a record leaves out is written: its ID, the version, the limit of output tokens, a prompt as messages', () => {
  const [checked] = checkedLines(['{"modelInput":{"prompt":"Hello","temperature":0.10}}']);
  expect(checked).toEqual({
    line: 1,
    recordId: 'line-1',
    text: '{"recordId":"line-1","modelInput":{"anthropic_version":"bedrock-2023-05-31","max_tokens":4096,"temperature":0.10,"messages":[{"role":"user","content":"Hello"}]}}',
  });
});

test.each([
  ['not JSON', '{"recordId": "secret', 'NOT_JSON', 'It is no JSON. Each line is one JSON object.'],
  ['a list', '[]', 'NOT_A_RECORD',
    'It is no record; expected {"recordId": "...", "modelInput": {...}} with a request body of the Messages API, or {"prompt": "..."}, as modelInput.'],
  ['another field', '{"recordId":"a","modelInput":{},"metadata":1}', 'NOT_A_RECORD', 'It has the field "metadata"; a record has recordId and modelInput, and nothing else.'],
  ['an ID that is a number', '{"recordId":1,"modelInput":{}}', 'RECORD_ID', 'Its recordId is no text; expected 1 to 256 characters.'],
  ['an empty ID', '{"recordId":"","modelInput":{}}', 'RECORD_ID', 'Its recordId is 0 characters long; expected 1 to 256 characters.'],
  ['no messages', '{"recordId":"a","modelInput":{"max_tokens":1}}', 'MODEL_INPUT', 'Its modelInput has no "messages"; send a request body with "messages", or { "prompt": "..." }.'],
  ['too many output tokens', record('a', 'x', 64_001), 'MODEL_INPUT', '"max_tokens" is 64001; the model writes at most 64000 tokens.'],
  ['a stream', JSON.stringify({ recordId: 'a', modelInput: { ...input('x'), stream: true } }), 'MODEL_INPUT',
    'Its modelInput asks for a stream, and this function answers whole. Leave "stream" out, or call a HaikuInvoker that streams: one with responseStreaming, or with a function URL that streams.'],
])('%s is found before it is paid for', (_, line, code, message) => {
  expect(checkedLines([line])).toEqual([{ line: 1, code, message }]);
});

test('a record that came before is named with its line', () => {
  expect(checkedLines([record('a'), record('b'), record('a')])[2])
    .toEqual({ line: 3, code: 'DUPLICATE', message: 'Its recordId "a" has come before; each record has an ID of its own.' });
});

test('an ID that a later field of the same name replaces is written once, as JSON means it', () => {
  const [checked] = checkedLines([record('first').replace('{"recordId":"first"', '{"recordId":"first","recordId":"second"')]);
  expect(checked).toMatchObject({ recordId: 'second', text: record('second') });
});

test('a line that was too long to keep, and one that is no UTF-8', () => {
  const check = new RecordCheck(CONFIG);
  expect(check.line({ number: 8 })).toEqual({ line: 8, code: 'TOO_LARGE', message: 'It is longer than 25002048 bytes; a request of the model holds at most 25000000.' });
  expect(check.line({ number: 9, bytes: Buffer.from([0x22, 0xff, 0x22]) })).toEqual({ line: 9, code: 'NOT_JSON', message: 'It is not text in UTF-8.' });
});

test('a record that grows beyond a call when it is written out is too large', () => {
  const check = new RecordCheck({ ...CONFIG, options: { system: 'x'.repeat(100) } });
  const text = JSON.stringify({ recordId: 'a', modelInput: input('x'.repeat(MOST_LINE_BYTES - 100)) });
  expect(check.line({ number: 1, bytes: Buffer.from(text) })).toMatchObject({ code: 'TOO_LARGE' });
});

test('rows become records by a template; a field that is missing is named', () => {
  const template = new RowTemplate({ max_tokens: '{{most}}', prompt: 'Summarise {{ text }} for {{who}}' }, 'id');
  const [good, bad, no] = checkedLines(['{"id":7,"text":"this","who":"you","most":50}', '{"id":8,"text":"this"}', '"x"'], template);
  expect(good).toEqual({
    line: 1,
    recordId: '7',
    text: '{"recordId":"7","modelInput":{"anthropic_version":"bedrock-2023-05-31","max_tokens":50,"messages":[{"role":"user","content":"Summarise this for you"}]}}',
  });
  expect(bad).toEqual({ line: 2, code: 'ROW', message: 'It has no "most", "who", which the template names.' });
  expect(no).toEqual({ line: 3, code: 'ROW', message: 'It is no object with fields.' });
});

test('what a row holds stays a text, whatever stands in it', () => {
  fc.assert(fc.property(fc.string(), (value) => {
    const [checked] = checkedLines([JSON.stringify({ text: value })], new RowTemplate({ prompt: 'Say {{text}}.' }));
    expect(JSON.parse((checked as { text: string }).text).modelInput.messages).toEqual([{ role: 'user', content: `Say ${value}.` }]);
  }));
});
