import { runInNewContext } from 'node:vm';
import { Duration } from 'aws-cdk-lib/core';
import { ModelCard, Sampling } from '../../src';
import { checkKind, checkKinds, DURATION, FLAG, listOf, NUMBER, objectOf, objectWith, oneOf, PropKind, required, struct, TEXT } from '../../src/private/prop-kind';
import { thrown } from '../kit/three-ways';

enum Colour { RED = 'red', BLUE = 'blue' }
enum Days { ONE = 1, WEEK = 7 }

test.each<[string, PropKind, unknown, string]>([
  ['text', TEXT, 5, 'name is not text, got 5; expected a string. Change it, or leave name out.'],
  ['a number', NUMBER, '5', 'name is not a number, got "5"; expected a number. Change it, or leave name out.'],
  ['true or false', FLAG, 'false', 'name is not a boolean, got "false"; expected true or false. Change it, or leave name out.'],
  ['a duration', DURATION, 30, 'name is not a Duration, got 30; expected a Duration such as Duration.seconds(30). Change it, or leave name out.'],
  ['an object of a class', objectOf('Sampling', 'Sampling.topP(...)'), 0.5, 'name is not a Sampling, got 0.5; expected Sampling.topP(...). Change it, or leave name out.'],
  ['an enum', oneOf('Colour', Colour), 'RED', 'name is not a Colour, got "RED"; expected Colour.RED or Colour.BLUE. Change it, or leave name out.'],
  ['an enum of numbers', oneOf('Days', Days), 'ONE', 'name is not a Days, got "ONE"; expected Days.ONE or Days.WEEK. Change it, or leave name out.'],
  ['an object of CDK', objectWith('a queue', 'an sqs.Queue', ['queueArn']), {}, 'name is not a queue, got {}; expected an sqs.Queue. Change it, or leave name out.'],
  ['an object', struct('{ a: 1 }'), [], 'name is not an object, got []; expected { a: 1 }. Change it, or leave name out.'],
  ['an object and no value of ours', struct('{ a: 1 }'), Sampling.topP(1), 'name is not an object, got a Sampling; expected { a: 1 }. Change it, or leave name out.'],
  ['a list', listOf(TEXT, 'a list of names', 'a list of strings'), ['a', 1], 'name is not a list of names, got ["a",1]; expected a list of strings. Change it, or leave name out.'],
  ['what is required', required(TEXT), undefined, 'name is not text, got undefined; expected a string. It cannot be left out.'],
])('what is not %s is refused in a sentence', (_, kind, value, message) => {
  expect(thrown(() => checkKind('name', value, kind))).toBe(message);
});

test.each<[PropKind, unknown]>([
  [TEXT, ''], [NUMBER, NaN], [FLAG, false], [DURATION, Duration.millis(1)], [objectOf('ModelCard', ''), ModelCard.CLAUDE_HAIKU_4_5],
  [oneOf('Colour', Colour), 'red'], [oneOf('Days', Days), 7], [oneOf('Days', Days), -1.8881545897087626e289], [struct(''), { node: 'mine' }],
  [struct(''), Object.create(null)], [struct(''), runInNewContext('({})')],
  [listOf(TEXT, '', ''), []], [TEXT, undefined],
])('%j takes %j', (kind, value) => {
  expect(() => checkKind('name', value, kind)).not.toThrow();
});

test('props that are no object are refused as a whole', () => {
  const kinds = { one: TEXT, two: TEXT };
  expect(thrown(() => checkKinds('Mine', 'us-east-1', kinds))).toBe('Mine takes an object, got "us-east-1"; expected one with one, two. Pass each of them by its name.');
  expect(thrown(() => checkKinds('Mine', { two: 1 }, kinds, 'mine.'))).toBe('mine.two is not text, got 1; expected a string. Change it, or leave mine.two out.');
  expect(() => checkKinds('Mine', { two: 'x', three: 3 }, kinds)).not.toThrow();
});

const SPELLED = { api: NUMBER, lockedFields: listOf(TEXT, 'a list', 'a list') };

test.each<[object, string]>([
  [{ lockedField: ['SYSTEM'] }, 'lockedField is not a prop of HaikuInvoker, and would do nothing, got ["SYSTEM"]; expected lockedFields. Rename it, or leave it out.'],
  [{ lockedfields: 1 }, 'lockedfields is not a prop of HaikuInvoker, and would do nothing, got 1; expected lockedFields. Rename it, or leave it out.'],
  [{ apis: 1 }, 'apis is not a prop of HaikuInvoker, and would do nothing, got 1; expected api. Rename it, or leave it out.'],
])('%j is refused, since a prop was meant', (props, message) => {
  expect(thrown(() => checkKinds('HaikuInvoker', props, SPELLED))).toBe(message);
  expect(thrown(() => checkKinds('HaikuInvoker', props, SPELLED, 'a.'))).toContain('expected a.');
});

test.each<object>([
  { apiss: 1 }, { lockedField: [], lockedFields: [] }, { lockedField: undefined }, { env: {}, stackName: 'mine', tags: {}, description: 'mine' },
])('%j is for somebody else', (props) => {
  expect(() => checkKinds('HaikuInvoker', props, SPELLED)).not.toThrow();
});

test('an object that fails when it is asked is of no kind', () => {
  const hostile = new Proxy({}, { get: () => { throw new Error('mine'); }, getPrototypeOf: () => { throw new Error('mine'); } });
  expect(thrown(() => checkKind('name', hostile, struct('{ a: 1 }')))).toBe('name is not an object, got a value that cannot be shown; expected { a: 1 }. Change it, or leave name out.');
});
