import { Geography, InferenceRouter, InferenceRouting, ModelCard, RoutingFindingCode } from '../../src';
import { GLOBAL_ONLY_SOURCES, GLOBAL_SOURCES } from '../fixtures/documented-regions';
import { CITED } from '../kit/stack';

const card = ModelCard.CLAUDE_HAIKU_4_5;
const EU_SOURCES = '"eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3"';
const GEO_SOURCES = '"ap-northeast-1", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-2", "ap-southeast-4", "ap-southeast-6", '
  + `"ca-central-1", ${EU_SOURCES}, "us-east-1", "us-east-2", "us-west-1", "us-west-2"`;
const RESIDENCY = 'with it prompts and answers may be processed in any commercial AWS Region, so data can leave its geography';
const EXTEND = 'pass a card of your own as model: ModelCard.CLAUDE_HAIKU_4_5.extend({ geoRoutes: [...] }).';

const MINE = ModelCard.of({ ...CITED, name: 'Mine', modelId: 'anthropic.mine-v1:0', geoRoutes: [row(Geography.EU, 'eu-west-1'), row(Geography.of('dach'), 'eu-west-1')] });
const MANTLE_ONLY = ModelCard.of({ ...CITED, name: 'Mantle Only', modelId: 'anthropic.mine-v1:0', mantleModelId: 'anthropic.mine', inRegion: { ...CITED, regions: ['eu-west-1'] } });
const GLOBAL_ONLY = ModelCard.of({ ...CITED, name: 'Global Only', modelId: 'anthropic.mine-v1:0', globalSources: { ...CITED, regions: ['eu-west-1'] } });

test('Geo EU in us-east-1 names the EU sources, and says that us-east-1 belongs to Geo US', () => {
  expect(InferenceRouter.route(card, InferenceRouting.geo(Geography.EU), 'us-east-1').finding).toEqual({
    code: RoutingFindingCode.SOURCE_REGION_OUTSIDE_GEOGRAPHY,
    message: `Source Region is outside Geo EU, got "us-east-1"; expected one of ${EU_SOURCES} (as of 2026-10). `
      + '"us-east-1" belongs to Geo US: use InferenceRouting.geo(Geography.US) there.',
  });
});

test('Geo EU in sa-east-1 says that only global inference serves it, and what that means', () => {
  expect(InferenceRouter.route(card, InferenceRouting.geo(Geography.EU), 'sa-east-1').finding).toEqual({
    code: RoutingFindingCode.SOURCE_REGION_OUTSIDE_GEOGRAPHY,
    message: `Source Region is outside Geo EU, got "sa-east-1"; expected one of ${EU_SOURCES} (as of 2026-10). `
      + `"sa-east-1" belongs to no geography, only InferenceRouting.globalCrossRegion() serves it: ${RESIDENCY}.`,
  });
});

test.each(GLOBAL_ONLY_SOURCES)('the default routing in %s says that global() is the explicit way, and what that means', (region) => {
  expect(GLOBAL_ONLY_SOURCES).toHaveLength(13);
  expect(InferenceRouter.route(card, InferenceRouting.sourceGeography(), region).finding).toEqual({
    code: RoutingFindingCode.SOURCE_REGION_WITHOUT_GEOGRAPHY,
    message: `Source Region has no geography for Claude Haiku 4.5, got "${region}"; expected one of ${GEO_SOURCES} (as of 2026-10). `
      + `From "${region}" only InferenceRouting.globalCrossRegion() serves it, and it must be chosen explicitly: ${RESIDENCY}.`,
  });
});

test.each(['apac', 'us-gov', 'mars'])('Geo %s is not published for the model, and the five that are are named', (prefix) => {
  expect(InferenceRouter.route(card, InferenceRouting.geo(Geography.of(prefix)), 'ap-southeast-2').finding).toEqual({
    code: RoutingFindingCode.GEOGRAPHY_NOT_PUBLISHED,
    message: `Geography is not published for Claude Haiku 4.5, got "${prefix}"; expected one of "us", "eu", "au", "jp", "in" (as of 2026-10). `
      + 'Use one of these, or pass a card of your own that publishes it: ModelCard.CLAUDE_HAIKU_4_5.extend({ geoRoutes: [...] }).',
  });
});

