import { Geography, InferenceOption, ModelCard, ModelCardProps, ServiceTier } from '../../src';
import { CITED } from '../kit/stack';

const card = ModelCard.CLAUDE_HAIKU_4_5;
const NEXT: ModelCardProps = {
  ...CITED,
  name: 'Claude Haiku Next',
  modelId: 'anthropic.claude-haiku-next-v1:0',
  geoRoutes: [{ ...CITED, geography: Geography.EU, sourceRegion: 'eu-west-1', destinationRegions: ['eu-west-1', 'eu-west-3'] }],
};
const GETTERS = Object.entries(Object.getOwnPropertyDescriptors(ModelCard.prototype))
  .filter(([name, { get }]) => get && !name.startsWith('_'))
  .map(([name]) => name) as Array<keyof ModelCard>;

test('every published fact has a getter', () => {
  expect([...GETTERS].sort()).toEqual([
    'asOf', 'batch', 'batchInRegion', 'batchLimits', 'geoRoutes', 'geographies', 'geosWithoutRoutes', 'globalSources', 'inRegionOnMantle', 'inRegionOnRuntime',
    'inferenceProfileIds', 'lifecycle', 'limits', 'mantleModelId', 'marketplaceProductId', 'modelId', 'name', 'notes', 'prices', 'promptCaching', 'quotas', 'regions',
    'serviceTiers', 'sourceRegions', 'sourceUrl',
  ]);
});

test('a card says of itself what it was made of', () => {
  const { name, modelId, sourceUrl, asOf, geoRoutes } = ModelCard.of(NEXT);
  expect({ name, modelId, sourceUrl, asOf, geoRoutes }).toEqual(NEXT);
});

test('a geography that the card does not have serves no Region', () => {
  expect(card.sourceRegionsOf(InferenceOption.GEO, Geography.of('mars'))).toEqual([]);
  expect(card.destinationRegions(Geography.of('mars'), 'us-east-1')).toBeUndefined();
});

test.each(GETTERS)('changing what %s returns changes nothing', (name) => {
  const before = JSON.stringify(card[name]);
  spoil(card[name]);
  expect(JSON.stringify(card[name])).toBe(before);
});

test.each(GETTERS)('%s cannot be assigned to', (name) => {
  expect(() => { (card as unknown as Record<string, unknown>)[name] = 'mine'; }).toThrow(TypeError);
});

test('changing the props of a card afterwards changes nothing', () => {
  const props = { ...NEXT, geoRoutes: NEXT.geoRoutes!.map((row) => ({ ...row, destinationRegions: [...row.destinationRegions] })) };
  const own = ModelCard.of(props);
  props.geoRoutes[0].destinationRegions.push('us-east-1');
  props.geoRoutes[0].sourceRegion = 'us-east-1';
  expect(own.geoRoutes).toEqual(NEXT.geoRoutes);
});

test('a card made of a class instance holds a copy too', () => {
  class Props {
    public sourceUrl = CITED.sourceUrl;
    public asOf = CITED.asOf;
    public name = NEXT.name;
    public modelId = NEXT.modelId;
    public geoRoutes = [...NEXT.geoRoutes!];
  }
  const props = new Props();
  const own = ModelCard.of(props);
  props.name = 'Another';
  props.geoRoutes.push({ ...NEXT.geoRoutes![0], sourceRegion: 'eu-west-3' });
  expect(own.name).toBe(NEXT.name);
  expect(own.geoRoutes).toHaveLength(1);
});

test('a card of one way to call the model is enough, and the rest is absent, not empty', () => {
  const own = ModelCard.of(NEXT);
  expect(own.inferenceProfileIds).toEqual(['eu.anthropic.claude-haiku-next-v1:0']);
  expect(own.geographies).toEqual([Geography.EU]);
  for (const name of ['globalSources', 'inRegionOnMantle', 'inRegionOnRuntime', 'batch', 'batchInRegion', 'batchLimits', 'mantleModelId', 'lifecycle', 'limits', 'promptCaching', 'serviceTiers', 'marketplaceProductId'] as const) {
    expect(own[name]).toBeUndefined();
  }
  for (const name of ['quotas', 'prices', 'geosWithoutRoutes'] as const) expect(own[name]).toEqual([]);
  expect(own.notes).toEqual({});
});

