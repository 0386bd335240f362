import { Geography, InferenceOption, InferenceRouter, InferenceRouting, ModelCard } from '../../src';
import { ALL_REGIONS, GEO_ROUTES, GEOGRAPHIES, GLOBAL_SOURCES, MANTLE_REGIONS, MODEL_ID } from '../fixtures/documented-regions';
import { ACCOUNT } from '../kit/stack';

const card = ModelCard.CLAUDE_HAIKU_4_5;

test.each(GEO_ROUTES)('$prefix from $source: route, ID, destinations and ARNs are the documented ones', ({ prefix, source, destinations }) => {
  for (const routing of [InferenceRouting.geo(Geography.of(prefix)), InferenceRouting.sourceGeography()]) {
    const { route, finding } = InferenceRouter.route(card, routing, source);
    expect(finding).toBeUndefined();
    expect(route!.option).toBe(InferenceOption.GEO);
    expect(route!.geography).toBe(Geography.of(prefix));
    expect(route!.sourceRegion).toBe(source);
    expect(route!.destinationRegions).toEqual(destinations);
    expect(route!.inferenceProfileId).toBe(`${prefix}.${MODEL_ID}`);
    expect(route!.inferenceProfileArn(ACCOUNT)).toBe(`arn:aws:bedrock:${source}:${ACCOUNT}:inference-profile/${prefix}.${MODEL_ID}`);
    expect(route!.foundationModelArns).toEqual(destinations.map((region) => `arn:aws:bedrock:${region}::foundation-model/${MODEL_ID}`));
  }
});

test.each(GLOBAL_SOURCES)('global from %s: route, ID and ARNs are the documented ones, and destinations are not made up', (source) => {
  const { route, finding } = InferenceRouter.route(card, InferenceRouting.globalCrossRegion(), source);
  expect(finding).toBeUndefined();
  expect(route!.option).toBe(InferenceOption.GLOBAL);
  expect(route!.geography).toBeUndefined();
  expect(route!.sourceRegion).toBe(source);
  expect(route!.destinationRegions).toBeUndefined();
  expect(route!.inferenceProfileId).toBe(`global.${MODEL_ID}`);
  expect(route!.inferenceProfileArn(ACCOUNT)).toBe(`arn:aws:bedrock:${source}:${ACCOUNT}:inference-profile/global.${MODEL_ID}`);
  expect(route!.foundationModelArns).toEqual([
    `arn:aws:bedrock:${source}::foundation-model/${MODEL_ID}`, `arn:aws:bedrock:::foundation-model/${MODEL_ID}`,
  ]);
});

const DECISIONS = ALL_REGIONS.flatMap((region) => {
  const own = GEO_ROUTES.find(({ source }) => source === region)?.prefix;
  return [
    ...GEOGRAPHIES.map((prefix) => ({ region, option: prefix, expected: own === prefix ? 'route' : 'SOURCE_REGION_OUTSIDE_GEOGRAPHY' })),
    { region, option: 'sourceGeography', expected: own ? 'route' : 'SOURCE_REGION_WITHOUT_GEOGRAPHY' },
    { region, option: 'global', expected: 'route' },
  ];
});

test('the decisions are 33 Regions by 7 options', () => {
  expect(DECISIONS).toHaveLength(231);
  expect(DECISIONS.filter(({ expected }) => expected === 'route')).toHaveLength(20 + 20 + 33);
});

test.each(DECISIONS)('$option from $region: $expected', ({ region, option, expected }) => {
  const routing = option === 'global' ? InferenceRouting.globalCrossRegion()
    : option === 'sourceGeography' ? InferenceRouting.sourceGeography() : InferenceRouting.geo(Geography.of(option));
  const { route, finding } = InferenceRouter.route(card, routing, region);
  expect(finding?.code ?? 'route').toBe(expected);
  expect(route === undefined).toBe(finding !== undefined);
});

test.each(ALL_REGIONS)('In-Region in %s is as documented', (region) => {
  expect(InferenceRouter.inRegionFinding(card, region)?.code).toBe(MANTLE_REGIONS.includes(region) ? undefined : 'IN_REGION_NOT_SERVED');
});

test.each(['destinationRegions', 'foundationModelArns'] as const)('changing what %s of a route returns changes nothing', (name) => {
  const route = InferenceRouter.route(card, InferenceRouting.geo(Geography.EU), 'eu-west-2').route!;
  const before = [...route[name]!];
  route[name]!.push('mine');
  expect(route[name]).toEqual(before);
  expect(InferenceRouter.route(card, InferenceRouting.geo(Geography.EU), 'eu-west-2').route![name]).toEqual(before);
});

test('allowedRegions that hold every destination leave the route as it is', () => {
  const allowed = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'];
  expect(InferenceRouter.route(card, InferenceRouting.sourceGeography(), 'eu-west-2', allowed).route!.destinationRegions).toEqual(allowed);
});

test('a finding about the source comes before one about allowedRegions', () => {
  expect(InferenceRouter.route(card, InferenceRouting.geo(Geography.EU), 'us-east-1', ['us-east-1']).finding!.code).toBe('SOURCE_REGION_OUTSIDE_GEOGRAPHY');
});