test.each(['eu-north-9', 'us-gov-west-1', 'cn-north-1'])('%s is not a documented source for any routing', (region) => {
  const message = `Source Region is not documented for Claude Haiku 4.5, got "${region}"; `
    + `expected one of ${[...GLOBAL_SOURCES].sort().map((source) => `"${source}"`).join(', ')} (as of 2026-10). If AWS has added the Region since, ${EXTEND}`;
  for (const routing of [InferenceRouting.geo(Geography.EU), InferenceRouting.sourceGeography(), InferenceRouting.globalCrossRegion()]) {
    expect(InferenceRouter.route(card, routing, region).finding).toEqual({ code: RoutingFindingCode.SOURCE_REGION_NOT_DOCUMENTED, message });
  }
});

test('allowedRegions that miss destinations name them', () => {
  expect(InferenceRouter.route(card, InferenceRouting.geo(Geography.EU), 'eu-west-2', ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1']).finding).toEqual({
    code: RoutingFindingCode.DESTINATION_NOT_ALLOWED,
    message: 'Destination Regions lie outside allowedRegions, got ["eu-west-1","eu-west-2","eu-west-3","eu-central-1"] without "eu-north-1", "eu-south-1", "eu-south-2"; '
      + 'expected every destination of Geo EU from "eu-west-2": "eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3" (as of 2026-10). '
      + 'A blocked destination fails the whole call: allow them, or choose a source Region whose destinations are all allowed.',
  });
});

test('allowedRegions that miss one destination say "it"', () => {
  expect(InferenceRouter.route(card, InferenceRouting.geo(Geography.JP), 'ap-northeast-1', ['ap-northeast-1']).finding!.message).toBe(
    'Destination Regions lie outside allowedRegions, got ["ap-northeast-1"] without "ap-northeast-3"; '
    + 'expected every destination of Geo JP from "ap-northeast-1": "ap-northeast-1", "ap-northeast-3" (as of 2026-10). '
    + 'A blocked destination fails the whole call: allow it, or choose a source Region whose destinations are all allowed.');
});

test('allowedRegions cannot hold for global inference', () => {
  expect(InferenceRouter.route(card, InferenceRouting.globalCrossRegion(), 'eu-west-2', ['eu-west-2']).finding).toEqual({
    code: RoutingFindingCode.DESTINATION_NOT_ALLOWED,
    message: 'allowedRegions cannot hold for global inference, got ["eu-west-2"]; expected no allowedRegions: a global inference profile may use any commercial '
      + 'AWS Region, and AWS publishes no list. Use InferenceRouting.geo(...) to stay within known Regions.',
  });
});

test('In-Region where bedrock-mantle does not serve the model names the Regions that do', () => {
  expect(InferenceRouter.inRegionFinding(card, 'eu-west-2')).toEqual({
    code: RoutingFindingCode.IN_REGION_NOT_SERVED,
    message: 'bedrock-mantle does not serve Claude Haiku 4.5 in this Region, got "eu-west-2"; expected one of "ap-northeast-1", "ap-southeast-4", "eu-north-1", '
      + '"eu-west-1", "us-east-1", "us-east-2", "us-west-2" (as of 2026-10). Use one of these Regions, or a CrossRegionInferenceProfile: '
      + 'bedrock-runtime has no In-Region inference for this model.',
  });
});

test('a source Region in several geographies asks for one, by the default routing alone', () => {
  expect(InferenceRouter.route(MINE, InferenceRouting.sourceGeography(), 'eu-west-1').finding).toEqual({
    code: RoutingFindingCode.SOURCE_REGION_IN_SEVERAL_GEOGRAPHIES,
    message: 'Source Region belongs to several geographies of Mine, got "eu-west-1" without a geography; expected InferenceRouting.geo(Geography.EU) or '
      + "InferenceRouting.geo(Geography.of('dach')). Name the one that requests must stay in.",
  });
  expect(InferenceRouter.route(MINE, InferenceRouting.geo(Geography.of('dach')), 'eu-west-1').route!.inferenceProfileId).toBe('dach.anthropic.mine-v1:0');
});

test('global routing where only a geography is published names the geography', () => {
  const own = MINE.extend({ globalSources: { ...CITED, regions: ['us-east-1'] } });
  expect(InferenceRouter.route(own, InferenceRouting.globalCrossRegion(), 'eu-west-1').finding).toEqual({
    code: RoutingFindingCode.SOURCE_REGION_NOT_GLOBAL,
    message: 'Source Region is not served by the global inference profile of Mine, got "eu-west-1"; expected one of "us-east-1" (as of 2026-11). '
      + "Use InferenceRouting.geo(Geography.EU or Geography.of('dach')) there.",
  });
});

