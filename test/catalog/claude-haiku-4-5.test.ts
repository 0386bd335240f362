import { ModelCard } from '../../src';
import { BATCH_REGIONS, GEO_ROUTES, GEOGRAPHIES, GLOBAL_SOURCES, MANTLE_MODEL_ID, MANTLE_REGIONS, MODEL_ID } from '../fixtures/documented-regions';

const card = ModelCard.CLAUDE_HAIKU_4_5;

test('the IDs are the published ones', () => {
  expect(card.name).toBe('Claude Haiku 4.5');
  expect(card.modelId).toBe(MODEL_ID);
  expect(card.mantleModelId).toBe(MANTLE_MODEL_ID);
  expect(card.inferenceProfileIds).toEqual([...GEOGRAPHIES, 'global'].map((prefix) => `${prefix}.${MODEL_ID}`));
  expect(card.marketplaceProductId).toBe('prod-xdkflymybwmvi');
});

test('the geo tables hold the 20 documented rows and no other', () => {
  const held = card.geoRoutes.map(({ geography, sourceRegion, destinationRegions }) =>
    ({ prefix: geography.prefix, source: sourceRegion, destinations: destinationRegions }));
  const bySource = (a: { source: string }, b: { source: string }) => a.source.localeCompare(b.source);
  expect(GEO_ROUTES).toHaveLength(20);
  expect([...held].sort(bySource)).toEqual([...GEO_ROUTES].sort(bySource));
  expect(card.geographies.map(({ prefix }) => prefix)).toEqual(GEOGRAPHIES);
});

test('the global table holds the 33 documented source Regions', () => {
  expect(GLOBAL_SOURCES).toHaveLength(33);
  expect([...card.globalSources!.regions].sort()).toEqual([...GLOBAL_SOURCES].sort());
});

test('the bedrock-mantle table holds the 7 documented Regions', () => {
  expect(MANTLE_REGIONS).toHaveLength(7);
  expect([...card.inRegionOnMantle!.regions].sort()).toEqual([...MANTLE_REGIONS].sort());
});

test('the batch table holds the 23 documented Regions', () => {
  expect(BATCH_REGIONS).toHaveLength(23);
  expect([...card.batch!.regions].sort()).toEqual([...BATCH_REGIONS].sort());
});

test('the lifecycle is Active, launched in October 2025, with no end of life before October 16, 2026', () => {
  expect(card.lifecycle).toMatchObject({
    status: 'ACTIVE', launchDate: '2025-10-16', endOfLifeNotBefore: '2026-10-16', legacyPeriodMonths: 6, knowledgeCutoff: '2025-02', successor: 'Claude Haiku 5.5',
  });
});

test('the limits of one request are the published ones', () => {
  expect(card.limits).toMatchObject({
    contextTokens: 200_000,
    maxOutputTokens: 64_000,
    streamingRequiredAboveTokens: 21_333,
    thinking: { types: ['enabled', 'disabled'], minBudgetTokens: 1_024 },
    samplingParameters: ['temperature', 'top_p', 'top_k'],
    temperatureOrTopP: true,
  });
});

test('structured outputs are refused by the profile of India alone', () => {
  expect(card.limits!.geographiesWithoutStructuredOutputs!.map(String)).toEqual(['Geo IN']);
});

test('prompt caching starts at 4,096 tokens, with 4 checkpoints of five minutes or one hour', () => {
  expect(card.promptCaching).toMatchObject({
    minTokensPerCheckpoint: 4_096, maxCheckpoints: 4, ttls: ['5m', '1h'], fields: ['system', 'messages', 'tools'],
  });
});

test('the service tiers are Standard and Reserved, not Priority and Flex', () => {
  expect(card.serviceTiers!.supported.map(({ name }) => name)).toEqual(['default', 'reserved']);
  expect(card.serviceTiers!.unsupported.map(({ name }) => name)).toEqual(['priority', 'flex']);
});

