import * as fc from 'fast-check';
import { Geography, InferenceOption, ModelCard, ModelCatalog } from '../../src';
import { Change, Topic } from '../../src/move/change';
import { factChanges } from '../../src/move/facts';
import { moveOf, whatStops } from '../../src/move/move';
import { Feature, Use } from '../../src/move/use';
import { EVERY_FACT } from '../catalog/every-fact';
import '../property-seed';

const { CLAUDE_HAIKU_4_5: OLD, CLAUDE_HAIKU_5_5: NEW } = ModelCard;
const use = (sourceRegion: string, geography: Geography | undefined, more: Partial<Use> = {}): Use => ({
  where: sourceRegion, sourceRegion, inferenceOption: geography ? InferenceOption.GEO : InferenceOption.GLOBAL, geography, features: [], ...more,
});
const of = (changes: readonly Change[], topic: Topic) => changes.find((change) => change.topic === topic)!;

/** What the facts say of moving from Haiku 4.5 to Haiku 5.5, by hand. */
test('the move to Haiku 5.5 loses and gains what is documented', () => {
  expect(factChanges(OLD, NEW).map(({ topic, verdict, before, after }) => [topic, verdict, before, after])).toEqual([
    ['GEOGRAPHIES', 'lost', 'Geo AU, Geo EU, Geo IN, Geo JP, Geo US', 'Geo AU, Geo EU, Geo JP, Geo US'],
    ['SOURCE_REGIONS', 'changed', '50 of both, ap-south-1 (Geo IN), ap-south-2 (Geo IN), ap-southeast-6 (Geo AU)', '50 of both, ca-west-1 (Geo US)'],
    ['IN_REGION', 'changed', 'ap-northeast-1, ap-southeast-4, eu-north-1, eu-west-1, us-east-1, us-east-2, us-west-2', 'us-gov-west-1'],
    ['BATCH_REGIONS', 'lost', [...OLD.batch!.regions].sort().join(', '), 'none'],
    ['SERVICE_TIERS', 'lost', 'default, reserved', 'default'],
    ['STRUCTURED_OUTPUTS', 'lost', 'yes', 'no'],
    ['COUNT_TOKENS', 'stays', 'no', 'no'],
    ['THINKING', 'changed', 'enabled, disabled', 'adaptive, disabled'],
    ['EFFORT', 'changed', 'not published', 'low, medium, high, xhigh, max'],
    ['SAMPLING', 'lost', 'temperature, top_p, top_k', 'none'],
    ['CONTEXT', 'gained', '200,000', '1,000,000'],
    ['MAX_OUTPUT', 'gained', '64,000', '128,000'],
    ['CACHING_MINIMUM', 'gained', '4,096', '512'],
    ['LIFECYCLE', 'gained', 'ACTIVE, end of life not before 2026-10-16', 'ACTIVE, end of life not before 2027-10-07'],
  ]);
});

test.each<[string, Use, Array<[Topic, string, string, string]>, string[]]>([
  ['London', use('eu-west-2', Geography.EU), [
    ['ROUTE', 'stays', 'Geo EU from eu-west-2', 'Geo EU from eu-west-2'],
    ['BATCH_JOBS', 'lost', 'yes', 'none'],
    ['PRICE', 'gained', 'input $1.1, output $5.5, cache read $0.11', 'input $0.11, output $0.55, cache read $0.011; $0.55 and $2.75 above 100,000 tokens of input'],
  ], []],
  ['Mumbai', use('ap-south-1', Geography.IN), [
    ['ROUTE', 'lost', 'Geo IN from ap-south-1', 'none'], ['DESTINATIONS', 'lost', 'ap-south-1, ap-south-2', 'none'],
    ['OTHER_WAYS', 'stays', 'Global', 'Global'],
    ['PRICE', 'changed', 'input $1.1, output $5.5, cache read $0.11', 'none'],
  ], ['ap-south-1: Geo IN from ap-south-1']],
  ['Auckland', use('ap-southeast-6', Geography.AU), [['ROUTE', 'lost', 'Geo AU from ap-southeast-6', 'none']], ['ap-southeast-6: Geo AU from ap-southeast-6']],
  ['the world', use('me-central-1', undefined), [['DESTINATIONS', 'stays', 'any commercial AWS Region', 'any commercial AWS Region']], []],
  ['one Region', use('eu-west-1', undefined, { inferenceOption: InferenceOption.IN_REGION }), [['DESTINATIONS', 'lost', 'eu-west-1, on bedrock-mantle', 'none']],
    ['eu-west-1: In-Region from eu-west-1']],
])('from %s the route, its destinations and what would stop are told', (_, one, changes, stops) => {
  const move = moveOf(OLD, NEW, one);
  expect(changes.map(([topic]) => of(move.changes, topic)).map(({ topic, verdict, before, after }) => [topic, verdict, before, after]))
    .toEqual(changes);
  expect(whatStops(OLD, NEW, [move])).toEqual(stops);
});

