import { Geography, InferenceRouter, InferenceRouting, ModelCard } from '../../src';
import { findingText } from '../../src/cli/finding-text';

const CARD = ModelCard.CLAUDE_HAIKU_4_5;
const [row] = CARD.geoRoutes;

/** A card with a geography of its own, and a Region that belongs to two. */
const WIDER = CARD.extend({
  geoRoutes: [
    { ...row, geography: Geography.of('ca'), sourceRegion: 'ca-west-1', destinationRegions: ['ca-west-1'] },
    { ...row, geography: Geography.of('ca'), sourceRegion: 'ca-central-1', destinationRegions: ['ca-central-1'] },
  ],
});

function said(routing: InferenceRouting, region: string, card = CARD): string {
  return findingText(InferenceRouter.route(card, routing, region).finding!);
}

test.each<[string, string, string]>([
  ['outside a geography', said(InferenceRouting.geo(Geography.US), 'eu-west-2'), '"eu-west-2" belongs to Geo EU: use --geo eu there.'],
  ['without a geography', said(InferenceRouting.sourceGeography(), 'sa-east-1'), 'From "sa-east-1" only --global serves it, and it must be chosen explicitly: '],
  ['in two geographies', said(InferenceRouting.sourceGeography(), 'ca-central-1', WIDER), 'expected --geo us or --geo ca. Name the one that requests must stay in.'],
  ['outside the third', said(InferenceRouting.geo(Geography.EU), 'ca-central-1', WIDER), '"ca-central-1" belongs to Geo US and Geo CA: use --geo us or --geo ca there.'],
  ['not documented', said(InferenceRouting.globalCrossRegion(), 'eu-north-7'),
    'If AWS has added the Region since, pass --card with a card file, which "card --from-account" writes.'],
  ['a geography that is not published', said(InferenceRouting.geo(Geography.of('sa')), 'sa-east-1'),
    'Use one of these, or pass --card with a card file, which "card --from-account" writes.'],
])('a finding about a Region %s names the options of the command line', (_, text, expected) => {
  expect(text).toContain(expected);
});

test('no finding for any Region names a call of the library', () => {
  const regions = [...CARD.globalSources!.regions, ...CARD.geoRoutes.map(({ sourceRegion }) => sourceRegion), 'eu-north-7', ''];
  const geographies = ['us', 'eu', 'au', 'jp', 'in', 'sa'].map((prefix) => InferenceRouting.geo(Geography.of(prefix)));
  const routings = [InferenceRouting.sourceGeography(), InferenceRouting.globalCrossRegion(), ...geographies];
  const findings = regions.flatMap((region) => routings.flatMap((routing) => InferenceRouter.route(CARD, routing, region).finding ?? []));
  const bare = ModelCard.of({ ...CARD._toProps(), inRegionOnMantle: undefined });
  findings.push(...regions.flatMap((region) => [CARD, bare].flatMap((card) => InferenceRouter.inRegionFinding(card, region) ?? [])));
  const texts = findings.map(findingText);
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter((text) => /InferenceRouting|InferenceProfile|ModelCard\.|Geography\./.test(text))).toEqual([]);
});