test('the quotas are the published ones, with their codes', () => {
  const held = card.quotas.map((quota) => [quota.code, quota.name, quota.defaultValue, quota.adjustable, quota.inferenceOption]);
  expect(held).toEqual([
    ['L-CCA5DF70', 'Cross-region model inference requests per minute for Anthropic Claude Haiku 4.5', 10_000, true, 'GEO'],
    ['L-58BE175A', 'Cross-region model inference tokens per minute for Anthropic Claude Haiku 4.5', 5_000_000, true, 'GEO'],
    ['L-E5084BBA', 'Global cross-region model inference requests per minute for Anthropic Claude Haiku 4.5', 10_000, true, 'GLOBAL'],
    ['L-9A11C666', 'Global cross-region model inference tokens per minute for Anthropic Claude Haiku 4.5', 5_000_000, true, 'GLOBAL'],
    [
      'L-6120CF2D', 'Model invocation max tokens per day for Anthropic Claude Haiku 4.5 (doubled for cross-region calls)', undefined, true, 'GEO',
    ],
    ['L-B5C049AE', 'Global cross-region model inference tokens per day for Anthropic Claude Haiku 4.5', undefined, false, 'GLOBAL'],
  ]);
});

test('the prices are the published ones, and geo costs ten percent more than global', () => {
  const [global, geo] = card.prices;
  expect(global).toMatchObject({
    inferenceOption: 'GLOBAL',
    inputPerMillion: 1,
    outputPerMillion: 5,
    cacheWritePerMillion: 1.25,
    cacheWriteOneHourPerMillion: 2,
    cacheReadPerMillion: 0.1,
    batchInputPerMillion: 0.5,
    batchOutputPerMillion: 2.5,
  });
  expect(geo).toMatchObject({
    inferenceOption: 'GEO',
    inputPerMillion: 1.1,
    outputPerMillion: 5.5,
    cacheWritePerMillion: 1.375,
    cacheWriteOneHourPerMillion: 2.2,
    cacheReadPerMillion: 0.11,
    batchInputPerMillion: 0.55,
    batchOutputPerMillion: 2.75,
  });
  const fields = ['inputPerMillion', 'outputPerMillion', 'cacheWritePerMillion', 'cacheWriteOneHourPerMillion', 'cacheReadPerMillion',
    'batchInputPerMillion', 'batchOutputPerMillion'] as const;
  for (const field of fields) expect(geo[field]! / global[field]!).toBeCloseTo(1.1);
  for (const price of card.prices) {
    expect([price.batchInputPerMillion! / price.inputPerMillion, price.batchOutputPerMillion! / price.outputPerMillion]).toEqual([0.5, 0.5]);
  }
  expect(card.prices).toHaveLength(2);
});

test('the limits of batch jobs are the published ones, with the codes of those that can be raised', () => {
  const { quotas, ...limits } = card.batchLimits!;
  expect(limits).toMatchObject({ minRecordsPerJob: 100, maxFileGigabytes: 1, maxJobGigabytes: 5, asOf: '2026-10' });
  expect(quotas.map(({ code, name, defaultValue, adjustable }) => [code, name, defaultValue, adjustable])).toEqual([
    ['L-63020993', 'Sum of in-progress and submitted batch inference jobs using a base model for Claude Haiku 4.5', 100, true],
    ['L-28612175', 'Records per batch inference job for Claude Haiku 4.5', 100_000, true],
    ['L-9EDE6039', 'Records per input file per batch inference job for Claude Haiku 4.5', 100_000, true],
  ]);
});

test('the names on other platforms are held, each once a platform', () => {
  expect(Object.fromEntries(card.notes.platformNames!.map(({ platform, name }) => [platform, name]))).toEqual({
    'Claude API (alias)': 'claude-haiku-4-5',
    'Claude API': 'claude-haiku-4-5-20251001',
    'Google Cloud Vertex AI': 'claude-haiku-4-5@20251001',
    'Microsoft Foundry': 'claude-haiku-4-5',
    'Box AI': 'aws__claude_4_5_haiku',
    'Box AI (display name)': 'AWS Claude Haiku 4.5',
    'Vercel AI Gateway': 'anthropic/claude-haiku-4.5',
    'AWS CDK': 'ANTHROPIC_CLAUDE_HAIKU_4_5_20251001_V1_0',
  });
  expect(card.notes.platformNames).toHaveLength(8);
});