test.each<[Feature[], number | undefined, ModelCard, ModelCard, string[]]>([
  [[Feature.BATCH], undefined, OLD, NEW, ['batch jobs in eu-west-2']],
  [[Feature.STRUCTURED_OUTPUTS, Feature.RESERVED_TIER], undefined, OLD, NEW, ['service tier reserved', 'structured outputs']],
  [[Feature.THINKING_BUDGET, Feature.TEMPERATURE, Feature.TOP_K], undefined, OLD, NEW, ['a thinking budget', 'temperature, top_k']],
  [[Feature.NO_THINKING], undefined, OLD, NEW, []],
  [[Feature.NO_THINKING], undefined, OLD, ModelCard.CLAUDE_OPUS_5_5, ['answers without thinking']],
  [[Feature.COUNT_TOKENS], undefined, ModelCard.CLAUDE_SONNET_4_6, ModelCard.CLAUDE_SONNET_5, ['CountTokens on bedrock-runtime']],
  [[Feature.BATCH, Feature.TEMPERATURE, Feature.STRUCTURED_OUTPUTS], undefined, ModelCard.CLAUDE_SONNET_4_5, ModelCard.CLAUDE_SONNET_4_6, []],
  [[], 128_000, NEW, OLD, ['answers of 128000 tokens']],
  [[], 64_000, NEW, OLD, []],
  [[Feature.THINKING_BUDGET, Feature.TOP_P], undefined, OLD, ModelCard.of({ ...ModelCard.CLAUDE_HAIKU_5_5._toProps(), limits: undefined }), []],
])('of %j and %p output tokens what the other model does not have would stop: %#', (features, maxTokens, before, after, stops) => {
  expect(whatStops(before, after, [moveOf(before, after, use('eu-west-2', Geography.EU, { features, maxTokens }))])).toEqual(stops.map((stop) => `eu-west-2: ${stop}`));
});

test('a month costs what its tokens do, however long each request was', () => {
  const { changes } = moveOf(OLD, NEW, use('eu-west-2', Geography.EU), { input: 1e9, output: 1e8, cacheRead: 1e9 });
  expect(of(changes, 'MONTH')).toEqual({ topic: 'MONTH', verdict: 'gained', before: '$1,760.00', after: '$176.00' });
  expect(of(moveOf(OLD, NEW, use('eu-west-2', Geography.EU)).changes, 'MONTH')).toBeUndefined();
});

test('destinations that are added are told, since data may then go there', () => {
  const wider = ModelCard.of({ ...EVERY_FACT, geoRoutes: EVERY_FACT.geoRoutes!.map((row) => row.sourceRegion === 'eu-west-1' ? { ...row, destinationRegions: ['eu-west-1', 'eu-north-1'] } : row) });
  expect(of(moveOf(ModelCard.of(EVERY_FACT), wider, use('eu-west-1', Geography.EU)).changes, 'DESTINATIONS')).toEqual(
    { topic: 'DESTINATIONS', verdict: 'gained', before: 'eu-west-1', after: 'eu-west-1, eu-north-1' });
});

test('between any two cards a topic stays only if both sides read alike, and there and back mirror each other', () => {
  const mirrored = { lost: 'gained', gained: 'lost', changed: 'changed', stays: 'stays' };
  const pair = fc.tuple(fc.constantFrom(...ModelCatalog.cards), fc.constantFrom(...ModelCatalog.cards));
  fc.assert(fc.property(pair, ([before, after]) => {
    const there = factChanges(before, after);
    const back = factChanges(after, before);
    there.forEach((change, index) => {
      if (change.topic !== 'LIFECYCLE') expect([change, change.verdict === 'stays']).toEqual([change, change.before === change.after]);
      expect([back[index].verdict, back[index].before, back[index].after]).toEqual([mirrored[change.verdict], change.after, change.before]);
    });
  }));
});
