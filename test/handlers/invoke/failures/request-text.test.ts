import * as fc from 'fast-check';
import { withoutRequest } from '../../../../src/handlers/invoke/failures/request-text';
import '../../../property-seed';

const prompt = (content: string) => ({ messages: [{ role: 'user', content }], max_tokens: 5 });
const strict = (text: string, content: string) => withoutRequest(text, prompt(content), 'strict');
const lenient = (text: string, content: string) => withoutRequest(text, prompt(content), 'lenient');
const DENIED = 'User: arn:aws:sts::111122223333:assumed-role/reader/f is not authorized to perform: bedrock:InvokeModel on resource: '
  + 'arn:aws:bedrock:eu-west-2::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0 because no identity-based policy allows the bedrock:InvokeModel action';

test.each([
  // Texts of the Messages API about requests, as issues on GitHub quote them.
  ['messages.2: Did not find 1 `tool_result` block(s) at the beginning of this message. Messages following `tool_use` blocks must begin with a matching number of `tool_result` blocks.', 'What is the weather of the day?'],
  ['messages: text content blocks must be non-empty', 'Is there text in this content?'],
  ['max_tokens: 70000 > 64000, which is the maximum allowed number of output tokens for claude-haiku-4-5', 'How many tokens?'],
  ['prompt is too long: 201000 tokens > 200000 maximum', 'Count the tokens of this prompt: it is too long?'],
])('a text that quotes nothing is kept whole: %s', (text, content) => {
  expect(strict(text, content)).toBe(text);
});

test.each([
  ['messages.0.content: "my cat is ill" is not allowed', 'my cat is ill', 'messages.0.content: "…" is not allowed'],
  ['messages.0.role: Input should be \'user\' or \'assistant\', not zebra', 'zebra', 'messages.0.role: Input should be \'user\' or \'assistant\', not …'],
  ['it says zeb… and no more', 'Zebra-42', 'it says …… and no more'],
  ['near \\u007aebra', 'zebra', 'near \\…'],
  ['near "say \\"hello\\" to\\nme"', 'say "hello" to\nme', 'near "…\\" to\\…"'],
  ['the key AKIAIOSFODNN7EXAMPLE', 'unrelated', 'the key …'],
  ['größer than it', 'unrelated', '… than it'],
  ['must not be empty in messages', 'must not be empty', '… in messages'],
])('a quotation is left out of %s', (text, content, expected) => {
  expect(strict(text, content)).toBe(expected);
});

test('the text of another error is kept, but for what it has in common with the request', () => {
  expect(lenient(DENIED, 'May the reader perform this action on the model? I am not authorized to read the policy.')).toBe(DENIED);
  expect(lenient(`${DENIED}: hunter2 is my password`, 'hunter2 is my password')).toBe(`${DENIED}: …`);
  expect(lenient('Failed on \'hunter2\' of 7.', 'hunter2')).toBe('Failed on \'…\' of 7.');
});

test('a request that is too long to compare leaves the known words and the ARNs of a text', () => {
  const long = 'zebra '.repeat(20_000);
  expect(strict('the zebra is not allowed', long)).toBe('the … is not allowed');
  expect(lenient(DENIED, long)).toBe(DENIED);
  expect(withoutRequest('TypeError: zebra is not a function', undefined, 'strict')).toBe('… is not a …');
});

test('an ARN is kept as a whole, unless the request has it', () => {
  expect(lenient('Not found: arn:aws:s3:::photos/zebra.', 'photos of a zebra in arn:aws:s3')).toBe('Not found: arn:aws:s3:::photos/zebra.');
  expect(lenient('Not found: arn:aws:s3:::photos/zebra.', 'see arn:aws:s3:::photos/zebra')).toBe('Not found: …');
});

test('an image does not make a request too long', () => {
  const request = { messages: [{ content: [{ source: { data: 'aGVsbG8'.repeat(200_000) } }, { text: 'zebra' }] }] };
  expect(withoutRequest('the weather of the zebra', request, 'strict')).toBe('the weather of the …');
});

test('no text in common of eight characters or more is left, whatever it is and wherever it stands', () => {
  const secret = fc.oneof(fc.stringMatching(/^[a-z]{8,30}$/), fc.stringMatching(/^[A-Za-z0-9]{8,30}$/), fc.string({ minLength: 8, maxLength: 30, unit: 'grapheme' }));
  fc.assert(fc.property(secret, fc.string(), fc.string(), fc.constantFrom<'strict' | 'lenient'>('strict', 'lenient'), (text, before, after, rule) => {
    const left = withoutRequest(`${before}${text}${after}`, prompt(text), rule);
    if (/[\p{L}\p{N}]/u.test(text)) expect(left).not.toContain(text);
  }), { numRuns: 2000 });
});
