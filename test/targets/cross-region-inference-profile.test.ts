import { Aws, CfnParameter, Fn, Lazy, Stack } from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile, Geography, InferenceRouting, ModelCard } from '../../src';
import { decide } from '../../src/routing/decision';
import { globalNotHeld } from '../../src/routing/findings';
import { GLOBAL_ONLY_SOURCES } from '../fixtures/documented-regions';
import { ACCOUNT, stackIn } from '../kit/stack';
import { everywhere, failures } from '../kit/three-ways';
import { said } from '../wording/said';

const card = ModelCard.CLAUDE_HAIKU_4_5;

test('Geo EU from us-east-1: the error names the EU sources and says where us-east-1 belongs', () => {
  const routing = InferenceRouting.geo(Geography.EU);
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { routing }), { account: ACCOUNT, region: 'us-east-1' })).toEqual(everywhere(
    said('SOURCE_REGION_OUTSIDE_GEOGRAPHY', decide(card, routing, 'us-east-1'))));
});

test('Geo EU from a global-only Region: the error says that only global inference serves it', () => {
  const routing = InferenceRouting.geo(Geography.EU);
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { routing }), { account: ACCOUNT, region: 'sa-east-1' })).toEqual(everywhere(
    said('SOURCE_REGION_OUTSIDE_GEOGRAPHY', decide(card, routing, 'sa-east-1'))));
});

test('there are 13 sources that only global inference serves', () => {
  expect(GLOBAL_ONLY_SOURCES).toHaveLength(13);
});

test.each(GLOBAL_ONLY_SOURCES)('%s has no geography: the default routing never falls back to global', (region) => {
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku'), { account: ACCOUNT, region })).toEqual(everywhere(
    said('SOURCE_REGION_WITHOUT_GEOGRAPHY', decide(card, InferenceRouting.sourceGeography(), region))));
  const stack = stackIn(region);
  expect(new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() }).sourceRegion).toBe(region);
});

test.each(['apac', 'us-gov', 'mars'])('%s is a geography that this model is not published in', (prefix) => {
  const routing = InferenceRouting.geo(Geography.of(prefix));
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { routing }), { account: ACCOUNT, region: 'us-east-1' })).toEqual(everywhere(
    said('GEOGRAPHY_NOT_PUBLISHED', decide(card, routing, 'us-east-1'))));
});

test('a card of one\'s own may publish another geography', () => {
  const model = ModelCard.CLAUDE_HAIKU_4_5.extend({
    geoRoutes: [{
      geography: Geography.of('mars'), sourceRegion: 'us-east-1', destinationRegions: ['us-east-1'], sourceUrl: 'https://example.com/card', asOf: '2026-11-01',
    }],
  });
  const stack = stackIn('us-east-1');
  expect(new CrossRegionInferenceProfile(stack, 'Haiku', { model, routing: InferenceRouting.geo(Geography.of('mars')) }).inferenceProfileId)
    .toBe('mars.anthropic.claude-haiku-4-5-20251001-v1:0');
});

test.each([
  ['eu-north-9', undefined], ['us-gov-west-1', undefined], ['cn-north-1', undefined],
  ['eu-north-9', InferenceRouting.globalCrossRegion()], ['us-gov-west-1', InferenceRouting.geo(Geography.US)], ['cn-north-1', InferenceRouting.globalCrossRegion()],
])('%s is not a documented source Region, whatever the routing (%s)', (region, routing) => {
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { routing }), { account: ACCOUNT, region })).toEqual(everywhere(
    said('SOURCE_REGION_NOT_DOCUMENTED', decide(card, routing ?? InferenceRouting.sourceGeography(), region))));
});

test.each([
  ['eu-west-2', ['eu-west-1', 'eu-west-2']], ['ca-central-1', ['ca-central-1', 'us-east-1', 'us-east-2']],
])('%s: allowedRegions that miss destinations are an error', (region, allowedRegions) => {
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { allowedRegions }), { account: ACCOUNT, region })).toEqual(everywhere(
    said('DESTINATION_NOT_ALLOWED', decide(card, InferenceRouting.sourceGeography(), region, allowedRegions))));
});

