import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { ServiceTier } from '../../service-tier';
import { EffortLevel, ThinkingType } from '../../thinking-support';
import { govCloudProfile, gulfSources, inRegionEndpoint } from '../disagreements';
import { batchLimits, EFFORT_LEVELS, promptCaching, serviceTiers } from '../family';
import { ADAPTIVE_THINKING_PAGE, BATCH_PAGE, modelCardPage } from '../pages';
import { prices } from '../prices';
import { AU, EU, geoRoutes, GLOBAL_SOURCES, IN, US_GOV, US_WITH_CALGARY } from '../regions';

const PAGE = modelCardPage('claude-opus-5');
const MODEL_ID = 'anthropic.claude-opus-5';

export const CLAUDE_OPUS_5: ModelCardProps = {
  ...PAGE,
  name: 'Claude Opus 5',
  modelId: MODEL_ID,
  mantleModelId: MODEL_ID,
  geoRoutes: geoRoutes(PAGE, US_WITH_CALGARY, EU, AU, IN),
  geosWithoutRoutes: [{ ...PAGE, geography: US_GOV.geography, sourceRegions: US_GOV.core }],
  globalSources: { ...PAGE, regions: GLOBAL_SOURCES },
  inRegionOnMantle: { ...PAGE, regions: ['us-east-1', 'us-gov-west-1', 'eu-north-1', 'eu-west-1', 'ap-southeast-4'] },
  inRegionOnRuntime: { ...PAGE, regions: ['ap-northeast-2'] },
  batch: { ...BATCH_PAGE, regions: GLOBAL_SOURCES },
  lifecycle: {
    ...PAGE,
    status: ModelLifecycleStatus.ACTIVE,
    launchDate: '2026-07-24',
    endOfLifeNotBefore: '2027-07-24',
    legacyPeriodMonths: 6,
    successor: 'Claude Opus 5.5',
    knowledgeCutoff: '2026-05',
  },
  limits: {
    ...PAGE,
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    thinking: {
      ...ADAPTIVE_THINKING_PAGE,
      types: [ThinkingType.ADAPTIVE, ThinkingType.DISABLED],
      defaultType: ThinkingType.ADAPTIVE,
      effortLevels: EFFORT_LEVELS,
      maxEffortWhenDisabled: EffortLevel.HIGH,
    },
    samplingParameters: [],
    structuredOutputs: false,
    countTokens: false,
  },
  promptCaching: promptCaching(PAGE, 512, { implicitCaching: true }),
  serviceTiers: serviceTiers(PAGE, ServiceTier.DEFAULT),
  batchLimits: batchLimits('Claude Opus 5', 'L-16941C66', 'L-5E3E0013', 'L-55F225F6'),
  prices: prices({
    global: { rates: [5, 25, 6.25, 10, 0.5], batch: [2.5, 12.5] },
    geo: { rates: [5.5, 27.5, 6.875, 11, 0.55], batch: [2.75, 13.75] },
    usGov: { rates: [6, 30, 7.5, 12, 0.6], batch: [3, 15] },
  }),
  marketplaceProductId: 'prod-if5d653ow7ehg',
  notes: {
    disagreements: [gulfSources(PAGE), govCloudProfile(PAGE, MODEL_ID, 'no ID: Geo is supported in both GovCloud Regions, without a table'), inRegionEndpoint(PAGE, 'ap-northeast-2')],
  },
};
