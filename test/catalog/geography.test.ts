import { Lazy } from 'aws-cdk-lib';
import { Geography } from '../../src';

test.each([['us', Geography.US], ['eu', Geography.EU], ['au', Geography.AU], ['jp', Geography.JP], ['in', Geography.IN]])('%s is the published geography itself', (prefix, geography) => {
  expect(Geography.of(prefix)).toBe(geography);
  expect(geography.prefix).toBe(prefix);
  expect(`${geography}`).toBe(`Geo ${prefix.toUpperCase()}`);
});

test.each(['apac', 'us-gov', 'mars'])('%s may be published by a card of one\'s own, so it is taken', (prefix) => {
  expect(Geography.of(prefix).prefix).toBe(prefix);
});

test.each([
  ['EU', '"EU"', 'Use Geography.EU, or'],
  ['eu.', '"eu."', 'Use Geography.EU, or'],
  [' jp ', '" jp "', 'Use Geography.JP, or'],
  ['', '""', 'Use Geography.US, Geography.EU, Geography.AU, Geography.JP or Geography.IN, or'],
  ['e', '"e"', 'Use Geography.US, Geography.EU, Geography.AU, Geography.JP or Geography.IN, or'],
  ['eu1', '"eu1"', 'Use Geography.EU, or'],
  ['us-', '"us-"', 'Use Geography.US, or'],
  ['Beu', '"Beu"', 'Use Geography.US, Geography.EU, Geography.AU, Geography.JP or Geography.IN, or'],
  ['1eu', '"1eu"', 'Use Geography.EU, or'],
  [['eu'] as unknown as string, '["eu"]', 'Use Geography.EU, or'],
  [7 as unknown as string, '7', 'Use Geography.US, Geography.EU, Geography.AU, Geography.JP or Geography.IN, or'],
  [undefined as unknown as string, 'undefined', 'Use Geography.US, Geography.EU, Geography.AU, Geography.JP or Geography.IN, or'],
])('%p is not a prefix', (prefix, shown, instead) => {
  expect(() => Geography.of(prefix)).toThrow(new Error(
    `Geography prefix is not valid, got ${shown}; expected lower-case letters such as "eu". ${instead} the first part of the inference profile ID.`));
});

test('global is not a geography', () => {
  expect(() => Geography.of('global')).toThrow(new Error(
    'Geography prefix is not valid, got "global"; expected lower-case letters such as "eu". Global inference is not a geography: use InferenceRouting.globalCrossRegion().'));
});

test('an unresolved token is refused, never guessed', () => {
  const token = Lazy.string({ produce: () => 'eu' });
  expect(() => Geography.of(token)).toThrow(new Error(
    `Geography prefix is an unresolved token, got ${JSON.stringify(token)}; expected a literal such as "eu". A geography decides where data may go, `
    + 'so it must be known at synth time: pass a literal, or leave routing out to follow the Region of the stack.'));
});

test('a geography cannot be changed', () => {
  expect(() => { (Geography.EU as unknown as { prefix: string }).prefix = 'us'; }).toThrow(TypeError);
  expect(Geography.EU.prefix).toBe('eu');
});
