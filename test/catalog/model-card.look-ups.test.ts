import { CITED, EVERY_FACT } from './every-fact';
import { Geography, InferenceOption, ModelCard, ModelLifecycleStatus } from '../../src';
import { thrown } from '../kit/three-ways';

const { IN_REGION, GEO, GLOBAL } = InferenceOption;
const card = ModelCard.of(EVERY_FACT);
const UK = Geography.of('uk');

test('the Regions from which the model can be called, by option and geography, sorted and each once', () => {
  expect(card.sourceRegionsOf(GEO)).toEqual(['eu-west-1', 'eu-west-2', 'us-gov-west-1']);
  expect(card.sourceRegionsOf(GEO, Geography.EU)).toEqual(['eu-west-1', 'eu-west-2']);
  expect(card.sourceRegionsOf(GEO, UK)).toEqual(['eu-west-2']);
  expect(card.sourceRegionsOf(GLOBAL)).toEqual(['eu-west-2', 'sa-east-1']);
  expect(card.sourceRegionsOf(IN_REGION)).toEqual(['ap-northeast-2', 'ap-southeast-4', 'eu-west-2', 'us-gov-west-1']);
  expect(card.sourceRegions).toEqual(['eu-west-1', 'eu-west-2', 'sa-east-1', 'us-gov-west-1']);
  expect(card.regions).toEqual(['ap-northeast-2', 'ap-southeast-1', 'ap-southeast-4', 'eu-west-1', 'eu-west-2', 'sa-east-1', 'us-gov-west-1']);
});

test('a geography without routes serves no Region', () => {
  expect(card.hasGeography(Geography.JP)).toBe(false);
  expect(card.geographies.map(String)).toEqual(['Geo EU', 'Geo UK', 'Geo US-GOV']);
  expect(card.regions.filter((region) => region.startsWith('ap-northeast-1'))).toEqual([]);
});

test.each<[string, InferenceOption[], string[], string[]]>([
  ['eu-west-1', [GEO], ['Geo EU'], ['eu']],
  ['eu-west-2', [IN_REGION, GEO, GLOBAL], ['Geo EU', 'Geo UK'], ['eu', 'uk', 'global']],
  ['us-gov-west-1', [IN_REGION, GEO], ['Geo US-GOV'], ['us-gov']],
  ['sa-east-1', [GLOBAL], [], ['global']],
  ['ap-southeast-4', [IN_REGION], [], []],
  ['ap-southeast-1', [], [], []],
  ['mars-north-1', [], [], []],
  ['${Token[AWS.Region.4]}', [], [], []],
])('what a request from %s can go through', (region, options, geographies, prefixes) => {
  expect(card.inferenceOptions(region)).toEqual(options);
  expect(card.geographiesOf(region).map(String)).toEqual(geographies);
  expect(card.inferenceProfileIdsFrom(region)).toEqual(prefixes.map((prefix) => `${prefix}.anthropic.claude-limerick-9`));
  expect(card.isGlobalSource(region)).toBe(options.includes(GLOBAL));
  expect(card.isInRegionOnMantle(region) || card.isInRegionOnRuntime(region)).toBe(options.includes(IN_REGION));
});

test('the endpoints of In-Region inference are told apart, and batch jobs from calls', () => {
  expect([card.isInRegionOnMantle('eu-west-2'), card.isInRegionOnRuntime('eu-west-2')]).toEqual([false, true]);
  expect([card.isInRegionOnMantle('ap-southeast-4'), card.isInRegionOnRuntime('ap-southeast-4')]).toEqual([true, false]);
  expect(['eu-west-2', 'ap-southeast-1', 'eu-west-1'].map((region) => card.takesBatchJobs(region))).toEqual([true, true, false]);
});

test('the destinations are those of the geography and the source Region', () => {
  expect(card.destinationRegions(Geography.EU, 'eu-west-2')).toEqual(['eu-west-1', 'eu-west-2']);
  expect(card.destinationRegions(UK, 'eu-west-2')).toEqual(['eu-west-2']);
  expect(card.destinationRegions(UK, 'eu-west-1')).toBeUndefined();
  expect(card.destinationRegions(Geography.JP, 'ap-northeast-1')).toBeUndefined();
});

test('changing what a look-up returns changes nothing', () => {
  card.destinationRegions(Geography.EU, 'eu-west-2')!.push('mars-north-1');
  card.geographiesOf('eu-west-2').push(Geography.IN);
  card.sourceRegions.push('mars-north-1');
  expect(card.destinationRegions(Geography.EU, 'eu-west-2')).toEqual(['eu-west-1', 'eu-west-2']);
  expect(card.geographiesOf('eu-west-2').map(String)).toEqual(['Geo EU', 'Geo UK']);
  expect(card.sourceRegions).not.toContain('mars-north-1');
});

test('an inference profile has its ID by its geography alone', () => {
  expect(card.inferenceProfileId()).toBe('global.anthropic.claude-limerick-9');
  expect(card.inferenceProfileId(Geography.AU)).toBe('au.anthropic.claude-limerick-9');
  expect(card.inferenceProfileIds).toEqual(['eu', 'uk', 'us-gov', 'global'].map((prefix) => `${prefix}.anthropic.claude-limerick-9`));
});

test('a quota without an option limits calls by every one', () => {
  const names = (option: InferenceOption) => card.quotasOf(option).map(({ name }) => name);
  expect([names(GEO), names(GLOBAL), names(IN_REGION)]).toEqual([['Through a geography', 'Of any call'], ['Through the global profile', 'Of any call'], ['Of any call']]);
});

test('the state of a Region is its own where it differs', () => {
  const states = ['eu-west-2', 'sa-east-1', 'eu-west-1', 'mars-north-1'].map((region) => card.lifecycleStatus(region));
  expect(states).toEqual([ModelLifecycleStatus.ACTIVE, ModelLifecycleStatus.END_OF_LIFE, ModelLifecycleStatus.LEGACY, ModelLifecycleStatus.LEGACY]);
  expect(ModelCard.of({ ...EVERY_FACT, lifecycle: undefined }).lifecycleStatus('eu-west-2')).toBeUndefined();
});

test('what is no geography and no option is said, and not taken for one that the card does not have', () => {
  expect(thrown(() => card.destinationRegions('eu' as unknown as Geography, 'eu-west-2'))).toBe(
    'geography is not a Geography, got "eu"; expected Geography.EU or Geography.of("eu"). Pass one of those.');
  expect(thrown(() => card.sourceRegionsOf('Global' as InferenceOption))).toBe(
    'option is not an InferenceOption, got "Global"; expected InferenceOption.IN_REGION or InferenceOption.GEO or InferenceOption.GLOBAL. It cannot be left out.');
});

test('extend takes every table, and a row of a geography takes the place of the one before', () => {
  const regions = ['ca-central-1'];
  const more = card.extend({
    geosWithoutRoutes: [Geography.JP, Geography.IN].map((geography) => ({ ...CITED, geography, sourceRegions: regions })),
    inRegionOnRuntime: { ...CITED, regions },
    batchInRegion: { ...CITED, regions },
  });
  expect(more.geosWithoutRoutes.map(({ geography, sourceRegions }) => [String(geography), sourceRegions])).toEqual([['Geo JP', regions], ['Geo IN', regions]]);
  expect([more.isInRegionOnRuntime('ca-central-1'), more.isInRegionOnRuntime('eu-west-2'), more.takesBatchJobs('ca-central-1')]).toEqual([true, true, true]);
});
