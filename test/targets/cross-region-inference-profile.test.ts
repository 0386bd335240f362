import { Aws, CfnParameter, Fn, Lazy, Stack } from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile, Geography, InferenceRouting, ModelCard } from '../../src';
import { GLOBAL_ONLY_SOURCES } from '../fixtures/documented-regions';
import { ACCOUNT, stackIn } from '../kit/stack';
import { everywhere, failures } from '../kit/three-ways';

const EU_SOURCES = '"eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3"';
const GEO_SOURCES = '"ap-northeast-1", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-2", "ap-southeast-4", "ap-southeast-6", '
  + `"ca-central-1", ${EU_SOURCES}, "us-east-1", "us-east-2", "us-west-1", "us-west-2"`;
const ALL_SOURCES = '"af-south-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", '
  + '"ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", '
  + `${EU_SOURCES}, "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"`;
const RESIDENCY = 'with it prompts and answers may be processed in any commercial AWS Region, so data can leave its geography';

test('Geo EU from us-east-1: the error names the EU sources and says where us-east-1 belongs', () => {
  const routing = InferenceRouting.geo(Geography.EU);
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { routing }), { account: ACCOUNT, region: 'us-east-1' })).toEqual(everywhere(
    `Source Region is outside Geo EU, got "us-east-1"; expected one of ${EU_SOURCES} (as of 2026-10). `
    + '"us-east-1" belongs to Geo US: use InferenceRouting.geo(Geography.US) there.'));
});

test('Geo EU from a global-only Region: the error says that only global inference serves it', () => {
  const routing = InferenceRouting.geo(Geography.EU);
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { routing }), { account: ACCOUNT, region: 'sa-east-1' })).toEqual(everywhere(
    `Source Region is outside Geo EU, got "sa-east-1"; expected one of ${EU_SOURCES} (as of 2026-10). `
    + `"sa-east-1" belongs to no geography, only InferenceRouting.globalCrossRegion() serves it: ${RESIDENCY}.`));
});

test('there are 13 sources that only global inference serves', () => {
  expect(GLOBAL_ONLY_SOURCES).toHaveLength(13);
});

test.each(GLOBAL_ONLY_SOURCES)('%s has no geography: the default routing never falls back to global', (region) => {
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku'), { account: ACCOUNT, region })).toEqual(everywhere(
    `Source Region has no geography for Claude Haiku 4.5, got "${region}"; expected one of ${GEO_SOURCES} (as of 2026-10). `
    + `From "${region}" only InferenceRouting.globalCrossRegion() serves it, and it must be chosen explicitly: ${RESIDENCY}.`));
  const stack = stackIn(region);
  expect(new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() }).sourceRegion).toBe(region);
});

test.each(['apac', 'us-gov', 'mars'])('%s is a geography that this model is not published in', (prefix) => {
  const routing = InferenceRouting.geo(Geography.of(prefix));
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { routing }), { account: ACCOUNT, region: 'us-east-1' })).toEqual(everywhere(
    `Geography is not published for Claude Haiku 4.5, got "${prefix}"; expected one of "us", "eu", "au", "jp", "in" (as of 2026-10). `
    + 'Use one of these, or pass a card of your own that publishes it: ModelCard.CLAUDE_HAIKU_4_5.extend({ geoRoutes: [...] }).'));
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
    `Source Region is not documented for Claude Haiku 4.5, got "${region}"; expected one of ${ALL_SOURCES} (as of 2026-10). `
    + 'If AWS has added the Region since, pass a card of your own as model: ModelCard.CLAUDE_HAIKU_4_5.extend({ geoRoutes: [...] }).'));
});

test.each([
  ['eu-west-2', ['eu-west-1', 'eu-west-2'], '"eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-3"', 'them',
    '"eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3"', 'EU'],
  ['ca-central-1', ['ca-central-1', 'us-east-1', 'us-east-2'], '"us-west-2"', 'it', '"ca-central-1", "us-east-1", "us-east-2", "us-west-2"', 'US'],
])('%s: allowedRegions that miss destinations, and the error names which', (region, allowedRegions, outside, them, destinations, geography) => {
  const shown = `[${allowedRegions.map((allowed) => `"${allowed}"`).join(',')}]`;
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { allowedRegions }), { account: ACCOUNT, region })).toEqual(everywhere(
    `Destination Regions lie outside allowedRegions, got ${shown} without ${outside}; `
    + `expected every destination of Geo ${geography} from "${region}": ${destinations} (as of 2026-10). `
    + `A blocked destination fails the whole call: allow ${them}, or choose a source Region whose destinations are all allowed.`));
});

test.each([undefined, 'us-east-1'])('allowedRegions cannot hold for global inference (stack in %s)', (region) => {
  const props = { allowedRegions: ['us-east-1'], routing: InferenceRouting.globalCrossRegion() };
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', props), { account: ACCOUNT, region })).toEqual(everywhere(
    'allowedRegions cannot hold for global inference, got ["us-east-1"]; expected no allowedRegions: a global inference profile may use '
    + 'any commercial AWS Region, and AWS publishes no list. Use InferenceRouting.geo(...) to stay within known Regions.'));
});

test('a source Region that is a token of something else is an error', () => {
  const define = (scope: Stack) => new CrossRegionInferenceProfile(scope, 'Haiku', { sourceRegion: new CfnParameter(scope, 'Region').valueAsString });
  expect(failures((scope) => define(scope as Stack))).toEqual(everywhere(
    'sourceRegion is an unresolved token other than the Region of the stack; expected a literal Region such as "eu-west-2". '
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
      `routing is not an InferenceRouting, got ${got}; expected InferenceRouting.geo(...), .globalCrossRegion() or .sourceGeography(). `
      + 'Where data may go must be known at synth time: choose one of the three.'));
});

test.each([
  ['a token', Lazy.any({ produce: () => ModelCard.CLAUDE_HAIKU_4_5 }), 'an unresolved token'],
  ['a string token', Lazy.string({ produce: () => 'x' }), 'an unresolved token'],
  ['a model ID', 'anthropic.claude-haiku-4-5-20251001-v1:0', '"anthropic.claude-haiku-4-5-20251001-v1:0"'],
])('a model that is %s is an error', (_, model, got) => {
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { model: model as unknown as ModelCard }), { account: ACCOUNT, region: 'us-east-1' }))
    .toEqual(everywhere(
      `model is not a ModelCard, got ${got}; expected ModelCard.CLAUDE_HAIKU_4_5 or ModelCard.of({...}). `
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
