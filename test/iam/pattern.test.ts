import * as fc from 'fast-check';
import { matchesArn as oracleArn, matchesWildcard } from './wildcard';
import { matches, matchesArn, patternOf, Text } from '../../src/iam/pattern';
import { Unknown } from '../../src/private/unknown';
import '../property-seed';

const gap = (source: string) => Unknown.of(source);
const text = (...parts: Array<string | Unknown>) => Unknown.joined(parts);
const like = (wanted: Text, given: Text) => matches(patternOf(wanted, { wildcards: true })!, patternOf(given)!);
const likeArn = (wanted: Text, given: Text) => matchesArn(patternOf(wanted, { wildcards: true })!, patternOf(given)!);

const near = fc.stringMatching(/^[ab*?]{0,7}$/);
const plain = fc.stringMatching(/^[ab]{0,7}$/);

test('wildcards are those of the simulator', () => {
  fc.assert(fc.property(near, plain, (pattern, given) => expect(like(pattern, given)).toBe(matchesWildcard(pattern, given))), { numRuns: 2000 });
});

test('ARNs are those of the simulator', () => {
  const arn = (part: fc.Arbitrary<string>) => fc.array(part, { minLength: 5, maxLength: 7 }).map((parts) => parts.join(':'));
  fc.assert(fc.property(arn(fc.stringMatching(/^[a*?]{0,2}$/)), arn(fc.stringMatching(/^a{0,2}$/)), (pattern, given) => {
    expect(likeArn(pattern, given)).toBe(oracleArn(pattern, given));
  }), { numRuns: 2000 });
});

test('what is said of a text with gaps holds whatever fills them', () => {
  const parts = (part: fc.Arbitrary<string>) => fc.array(fc.oneof(part, fc.constantFrom(gap('x'), gap('y'))), { maxLength: 4 });
  const filled = (pieces: Array<string | Unknown>, fill: Record<string, string>) => pieces.map((piece) => typeof piece === 'string' ? piece : fill[piece.sources[0]]).join('');
  fc.assert(fc.property(parts(near), parts(plain), plain, plain, (pattern, given, x, y) => {
    const said = like(text(...pattern), text(...given));
    if (typeof said === 'boolean') expect(matchesWildcard(filled(pattern, { x, y }), filled(given, { x, y }))).toBe(said);
  }), { numRuns: 3000 });
});

test.each<[Text, Text, boolean | string[]]>([
  [text('a', gap('x')), 'ab', ['x']],
  [text('a', gap('x')), 'b', false],
  ['a*', text('a', gap('x')), true],
  ['*', gap('x'), true],
  ['b*', text('a', gap('x')), false],
  ['?', gap('x'), ['x']],
  [text(gap('x'), '/*'), text(gap('x'), '/key'), true],
  [text(gap('x'), '/a'), text(gap('x'), '/b'), false],
  [text(gap('x'), '/a'), text(gap('y'), '/a'), ['x', 'y']],
  [text(gap('x'), '-', gap('y')), '-', ['x', 'y']],
])('%s against %s: %j', (pattern, given, said) => {
  expect(like(pattern, given)).toEqual(typeof said === 'boolean' ? said : { unknown: said });
});

test.each<[Text, Text, boolean | string[]]>([
  ['arn:aws:bedrock:*:*:foundation-model/a', 'arn:aws:bedrock:::foundation-model/a', true],
  ['arn:aws:bedrock:*::foundation-model/a', 'arn:aws:bedrock:eu-west-1::foundation-model/a', true],
  ['arn:aws:bedrock:*:foundation-model/a', 'arn:aws:bedrock:eu-west-1::foundation-model/a', false],
  ['arn:aws:x:::a:*', 'arn:aws:x:::a:b:c', true],
  ['*', 'arn:aws:x:::a', false],
  ['*', gap('Role.Arn'), false],
  [gap('Role.Arn'), 'no ARN', false],
  [gap('Role.Arn'), 'arn:aws:iam::111122223333:role/a', ['Role.Arn']],
  [text('arn:aws:bedrock:', gap('AWS::Region'), '::foundation-model/a'), 'arn:aws:bedrock:eu-west-1::foundation-model/a', ['AWS::Region']],
  [text('arn:aws:bedrock:', gap('AWS::Region'), '::foundation-model/a'), 'arn:aws:bedrock:eu-west-1::foundation-model/b', false],
  [text(gap('Bucket.Arn'), '/*'), text(gap('Bucket.Arn'), '/key'), true],
])('the ARN %s against %s: %j', (pattern, given, said) => {
  expect(likeArn(pattern, given)).toEqual(typeof said === 'boolean' ? said : { unknown: said });
});

describe('policy variables', () => {
  const values: Record<string, Text> = { 'a:b': 'x:y', 'star': '*', 'c': gap('c') };
  const read = (wanted: string, given: string, more = {}) => {
    const pattern = patternOf(wanted, { wildcards: true, variables: (name) => values[name], ...more });
    return pattern && matchesArn(pattern, patternOf(given)!);
  };

  test.each([
    // Their colons divide nothing, and their stars are stars.
    ['arn:aws:s3:::${a:b}', 'arn:aws:s3:::x:y', true],
    ['arn:aws:s3:::${star}', 'arn:aws:s3:::a', false],
    ['arn:aws:s3:::${star}', 'arn:aws:s3:::*', true],
    ['arn:aws:s3:::${c}', 'arn:aws:s3:::a', { unknown: ['c'] }],
    ['arn:aws:s3:::${none}', 'arn:aws:s3:::a', undefined],
  ])('%s against %s: %j', (wanted, given, said) => expect(read(wanted, given)).toEqual(said));

  test('before the fifth colon of a resource they are plain text', () => {
    expect(read('arn:aws:s3:${a:b}::k', 'arn:aws:s3:r::k', { variablesAfter: 5 })).toBe(false);
    expect(read('arn:aws:s3:::${a:b}', 'arn:aws:s3:::x:y', { variablesAfter: 5 })).toBe(true);
  });
});

test('many wildcards take no time', () => {
  const start = Date.now();
  expect(like(`${'*a'.repeat(300)}b`, 'a'.repeat(2000))).toBe(false);
  expect(like(`${'*a?'.repeat(300)}`, text('a'.repeat(2000), gap('x')))).toEqual({ unknown: ['x'] });
  expect(Date.now() - start).toBeLessThan(2000);
});
