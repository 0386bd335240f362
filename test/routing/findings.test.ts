import { Geography, InferenceRouter, InferenceRouting, ModelCard, RoutingFinding, RoutingFindingCode as Code, RoutingRemedyKind as Kind, RoutingFindingSubject as Subject } from '../../src';
import { GLOBAL_ONLY_SOURCES, GLOBAL_SOURCES, MANTLE_REGIONS } from '../fixtures/documented-regions';
import { CITED } from '../kit/stack';

const card = ModelCard.CLAUDE_HAIKU_4_5;
const EU_SOURCES = ['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'];
const EU = InferenceRouting.geo(Geography.EU);
const GLOBAL = InferenceRouting.globalCrossRegion();
const OWN = InferenceRouting.sourceGeography();

const DACH = Geography.of('dach');
const row = (geography: Geography, region: string) => ({ ...CITED, geography, sourceRegion: region, destinationRegions: [region] });
const MINE = ModelCard.of({ ...CITED, name: 'Mine', modelId: 'anthropic.mine-v1:0', geoRoutes: [row(Geography.EU, 'eu-west-1'), row(DACH, 'eu-west-1')] });
const MANTLE_ONLY = ModelCard.of({ ...CITED, name: 'Mantle Only', modelId: 'anthropic.mine-v1:0', mantleModelId: 'anthropic.mine', inRegionOnMantle: { ...CITED, regions: ['eu-west-1'] } });
const GLOBAL_ONLY = ModelCard.of({ ...CITED, name: 'Global Only', modelId: 'anthropic.mine-v1:0', globalSources: { ...CITED, regions: ['eu-west-1'] } });

/** The finding without its words, which have a test of their own. */
function found(routing: InferenceRouting, region: string, { of = card, allowed }: { of?: ModelCard; allowed?: string[] } = {}): Omit<RoutingFinding, 'message'> {
  return data(InferenceRouter.route({ model: of, routing, sourceRegion: region, allowedRegions: allowed }).finding!);
}

function data({ message, ...finding }: RoutingFinding): Omit<RoutingFinding, 'message'> {
  expect(message).not.toBe('');
  return finding;
}

test('Geo EU in us-east-1 allows the EU sources, and offers the geography of us-east-1', () => {
  expect(found(EU, 'us-east-1')).toEqual({
    code: Code.SOURCE_REGION_OUTSIDE_GEOGRAPHY,
    subject: Subject.SOURCE_REGION,
    given: ['us-east-1'],
    allowed: EU_SOURCES,
    asOf: '2026-10',
    remedies: [{ kind: Kind.CHOOSE_GEOGRAPHY, geographies: [Geography.US] }],
  });
});

test('Geo EU in sa-east-1 offers Global inference, which alone serves it', () => {
  expect(found(EU, 'sa-east-1')).toMatchObject({ code: Code.SOURCE_REGION_OUTSIDE_GEOGRAPHY, allowed: EU_SOURCES, remedies: [{ kind: Kind.CHOOSE_GLOBAL }] });
});

test.each(GLOBAL_ONLY_SOURCES)('the default routing in %s offers Global inference, as an explicit choice', (region) => {
  expect(GLOBAL_ONLY_SOURCES).toHaveLength(13);
  expect(found(OWN, region)).toEqual({
    code: Code.SOURCE_REGION_WITHOUT_GEOGRAPHY,
    subject: Subject.SOURCE_REGION,
    given: [region],
    allowed: GLOBAL_SOURCES.filter((one) => !GLOBAL_ONLY_SOURCES.includes(one)).sort(),
    asOf: '2026-10',
    remedies: [{ kind: Kind.CHOOSE_GLOBAL }],
  });
});

