import { Geography, InferenceOption, InferenceRouteOptions, InferenceRouter, InferenceRouting, ModelCard } from '../../src';
import { ALL_REGIONS, GEO_ROUTES, GEOGRAPHIES, GLOBAL_SOURCES, MANTLE_REGIONS, MODEL_ID } from '../fixtures/documented-regions';
import { ACCOUNT } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const card = ModelCard.CLAUDE_HAIKU_4_5;

test.each(GEO_ROUTES)('$prefix from $source: route, ID, destinations and ARNs are the documented ones', ({ prefix, source, destinations }) => {
  for (const routing of [InferenceRouting.geo(Geography.of(prefix)), InferenceRouting.sourceGeography()]) {
    const { route, finding } = InferenceRouter.route({ model: card, routing, sourceRegion: source });
    expect(finding).toBeUndefined();
    expect(route!.inferenceOption).toBe(InferenceOption.GEO);
    expect(route!.geography).toBe(Geography.of(prefix));
    expect(route!.sourceRegion).toBe(source);
    expect(route!.destinationRegions).toEqual(destinations);
    expect(route!.inferenceProfileId).toBe(`${prefix}.${MODEL_ID}`);
    expect(route!.inferenceProfileArn(ACCOUNT)).toBe(`arn:aws:bedrock:${source}:${ACCOUNT}:inference-profile/${prefix}.${MODEL_ID}`);
    expect(route!.foundationModelArns).toEqual(destinations.map((region) => `arn:aws:bedrock:${region}::foundation-model/${MODEL_ID}`));
  }
});

test.each(GLOBAL_SOURCES)('global from %s: route, ID and ARNs are the documented ones, and destinations are not made up', (source) => {
  const { route, finding } = InferenceRouter.route({ model: card, routing: InferenceRouting.globalCrossRegion(), sourceRegion: source });
  expect(finding).toBeUndefined();
  expect(route!.inferenceOption).toBe(InferenceOption.GLOBAL);
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
  const { route, finding } = InferenceRouter.route({ model: card, routing, sourceRegion: region });
  expect(finding?.code ?? 'route').toBe(expected);
  expect(route === undefined).toBe(finding !== undefined);
});

test.each(ALL_REGIONS)('In-Region in %s is as documented', (region) => {
  expect(InferenceRouter.inRegionFinding(card, region)?.code).toBe(MANTLE_REGIONS.includes(region) ? undefined : 'IN_REGION_NOT_SERVED');
});

test.each(['destinationRegions', 'foundationModelArns'] as const)('changing what %s of a route returns changes nothing', (name) => {
  const route = InferenceRouter.route({ model: card, routing: InferenceRouting.geo(Geography.EU), sourceRegion: 'eu-west-2' }).route!;
  const before = [...route[name]!];
  route[name]!.push('mine');
  expect(route[name]).toEqual(before);
  expect(InferenceRouter.route({ model: card, routing: InferenceRouting.geo(Geography.EU), sourceRegion: 'eu-west-2' }).route![name]).toEqual(before);
});

test('allowedRegions that hold every destination leave the route as it is', () => {
  const allowed = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'];
  expect(InferenceRouter.route({ model: card, routing: InferenceRouting.sourceGeography(), sourceRegion: 'eu-west-2', allowedRegions: allowed }).route!.destinationRegions).toEqual(allowed);
});

test('a finding about the source comes before one about allowedRegions', () => {
  expect(InferenceRouter.route({ model: card, routing: InferenceRouting.geo(Geography.EU), sourceRegion: 'us-east-1', allowedRegions: ['us-east-1'] }).finding!.code).toBe('SOURCE_REGION_OUTSIDE_GEOGRAPHY');
});

test('without a routing a route stays in the geography of the source Region', () => {
  const routing = InferenceRouting.sourceGeography();
  for (const sourceRegion of ALL_REGIONS) {
    expect(InferenceRouter.route({ model: card, sourceRegion })).toEqual(InferenceRouter.route({ model: card, sourceRegion, routing }));
  }
});

test.each<[string, unknown, string]>([
  ['a card alone', card, 'InferenceRouter.route takes an object, got a ModelCard; expected one with props such as model, sourceRegion, routing. Pass each of them by its name.'],
  ['nothing', undefined, 'InferenceRouter.route takes an object, got undefined; expected one with props such as model, sourceRegion, routing. Pass each of them by its name.'],
  ['a model by its name', { model: 'haiku', sourceRegion: 'eu-west-2' },
    'model is not a ModelCard, got "haiku"; expected ModelCard.CLAUDE_HAIKU_4_5 or another card. It cannot be left out.'],
  ['no source Region', { model: card }, 'sourceRegion is not text, got undefined; expected a string. It cannot be left out.'],
  ['a routing by its name', { model: card, sourceRegion: 'eu-west-2', routing: 'global' },
    'routing is not an InferenceRouting, got "global"; expected InferenceRouting.geo(...), InferenceRouting.globalCrossRegion() or InferenceRouting.sourceGeography(). Change it, or leave routing out.'],
  ['a Region for a list', { model: card, sourceRegion: 'eu-west-2', allowedRegions: 'eu-west-2' },
    'allowedRegions is not a list of Regions, got "eu-west-2"; expected a list of strings such as ["eu-west-2"]. Change it, or leave allowedRegions out.'],
])('%s is misuse', (_, options, message) => {
  expect(thrown(() => InferenceRouter.route(options as InferenceRouteOptions))).toBe(message);
});
