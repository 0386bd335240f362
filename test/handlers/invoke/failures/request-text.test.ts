import * as fc from 'fast-check';
import { withoutRequest } from '../../../../src/handlers/invoke/failures/request-text';
import '../../../property-seed';

const prompt = (content: string) => ({ messages: [{ role: 'user', content }], max_tokens: 5 });
const kept = (text: string, content: unknown = 'unrelated') => withoutRequest(text, typeof content === 'string' ? prompt(content) : content, false);
const DENIED = 'User: arn:aws:sts::111122223333:assumed-role/reader/f is not authorized to perform: kms:Decrypt on resource: '
  + 'arn:aws:kms:eu-west-2:111122223333:key/abc because no identity-based policy allows the kms:Decrypt action';

test.each([
  // Texts of Bedrock and the Messages API, as their documentation and issues on GitHub quote them.
  'messages.2.content.0: `tool_result` block(s) at the beginning of this message. Messages following `tool_use` blocks must begin with a matching number of `tool_result` blocks.',
  'messages: text content blocks must be non-empty',
  'messages.0.role: Input should be \'user\' or \'assistant\'',
  'Too many requests, please wait before trying again.',
  'The system encountered an unexpected error during processing. Try your request again.',
  'Model has timed out in processing the request. Try your request again.',
  'Bedrock is unable to process your request.',
  'The provided model identifier is invalid.',
  'The security token included in the request is expired',
  'The guardrail identifier or version provided in the request does not exist.',
])('a text that quotes nothing is kept whole: %s', (text) => {
  expect(kept(text)).toBe(text);
});

test.each([
  ['messages.0.content: "my cat is ill" is not allowed', 'messages.0.content: … is not allowed'],
  ['messages.0.role: Input should be \'user\' or \'assistant\', not zebra', 'messages.0.role: Input should be \'user\' or \'assistant\', not …'],
  ['it says zeb… and no more', 'it …… and no more'],
  ['found \\u007aebra', 'found \\…'],
  ['the key AKIAIOSFODNN7EXAMPLE', 'the key …'],
  ['größer than it', '… than it'],
  ['Failed on 王小明 here', 'Failed on … here'],
  ['Failed on 🦓 here', 'Failed on … here'],
  ['Model output "the answer is not in the document" could not be parsed', 'Model output … could not be …'],
  ['Failed on o k p i here', 'Failed on … p … here'],
  ['Failed on 4 8 2 1, 4821 and 51.50 here', 'Failed on … and … here'],
  ['Failed on TXkgUElO and 4d 79 here', 'Failed on … and … here'],
  ['Failed on ["M","y"," ","Q"] here', 'Failed on ["…"] here'],
  ['max_tokens: 70000 > 64000, which is the maximum', 'max_tokens: …, which is the maximum'],
  ['not found: arn:aws:s3:::photos/zebra', 'not found: …'],
  ['bedrock:Zebra is unknown', '… is unknown'],
])('nothing but known words and paths is left of %s, though no request holds it', (text, expected) => {
  expect(kept(text)).toBe(expected);
});

test('a row of known words that the request holds is a quotation', () => {
  expect(kept('must not be empty in messages', 'It MUST not be\n"empty"')).toBe('… in messages');
  expect(kept('must not be empty in messages', 'empty')).toBe('must not be empty in messages');
});

test('of a denial by IAM the ARNs and the actions are kept too, unless the request holds them', () => {
  expect(withoutRequest(DENIED, prompt('May I?'), true)).toBe(DENIED);
  expect(withoutRequest(`${DENIED}: hunter2`, prompt('hunter2'), true)).toBe(`${DENIED}: …`);
  expect(withoutRequest(DENIED, prompt('see arn:aws:kms:eu-west-2:111122223333:key/abc'), true)).toBe(DENIED.replace(/arn:aws:kms\S+/, '…'));
  expect(withoutRequest(DENIED, undefined, false)).not.toContain('arn:');
});

test('a request that is too long to compare leaves the same words', () => {
  expect(kept('the zebra is not allowed', 'zebra '.repeat(20_000))).toBe('the … is not allowed');
  expect(withoutRequest('zebra is not a function', undefined, false)).toBe('… is not a function');
});

test('an image does not make a request too long', () => {
  const request = { messages: [{ content: [{ source: { data: 'aGVsbG8'.repeat(200_000) } }, { text: 'must not be empty' }] }] };
  expect(kept('content must not be empty', request)).toBe('content …');
});

test('no text is left that is no row of known words, whatever it is, wherever it stands and whether or not the request holds it', () => {
  const word = fc.oneof(fc.stringMatching(/^[a-z]{6,30}x[0-9]$/), fc.stringMatching(/^[0-9]{1,30}$/), fc.stringMatching(/^[A-Z]{2}x[A-Za-z0-9]{1,30}$/), fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(...'äöüßéñ漢字ышж') }));
  const around = fc.constantFrom('', ' ', ' "', '` ', ': ', ' is not ', ' in the request', '\\n');
  fc.assert(fc.property(word, around, around, fc.boolean(), fc.boolean(), (text, before, after, held, denial) => {
    expect(withoutRequest(`${before}${text}${after}`, prompt(held ? text : 'x'), denial)).not.toContain(text);
  }), { numRuns: 2000 });
});