test('extend adds a source Region and leaves the card itself alone', () => {
  const row = { ...CITED, geography: Geography.EU, sourceRegion: 'eu-west-4', destinationRegions: ['eu-west-1', 'eu-west-4'] };
  const extended = card.extend({ geoRoutes: [row] });
  expect(extended.geoRoutes).toEqual([...card.geoRoutes, row]);
  expect(extended.globalSources).toEqual(card.globalSources);
  expect(card.geoRoutes).toHaveLength(20);
  expect(extended.regions.filter((region) => !card.regions.includes(region))).toEqual(['eu-west-4']);
  expect(extended.sourceRegions).toEqual([...card.sourceRegions, 'eu-west-4'].sort());
  const others = { geoRoutes: undefined, regions: undefined, sourceRegions: undefined };
  expect({ ...snapshotOf(extended), ...others }).toEqual({ ...snapshotOf(card), ...others });
});

test('extend replaces the row of a Region that the card has', () => {
  const row = { ...CITED, geography: Geography.US, sourceRegion: 'us-east-1', destinationRegions: ['us-east-1'] };
  const extended = card.extend({ geoRoutes: [row] });
  expect(extended.geoRoutes).toHaveLength(20);
  expect(extended.geoRoutes.filter(({ sourceRegion }) => sourceRegion === 'us-east-1')).toEqual([row]);
});

test('extend adds Regions to a list once, under the newer citation', () => {
  const extended = card.extend({ globalSources: { ...CITED, regions: ['us-east-1', 'me-west-1'] }, inRegionOnMantle: { ...CITED, regions: ['sa-east-1'] } });
  expect(extended.globalSources).toEqual({ ...CITED, regions: [...card.globalSources!.regions, 'me-west-1'] });
  expect(extended.inRegionOnMantle).toEqual({ ...CITED, regions: [...card.inRegionOnMantle!.regions, 'sa-east-1'] });
  expect(extended.batch).toEqual(card.batch);
});

test('extend gives a card a table that it did not have', () => {
  const globalSources = { ...CITED, regions: ['eu-west-1'] };
  expect(ModelCard.of(NEXT).extend({ globalSources }).globalSources).toEqual(globalSources);
});

test('extend is as strict as of, and names every problem at once', () => {
  const row = { sourceUrl: 'a book', asOf: 'yesterday', geography: Geography.EU, sourceRegion: 'Ireland', destinationRegions: [] };
  expect(() => ModelCard.of(NEXT).extend({ geoRoutes: [row] })).toThrow([
    'Model card "Claude Haiku Next" is not valid:',
    '  - geoRoutes[1].sourceUrl: got "a book"; expected the https address of the page that says so',
    '  - geoRoutes[1].asOf: got "yesterday"; expected the date of that page as YYYY-MM or YYYY-MM-DD',
    '  - geoRoutes[1].sourceRegion: got "Ireland"; expected a Region code such as "eu-west-2"',
    '  - geoRoutes[1].destinationRegions: got []; expected a list of at least one Region',
    '  - geoRoutes[1].destinationRegions: got a list without "Ireland"; expected the source Region among its own destinations',
  ].join('\n'));
});

test('extend refuses a row without a geography by name, not with a crash', () => {
  const row = { ...CITED, geography: undefined as unknown as Geography, sourceRegion: 'eu-west-2', destinationRegions: ['eu-west-2'] };
  expect(() => ModelCard.of(NEXT).extend({ geoRoutes: [row] })).toThrow(
    'Model card "Claude Haiku Next" is not valid:\n  - geoRoutes[1].geography: got no value; expected a Geography');
});

/** Changes everything that can be changed, all the way down. */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null || value instanceof Geography || value instanceof ServiceTier) return;
  Object.values(value).forEach(spoil);
  if (Array.isArray(value)) value.push('spoiled');
  else for (const key of Object.keys(value)) (value as Record<string, unknown>)[key] = 'spoiled';
}

function snapshotOf(own: ModelCard): Record<string, unknown> {
  return Object.fromEntries(GETTERS.map((name) => [name, own[name]]));
}
