import { CrossRegionInferenceProfile, InferenceRouting, InRegionInference, ModelCard } from '../../src';
import { stackIn } from '../kit/stack';

const TABLES = ['geoRoutes', 'globalSources', 'inRegionOnMantle', 'inRegionOnRuntime', 'batch', 'sourceRegions', 'regions'] as const;

// A getter of the card copies a whole table. A choice of one Region must look up, not copy.
test('checking one Region copies no table, however long the tables are', () => {
  const stack = stackIn('eu-west-1');
  const copies = TABLES.map((table) => jest.spyOn(ModelCard.prototype, table, 'get'));
  new CrossRegionInferenceProfile(stack, 'Default', { allowedRegions: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'] });
  new CrossRegionInferenceProfile(stack, 'Global', { routing: InferenceRouting.globalCrossRegion() });
  new InRegionInference(stack, 'InRegion');
  expect(copies.flatMap(({ mock }) => mock.calls)).toEqual([]);
  expect(ModelCard.CLAUDE_HAIKU_4_5.geoRoutes).toHaveLength(20);
  expect(copies.flatMap(({ mock }) => mock.calls)).toHaveLength(1);
});
