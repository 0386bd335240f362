import { CacheTtl, EffortLevel, Geography, InferenceOption, ModelCardProps, ModelLifecycleStatus, ServiceTier, ThinkingType } from '../../src';

export const CITED = { sourceUrl: 'https://example.com/card', asOf: '2026-11-01' };
const US_GOV = Geography.of('us-gov');
const rates = { inputPerMillion: 2, outputPerMillion: 8, cacheWritePerMillion: 2.5, cacheWriteOneHourPerMillion: 4, cacheReadPerMillion: 0.2 };

/** A model that does not exist, with every kind of fact that a card can hold. */
export const EVERY_FACT: ModelCardProps = {
  ...CITED,
  name: 'Claude Limerick 9',
  modelId: 'anthropic.claude-limerick-9',
  mantleModelId: 'anthropic.claude-limerick-9',
  geoRoutes: [
    { ...CITED, geography: Geography.EU, sourceRegion: 'eu-west-2', destinationRegions: ['eu-west-1', 'eu-west-2'] },
    { ...CITED, geography: Geography.EU, sourceRegion: 'eu-west-1', destinationRegions: ['eu-west-1'] },
    { ...CITED, geography: Geography.of('uk'), sourceRegion: 'eu-west-2', destinationRegions: ['eu-west-2'] },
    { ...CITED, geography: US_GOV, sourceRegion: 'us-gov-west-1', destinationRegions: ['us-gov-east-1', 'us-gov-west-1'] },
  ],
  geosWithoutRoutes: [{ ...CITED, geography: Geography.JP, sourceRegions: ['ap-northeast-1', 'ap-northeast-3'] }],
  globalSources: { ...CITED, regions: ['sa-east-1', 'eu-west-2'] },
  inRegionOnMantle: { ...CITED, regions: ['us-gov-west-1', 'ap-southeast-4'] },
  inRegionOnRuntime: { ...CITED, regions: ['eu-west-2', 'ap-northeast-2'] },
  batch: { ...CITED, regions: ['eu-west-2'] },
  batchInRegion: { ...CITED, regions: ['ap-southeast-1'] },
  lifecycle: {
    ...CITED,
    status: ModelLifecycleStatus.LEGACY,
    legacyDate: '2027-01-01',
    publicExtendedAccessDate: '2027-04-01',
    endOfLifeDate: '2027-07-01',
    launchDate: '2026-01-01',
    endOfLifeNotBefore: '2027-01-01',
    legacyPeriodMonths: 6,
    successor: 'Claude Limerick 10',
    knowledgeCutoff: '2025-06',
    regionStates: [
      { region: 'eu-west-2', status: ModelLifecycleStatus.ACTIVE },
      { region: 'sa-east-1', status: ModelLifecycleStatus.END_OF_LIFE, legacyDate: '2026-02-01', publicExtendedAccessDate: '2026-05-01', endOfLifeDate: '2026-08-01' },
    ],
  },
  limits: {
    ...CITED,
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    streamingRequiredAboveTokens: 20_000,
    thinking: {
      ...CITED,
      types: [ThinkingType.ADAPTIVE, ThinkingType.ENABLED, ThinkingType.DISABLED],
      defaultType: ThinkingType.ADAPTIVE,
      minBudgetTokens: 512,
      budgetDeprecated: true,
      effortLevels: [EffortLevel.LOW, EffortLevel.MEDIUM, EffortLevel.HIGH, EffortLevel.XHIGH, EffortLevel.MAX],
      defaultEffort: EffortLevel.MEDIUM,
      maxEffortWhenDisabled: EffortLevel.HIGH,
    },
    samplingParameters: [],
    temperatureOrTopP: false,
    structuredOutputs: true,
    geographiesWithoutStructuredOutputs: [US_GOV],
    countTokens: false,
  },
  promptCaching: { ...CITED, minTokensPerCheckpoint: 512, maxCheckpoints: 4, ttls: [CacheTtl.FIVE_MINUTES, CacheTtl.ONE_HOUR], fields: ['system', 'messages'], implicitCaching: true },
  serviceTiers: { ...CITED, supported: [ServiceTier.DEFAULT, ServiceTier.of('turbo')], unsupported: [ServiceTier.FLEX] },
  quotas: [
    { ...CITED, code: 'L-1', inferenceOption: InferenceOption.GEO, defaultValue: 0, adjustable: true, name: 'Through a geography' },
    { ...CITED, code: 'L-2', inferenceOption: InferenceOption.GLOBAL, adjustable: false, name: 'Through the global profile' },
    { ...CITED, name: 'Of any call' },
  ],
  batchLimits: {
    ...CITED,
    minRecordsPerJob: 100,
    maxFileGigabytes: 1,
    maxJobGigabytes: 5,
    quotas: [{ ...CITED, code: 'L-4', defaultValue: 100, adjustable: true, name: 'Jobs' }],
  },
  prices: [
    {
      ...CITED,
      inferenceOption: InferenceOption.GLOBAL,
      ...rates,
      batchInputPerMillion: 1,
      batchOutputPerMillion: 4,
      longContext: { aboveInputTokens: 100_000, ...rates },
    },
    { ...CITED, inferenceOption: InferenceOption.GEO, ...rates },
    { ...CITED, inferenceOption: InferenceOption.GEO, geography: US_GOV, inputPerMillion: 3, outputPerMillion: 9 },
    { ...CITED, inferenceOption: InferenceOption.IN_REGION, geography: US_GOV, inputPerMillion: 3, outputPerMillion: 9 },
  ],
  marketplaceProductId: 'prod-limerick',
  notes: {
    platformNames: [{ ...CITED, platform: 'Claude API', name: 'claude-limerick-9' }],
    disagreements: [{
      topic: 'global inference from sa-east-1',
      chosen: 'served',
      chosenSourceUrl: CITED.sourceUrl,
      rejected: 'not served',
      rejectedSourceUrl: CITED.sourceUrl,
      reason: 'Invented.',
      disputedGlobalSources: ['sa-east-1'],
    }],
  },
};
