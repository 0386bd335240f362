// An object of a class has none of a struct's fields: where all of them may be left out, it would count as an empty one.
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { Callable, callablesOfApi, Field } from './callables';
import { ValidCalls } from './valid-values';
import { HaikuInvoker, HaikuInvokerProps, ModelCard } from '../../src';
import { thrown } from '../kit/three-ways';

const surface = callablesOfApi();
const calls = new ValidCalls(surface);
/** Structs of CDK's that our props take. */
const OF_CDK = ['SubnetSelection', 'FunctionUrlCorsOptions', 'MetricOptions'];

class Mine {
  public readonly somethingElse = 2;
}
const INSTANCES: [string, unknown][] = [
  ['a Duration', Duration.seconds(5)], ['a Date', new Date(0)], ['a Map', new Map([['maxAttempts', 2]])], ['a Set', new Set()], ['a Promise', Promise.resolve({})],
  ['a text in a box', new String('abc')], ['a number in a box', new Number(5)], ['a truth in a box', new Boolean(true)], ['an Error', new Error('mine')],
  ['a regular expression', /x/], ['bytes', Buffer.from('x')], ['an object of a class of the user', new Mine()], ['an heir of an object', Object.create({ maxAttempts: 2 })],
];

/** Every place of a call that takes a struct. */
function structPlaces({ name, type, list }: Field, above: string[] = []): string[][] {
  const place = [...above, name, ...(list ? ['0'] : [])];
  const isStruct = type in surface.structs || OF_CDK.includes(type) || /^\{ \[\w+: string\]/.test(type);
  return [...(isStruct ? [place] : []), ...(surface.structs[type] ?? []).flatMap((field) => structPlaces(field, place))];
}

const places = surface.callables.flatMap((callable) => callable.parameters.flatMap((field) => structPlaces(field))
  .map((place): [string, Callable, string[]] => [`${callable.owner}.${callable.name}: ${place.join('.')}`, callable, place]));

test('there are structs at every depth, of CDK and maps too', () => {
  const names = places.map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining([
    'HaikuInvoker.new: props', 'HaikuInvoker.new: props.retry', 'HaikuInvoker.new: props.vpcSubnets', 'HaikuInvoker.new: props.requestMetadata',
    'InvokerFunctionUrl.buffered: options.cors', 'HaikuInvoker.metricErrors: props', 'ModelCard.extend: regions', 'ModelCard.of: props.geoRoutes.0',
  ]));
});

test.each(places)('%s takes no object of a class', (_, callable, place) => {
  const taken = INSTANCES.filter(([, value]) => {
    try {
      calls.call(callable, ValidCalls.stack(), place, value);
      return true;
    } catch (error) {
      if ((error as Error).name !== 'CdkBedrockHaikuError') throw error;
      return false;
    }
  });
  expect(taken.map(([name]) => name)).toEqual([]);
});

test('the message says what was given', () => {
  const retry = Duration.seconds(5) as HaikuInvokerProps['retry'];
  expect(thrown(() => new HaikuInvoker(ValidCalls.stack(), 'Invoker', { retry }))).toBe(
    'retry is not an object, got a Duration; expected InvokerRetry with, for example, maxAttempts. Change it, or leave retry out.');
});

test('a card is taken for the Regions of a card, which it has', () => {
  const card = ModelCard.CLAUDE_HAIKU_4_5;
  expect(card.extend(card).inRegionOnMantle).toEqual(card.inRegionOnMantle);
});

test('props of a class that a user wrote for them are taken', () => {
  class TeamProps implements HaikuInvokerProps {
    public readonly maxTokens = 99;
  }
  const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-2' } });
  expect(() => new HaikuInvoker(stack, 'Invoker', new TeamProps())).not.toThrow();
});