test.each([undefined, 'us-east-1'])('allowedRegions cannot hold for global inference (stack in %s)', (region) => {
  const props = { allowedRegions: ['us-east-1'], routing: InferenceRouting.globalCrossRegion() };
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', props), { account: ACCOUNT, region })).toEqual(everywhere(
    said('DESTINATION_NOT_ALLOWED', { finding: globalNotHeld(card, props.allowedRegions, region) })));
});

test('a source Region that is a token of something else is an error', () => {
  const define = (scope: Stack) => new CrossRegionInferenceProfile(scope, 'Haiku', { sourceRegion: new CfnParameter(scope, 'Region').valueAsString });
  expect(failures((scope) => define(scope as Stack))).toEqual(everywhere(
    'sourceRegion is an unresolved token other than the Region of the stack; expected a literal Region such as "eu-west-1". '
    + 'The Region decides where data may go: pass a literal, or leave sourceRegion out to follow the stack.'));
});

test('a geography that is a token is an error', () => {
  const prefix = Lazy.string({ produce: () => 'eu' });
  expect(failures(() => Geography.of(prefix))).toEqual(everywhere(
    `Geography prefix is an unresolved token, got "${prefix}"; expected a literal such as "eu". A geography decides where data may go, `
    + 'so it must be known at synth time: pass a literal, or leave routing out to follow the Region of the stack.'));
});

test.each([
  ['a token', Lazy.any({ produce: () => InferenceRouting.globalCrossRegion() }), 'an unresolved token'],
  ['a string', 'global', '"global"'],
  ['null', null, 'null'],
])('a routing that is %s is an error', (_, routing, got) => {
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { routing: routing as unknown as InferenceRouting }), { account: ACCOUNT, region: 'us-east-1' }))
    .toEqual(everywhere(
      `routing is not an InferenceRouting, got ${got}; expected InferenceRouting.geo(...), InferenceRouting.globalCrossRegion() or InferenceRouting.sourceGeography(). `
      + 'Where data may go must be known at synth time: choose one of the three.'));
});

test.each([
  ['a token', Lazy.any({ produce: () => ModelCard.CLAUDE_HAIKU_4_5 }), 'an unresolved token'],
  ['a string token', Lazy.string({ produce: () => 'x' }), 'an unresolved token'],
  ['a model ID', 'anthropic.claude-haiku-4-5-20251001-v1:0', '"anthropic.claude-haiku-4-5-20251001-v1:0"'],
])('a model that is %s is an error', (_, model, got) => {
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { model: model as unknown as ModelCard }), { account: ACCOUNT, region: 'us-east-1' }))
    .toEqual(everywhere(
      `model is not a ModelCard, got ${got}; expected ModelCard.CLAUDE_HAIKU_4_5 or ModelCard.of(...). `
      + 'To name a model, use ModelCatalog.require(name); to name an inference profile, CrossRegionInferenceProfile.fromInferenceProfileId(...).'));
});

test.each([
  ['a list token', Fn.split(',', Aws.STACK_NAME), 'an unresolved token'],
  ['a list with a token', [Aws.REGION], `["${Aws.REGION}"]`],
  ['empty', [], '[]'],
  ['one string', 'eu-west-2', '"eu-west-2"'],
])('allowedRegions that are %s are an error', (_, allowedRegions, got) => {
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { allowedRegions: allowedRegions as string[] }), { account: ACCOUNT, region: 'us-east-1' }))
    .toEqual(everywhere(
      `allowedRegions is not a list of Regions, got ${got}; expected at least one literal such as "eu-west-2". `
      + 'Where data may go must be known at synth time: pass literals, or leave allowedRegions out.'));
});

test('AWS::Region in a stack of a concrete Region is that Region, so nothing is left to the deployment', () => {
  const stack = stackIn('eu-west-2');
  const haiku = new CrossRegionInferenceProfile(stack, 'Haiku', { sourceRegion: Aws.REGION });
  expect(haiku.sourceRegion).toBe('eu-west-2');
  expect(haiku.inferenceProfileArn).toBe(`arn:aws:bedrock:eu-west-2:${ACCOUNT}:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0`);
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { sourceRegion: Aws.REGION }), { account: ACCOUNT, region: 'sa-east-1' }).new)
    .toContain('got "sa-east-1"');
});