test.each(['apac', 'us-gov', 'mars'])('Geo %s is not published: the five are allowed, and that of the source Region is offered', (prefix) => {
  expect(found(InferenceRouting.geo(Geography.of(prefix)), 'ap-southeast-2')).toEqual({
    code: Code.GEOGRAPHY_NOT_PUBLISHED,
    subject: Subject.GEOGRAPHY,
    given: [prefix],
    allowed: ['us', 'eu', 'au', 'jp', 'in'],
    asOf: '2026-10',
    remedies: [{ kind: Kind.CHOOSE_GEOGRAPHY, geographies: [Geography.AU] }, { kind: Kind.OWN_CARD, cardFields: ['geoRoutes'] }],
  });
});

test.each(['eu-north-9', 'us-gov-west-1', 'cn-north-1'])('%s is not a documented source: a card of one\'s own has it in the table that was asked', (region) => {
  for (const [routing, field] of [[EU, 'geoRoutes'], [OWN, 'geoRoutes'], [GLOBAL, 'globalSources']] as const) {
    expect(found(routing, region)).toEqual({
      code: Code.SOURCE_REGION_NOT_DOCUMENTED,
      subject: Subject.SOURCE_REGION,
      given: [region],
      allowed: [...GLOBAL_SOURCES].sort(),
      asOf: '2026-10',
      remedies: [{ kind: Kind.OWN_CARD, cardFields: [field] }],
    });
  }
});

test('allowedRegions that miss destinations: allow these, or call from where none is missed', () => {
  const allowed = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];
  expect(found(EU, 'eu-west-2', { allowed })).toEqual({
    code: Code.DESTINATION_NOT_ALLOWED,
    subject: Subject.ALLOWED_REGIONS,
    given: allowed,
    allowed: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
    asOf: '2026-10',
    remedies: [
      { kind: Kind.ALLOW_REGIONS, regions: ['eu-west-2'] },
      { kind: Kind.CHOOSE_SOURCE_REGION, regions: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'] },
    ],
  });
  expect(found(EU, 'eu-west-2', { allowed: ['eu-west-2'] }).remedies.map(({ kind }) => kind)).toEqual([Kind.ALLOW_REGIONS]);
});

test('allowedRegions cannot hold for Global inference: leave them out, or stay in a geography', () => {
  expect(found(GLOBAL, 'eu-west-2', { allowed: ['eu-west-2'] })).toEqual({
    code: Code.DESTINATION_NOT_ALLOWED,
    subject: Subject.ALLOWED_REGIONS,
    given: ['eu-west-2'],
    allowed: [],
    asOf: '2026-10',
    remedies: [{ kind: Kind.ALLOW_EVERY_REGION }, { kind: Kind.CHOOSE_GEOGRAPHY, geographies: [Geography.EU] }],
  });
  expect(found(GLOBAL, 'sa-east-1', { allowed: ['sa-east-1'] }).remedies).toEqual([{ kind: Kind.ALLOW_EVERY_REGION }]);
});

test('In-Region where bedrock-mantle does not serve the model: a Region that it serves, or a cross-Region profile', () => {
  const regions = [...MANTLE_REGIONS].sort();
  expect(data(InferenceRouter.inRegionFinding(card, 'eu-west-2')!)).toEqual({
    code: Code.IN_REGION_NOT_SERVED,
    subject: Subject.SOURCE_REGION,
    given: ['eu-west-2'],
    allowed: regions,
    asOf: '2026-10',
    remedies: [{ kind: Kind.CHOOSE_SOURCE_REGION, regions }, { kind: Kind.CHOOSE_CROSS_REGION }],
  });
});

test('In-Region of a card without a bedrock-mantle ID, and of one without its Regions', () => {
  expect(InferenceRouter.inRegionFinding(MINE, 'eu-west-1')!.remedies).toEqual([
    { kind: Kind.OWN_CARD, cardFields: ['mantleModelId', 'inRegionOnMantle'] }, { kind: Kind.CHOOSE_CROSS_REGION },
  ]);
  expect(InferenceRouter.inRegionFinding(ModelCard.of({ ...MINE._toProps(), mantleModelId: 'anthropic.mine' }), 'eu-west-1')!.remedies).toEqual([
    { kind: Kind.CHOOSE_CROSS_REGION },
  ]);
});