test('a card without a global profile says so', () => {
  expect(InferenceRouter.route(MINE, InferenceRouting.globalCrossRegion(), 'eu-west-1').finding).toEqual({
    code: RoutingFindingCode.SOURCE_REGION_NOT_GLOBAL,
    message: 'Source Region is not served by the global inference profile of Mine, got "eu-west-1"; expected none, for Mine has no such profile (as of 2026-11). '
      + "Use InferenceRouting.geo(Geography.EU or Geography.of('dach')) there.",
  });
});

test('a card without a geography says so', () => {
  expect(InferenceRouter.route(GLOBAL_ONLY, InferenceRouting.sourceGeography(), 'eu-west-1').finding!.message).toBe(
    'Source Region has no geography for Global Only, got "eu-west-1"; expected none, for Global Only has no such profile (as of 2026-11). '
    + `From "eu-west-1" only InferenceRouting.globalCrossRegion() serves it, and it must be chosen explicitly: ${RESIDENCY}.`);
  expect(InferenceRouter.route(GLOBAL_ONLY, InferenceRouting.geo(Geography.EU), 'eu-west-1').finding!.message).toBe(
    'Geography is not published for Global Only, got "eu"; expected none, for Global Only has no such profile (as of 2026-11). '
    + 'Pass a card of your own that publishes it: ModelCard.CLAUDE_HAIKU_4_5.extend({ geoRoutes: [...] }).');
});

test('a card without any profile says so, and one without a bedrock-mantle ID or without its Regions too', () => {
  expect(InferenceRouter.route(MANTLE_ONLY, InferenceRouting.globalCrossRegion(), 'eu-west-1').finding!.message).toBe(
    `Source Region is not documented for Mantle Only, got "eu-west-1"; expected none, for Mantle Only has no such profile (as of 2026-11). If AWS has added the Region since, ${EXTEND}`);
  expect(InferenceRouter.inRegionFinding(MINE, 'eu-west-1')!.message).toBe(
    'The card of Mine has no bedrock-mantle ID, got "eu-west-1" for In-Region inference; '
    + 'expected a card with mantleModelId and inRegion, if bedrock-mantle serves the model. Use a CrossRegionInferenceProfile.');
  expect(InferenceRouter.inRegionFinding(ModelCard.of({ ...MINE._toProps(), mantleModelId: 'anthropic.mine' }), 'eu-west-1')!.message).toBe(
    'bedrock-mantle does not serve Mine in this Region, got "eu-west-1"; expected none, for its card lists no Region of that endpoint (as of 2026-11). '
    + 'Use a CrossRegionInferenceProfile.');
});

function row(geography: Geography, region: string) {
  return { ...CITED, geography, sourceRegion: region, destinationRegions: [region] };
}

test('a source Region in two geographies, neither of which was asked for, names both', () => {
  const own = ModelCard.of({
    ...CITED,
    name: 'Mine',
    modelId: 'anthropic.mine-v1:0',
    geoRoutes: [row(Geography.EU, 'eu-west-1'), row(Geography.of('dach'), 'eu-west-1'), row(Geography.US, 'us-east-1')],
  });
  expect(InferenceRouter.route(own, InferenceRouting.geo(Geography.US), 'eu-west-1').finding!.message).toBe(
    'Source Region is outside Geo US, got "eu-west-1"; expected one of "us-east-1" (as of 2026-11). '
    + '"eu-west-1" belongs to Geo EU and Geo DACH: use InferenceRouting.geo(Geography.EU or Geography.of(\'dach\')) there.');
});

test.each(['us', 'eu', 'au', 'jp', 'in'])('Geo %s is named as a program names it, beside the global Regions in order', (prefix) => {
  const own = ModelCard.of({
    ...CITED,
    name: 'Mine',
    modelId: 'anthropic.mine-v1:0',
    geoRoutes: [row(Geography.of(prefix), 'eu-west-1')],
    globalSources: { ...CITED, regions: ['us-west-2', 'ca-west-1'] },
  });
  expect(InferenceRouter.route(own, InferenceRouting.globalCrossRegion(), 'eu-west-1').finding!.message).toBe(
    'Source Region is not served by the global inference profile of Mine, got "eu-west-1"; expected one of "ca-west-1", "us-west-2" (as of 2026-11). '
    + `Use InferenceRouting.geo(Geography.${prefix.toUpperCase()}) there.`);
});
