import { RegionInfo } from 'aws-cdk-lib/region-info';
import { tableProblems } from './table-problems';
import { Citation, GeoRoute, ModelCard, ModelCardProps } from '../../src';
import { soundCard } from '../../src/catalog/card-shape';
import { CLAUDE_HAIKU_4_5 } from '../../src/catalog/cards/claude-haiku-4-5/card';
import { ALL_REGIONS } from '../fixtures/documented-regions';

test('the tables of Claude Haiku 4.5 have no problem', () => {
  expect(tableProblems(CLAUDE_HAIKU_4_5)).toEqual([]);
});

test('the card of this library passes every check that a card of your own must pass', () => {
  expect(soundCard(CLAUDE_HAIKU_4_5)).toEqual(CLAUDE_HAIKU_4_5);
});

test('every Region of the tables is one that aws-cdk-lib knows', () => {
  const known = RegionInfo.regions.map(({ name }) => name);
  expect(ALL_REGIONS.filter((region) => !known.includes(region))).toEqual([]);
});

test.each(['ap-east-1', 'me-west-1'])('%s is in no table: aws-cdk-lib knows it, the model card does not list it', (region) => {
  expect(ALL_REGIONS).not.toContain(region);
  expect(JSON.stringify(CLAUDE_HAIKU_4_5)).not.toContain(`"${region}"`);
});

test('an unknown Region is refused, in each table', () => {
  expect(tableProblems(withRow({ sourceRegion: 'eu-north-9', destinationRegions: ['eu-north-9', 'eu-west-1'] }))).toEqual([
    'geoRoutes[0].sourceRegion: "eu-north-9" is not a Region', 'geoRoutes[0].destinationRegions: "eu-north-9" is not a Region',
  ]);
  for (const table of ['globalSources', 'inRegionOnMantle', 'batch'] as const) {
    const props = { ...CLAUDE_HAIKU_4_5, [table]: { ...CLAUDE_HAIKU_4_5[table]!, regions: ['eu-north-9'] } };
    expect(tableProblems(props)).toContain(`${table}.regions: "eu-north-9" is not a Region`);
  }
});

test('a duplicate is refused: a row, a destination, a Region, a quota code', () => {
  const row = CLAUDE_HAIKU_4_5.geoRoutes![0];
  expect(() => ModelCard.of({ ...CLAUDE_HAIKU_4_5, geoRoutes: [row, row] })).toThrow('geoRoutes: got a row for "us-east-1" in Geo US twice; expected it once');
  expect(() => ModelCard.of(withRow({ destinationRegions: ['us-east-1', 'us-east-1'] })))
    .toThrow('geoRoutes[0].destinationRegions: got "us-east-1" twice; expected it once');
  expect(() => ModelCard.of({ ...CLAUDE_HAIKU_4_5, batch: { ...CLAUDE_HAIKU_4_5.batch!, regions: ['eu-west-1', 'eu-west-1'] } }))
    .toThrow('batch.regions: got "eu-west-1" twice; expected it once');
  const quota = CLAUDE_HAIKU_4_5.quotas![0];
  expect(() => ModelCard.of({ ...CLAUDE_HAIKU_4_5, quotas: [quota, quota] })).toThrow('quotas: got "L-CCA5DF70" twice; expected it once');
});

test('a source missing from its own destinations is refused', () => {
  expect(() => ModelCard.of(withRow({ destinationRegions: ['us-east-2', 'us-west-2'] }))).toThrow(
    'geoRoutes[0].destinationRegions: got a list without "us-east-1"; expected the source Region among its own destinations');
});

test.each(citedRows(CLAUDE_HAIKU_4_5).map(([where]) => where))('%s has a source and a date, and is refused without', (where) => {
  const row = Object.fromEntries(citedRows(CLAUDE_HAIKU_4_5))[where];
  expect(row.sourceUrl).toMatch(/^https:\/\/[a-z0-9.-]+\/\S+$/);
  expect(row.asOf).toMatch(/^202[56]-\d\d(-\d\d)?$/);
  expect(() => ModelCard.of(without(where, 'sourceUrl'))).toThrow(`${where}.sourceUrl: got no value; expected the https address of the page that says so`);
  expect(() => ModelCard.of(without(where, 'asOf'))).toThrow(`${where}.asOf: got no value; expected the date of that page as YYYY-MM or YYYY-MM-DD`);
});

function withRow(change: Partial<GeoRoute>): ModelCardProps {
  const [first, ...rest] = CLAUDE_HAIKU_4_5.geoRoutes!;
  return { ...CLAUDE_HAIKU_4_5, geoRoutes: [{ ...first, ...change }, ...rest] };
}

/** Every part of a card that names its source, by its place. */
function citedRows(card: ModelCardProps): Array<[string, Citation]> {
  const structs = ['globalSources', 'inRegionOnMantle', 'batch', 'batchLimits', 'lifecycle', 'limits', 'promptCaching', 'serviceTiers'] as const;
  const lists = ['geoRoutes', 'quotas', 'prices'] as const;
  return [
    ...structs.map((name): [string, Citation] => [name, card[name]!]),
    ...lists.flatMap((name) => card[name]!.map((row: Citation, index): [string, Citation] => [`${name}[${index}]`, row])),
  ];
}

function without(where: string, field: keyof Citation): ModelCardProps {
  const [, name, index] = /^(\w+)(?:\[(\d+)\])?$/.exec(where)!;
  const value = (CLAUDE_HAIKU_4_5 as unknown as Record<string, Citation | Citation[]>)[name];
  const changed = Array.isArray(value)
    ? value.map((row, at) => at === Number(index) ? { ...row, [field]: undefined } : row)
    : { ...value, [field]: undefined };
  return { ...CLAUDE_HAIKU_4_5, [name]: changed };
}