test('a source Region in several geographies asks for one, by the default routing alone', () => {
  expect(found(OWN, 'eu-west-1', { of: MINE })).toEqual({
    code: Code.SOURCE_REGION_IN_SEVERAL_GEOGRAPHIES,
    subject: Subject.GEOGRAPHY,
    given: [],
    allowed: ['eu', 'dach'],
    asOf: '2026-11',
    remedies: [{ kind: Kind.CHOOSE_GEOGRAPHY, geographies: [Geography.EU, DACH] }],
  });
  expect(InferenceRouter.route({ model: MINE, routing: InferenceRouting.geo(DACH), sourceRegion: 'eu-west-1' }).route!.inferenceProfileId).toBe('dach.anthropic.mine-v1:0');
});

test('Global inference where only a geography is published offers the geography', () => {
  const own = MINE.extend({ globalSources: { ...CITED, regions: ['us-west-2', 'ca-west-1'] } });
  const remedies = [{ kind: Kind.CHOOSE_GEOGRAPHY, geographies: [Geography.EU, DACH] }];
  expect(found(GLOBAL, 'eu-west-1', { of: own })).toMatchObject({ code: Code.SOURCE_REGION_NOT_GLOBAL, allowed: ['ca-west-1', 'us-west-2'], remedies });
  expect(found(GLOBAL, 'eu-west-1', { of: MINE })).toMatchObject({ code: Code.SOURCE_REGION_NOT_GLOBAL, allowed: [], remedies });
});

test('a card that has nothing of the kind allows nothing', () => {
  expect(found(OWN, 'eu-west-1', { of: GLOBAL_ONLY })).toMatchObject({ code: Code.SOURCE_REGION_WITHOUT_GEOGRAPHY, allowed: [] });
  expect(found(EU, 'eu-west-1', { of: GLOBAL_ONLY })).toMatchObject({ code: Code.GEOGRAPHY_NOT_PUBLISHED, allowed: [] });
  expect(found(GLOBAL, 'eu-west-1', { of: MANTLE_ONLY })).toMatchObject({ code: Code.SOURCE_REGION_NOT_DOCUMENTED, allowed: [] });
});

const AT_DEPLOYMENT = '${Token[AWS.Region.10]}';
const AT_DEPLOY_TIME = 'Source Region is an unresolved token, and what Claude Haiku 4.5 has there depends on it; expected a literal such as "eu-west-1". '
  + 'Pass a literal, or leave the question to a construct: a CrossRegionInferenceProfile follows the Region of its stack, whenever that is known.';

test('what a finding holds is the caller\'s own', () => {
  const allowed = ['eu-west-2'];
  const finding = InferenceRouter.route({ model: card, routing: EU, sourceRegion: 'eu-west-2', allowedRegions: allowed }).finding!;
  [finding.given, finding.allowed, finding.remedies, finding.remedies[0].regions!].forEach((list) => (list as unknown[]).push('mine'));
  expect(allowed).toEqual(['eu-west-2']);
  expect(InferenceRouter.route({ model: card, routing: EU, sourceRegion: 'eu-west-2' }).route!.destinationRegions).not.toContain('mine');
});

test.each([undefined, EU, GLOBAL])('a Region that is a token gets no advice for one that is not documented: %s', (routing) => {
  const { finding } = InferenceRouter.route({ model: card, routing, sourceRegion: AT_DEPLOYMENT });
  expect(finding).toMatchObject({ code: Code.SOURCE_REGION_NOT_DOCUMENTED, remedies: [] });
  expect(finding!.message).toBe(AT_DEPLOY_TIME);
  const inRegion = InferenceRouter.inRegionFinding(card, AT_DEPLOYMENT);
  expect(inRegion).toMatchObject({ code: Code.IN_REGION_NOT_SERVED, message: AT_DEPLOY_TIME, remedies: [] });
});

test('a Region that is none is shown, whatever it is', () => {
  expect(InferenceRouter.inRegionFinding(card, undefined as unknown as string)!.given).toEqual(['undefined']);
});
