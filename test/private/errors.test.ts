import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { App, Aws, Duration, Fn, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import '../property-seed';
import { Geography, InRegionInference, Sampling } from '../../src';
import { HaikuError, isDeployTimeValue, shown, shownList } from '../../src/private/errors';

const stack = new Stack(new App(), 'Stack', { env: { region: 'us-east-1' } });
const circular: Record<string, unknown> = { name: 'ring' };
circular.self = circular;
const fails = () => { throw new Error('mine'); };

test.each<[string, unknown, string]>([
  ['a text', 'eu "west"', '"eu \\"west\\""'],
  ['an empty text', '', '""'],
  ['a number', 1.5, '1.5'],
  ['what is no number', NaN, 'NaN'],
  ['an endless number', -Infinity, '-Infinity'],
  ['a large integer', 12345678901234567890n, '12345678901234567890n'],
  ['a symbol', Symbol('mine'), 'Symbol(mine)'],
  ['nothing', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a boolean', false, 'false'],
  ['a list', ['a', 1, undefined, [null]], '["a",1,undefined,[null]]'],
  ['an object', { a: 1, b: { c: [true] } }, '{"a":1,"b":{"c":[true]}}'],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ['an object in itself', circular, '{"name":"ring","self":the same again}'],
  ['an object in an object in an object', { a: { b: { c: { d: { e: 1 } } } } }, '{"a":{"b":{"c":{"d":{...}}}}}'],
  ['a construct', new InRegionInference(stack, 'Q'), 'InRegionInference at Stack/Q'],
  ['a construct in an object', { copyFrom: stack }, '{"copyFrom":Stack at Stack}'],
  ['a construct of CDK, minified', new Role(stack, 'Role', { assumedBy: new AccountRootPrincipal() }), 'Role at Stack/Role'],
  ['an app', stack.node.root, 'App at the root'],
  ['an object of a class', Sampling.topP(0.5), 'a Sampling'],
  ['an object of a class with a vowel', new (class Own {})(), 'an Own'],
  ['an object of a class without a name', new (class {})(), '{}'],
  ['a geography', Geography.EU, 'a Geography'],
  ['an object whose JSON fails', Duration.seconds(1), 'a Duration'],
  ['an error', new TypeError('mine'), 'a TypeError'],
  ['a class', InRegionInference, 'the class InRegionInference'],
  ['a function', () => 1, 'a function'],
  ['a token that is an object', Lazy.any({ produce: () => 1 }), 'an unresolved token'],
  ['a token that is a number', Token.asNumber({ Ref: 'Number' }), 'an unresolved token'],
  ['a token that is a list', Fn.split(',', Aws.STACK_NAME), 'an unresolved token'],
  ['a getter that throws', { get mine() { return fails(); } }, 'a value that cannot be shown'],
  ['a toJSON that throws', { toJSON: fails }, '{"toJSON":a function}'],
  ['a proxy that throws', new Proxy({}, { get: fails, ownKeys: fails, getPrototypeOf: fails }), 'a value that cannot be shown'],
  ['a revoked proxy', (() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })(), 'a value that cannot be shown'],
])('%s is shown', (_, value, text) => {
  expect(shown(value)).toBe(text);
});

test('a text of 1,000 characters is shown whole, less its quotes, and a longer one by its beginning', () => {
  expect(shown('x'.repeat(998))).toBe(`"${'x'.repeat(998)}"`);
  expect(shown('x'.repeat(1_000_000))).toBe(`"${'x'.repeat(500)}"... (1000000 characters)`);
});

test('a list of many entries is shown by its first', () => {
  expect(shown(Array.from({ length: 31 }, (_, index) => index))).toBe(`[${Array.from({ length: 30 }, (_, index) => index).join(',')},...]`);
});

test('whatever is shown, nothing is thrown, and it stays short', () => {
  const anything = fc.anything({
    withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true, withSparseArray: true, withTypedArray: true,
  });
  fc.assert(fc.property(anything, (value) => {
    expect(shown(value).length).toBeLessThanOrEqual(1050);
  }));
});

test('what is JSON is shown as JSON', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
    const json = JSON.stringify(value).replaceAll('-0,', '0,');
    fc.pre(json.length < 900 && !/-0\b/.test(json));
    expect(shown(value)).toBe(json);
  }));
});

test('a list of values is shown one after the other', () => {
  expect(shownList(['a', 'b'])).toBe('"a", "b"');
  expect(shownList(new Set([1, undefined]))).toBe('1, undefined');
});

test.each([Token.asNumber({ Ref: 'Number' }), Token.asList({ Ref: 'List' }), Token.asAny('x')])('%p is known when the stack is deployed', (value) => {
  expect(isDeployTimeValue(value)).toBe(true);
});

test.each([-1e289, -1.95e289, -Number.MAX_VALUE, 0, ['a'], [], {}, null, 'a'])('%p is known now', (value) => {
  expect(isDeployTimeValue(value)).toBe(false);
});

test('the error has a name of its own', () => {
  expect(new HaikuError('mine')).toMatchObject({ name: 'CdkBedrockHaikuError', message: 'mine' });
});
