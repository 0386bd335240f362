import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { ServiceTier } from '../../service-tier';
import { EffortLevel, ThinkingType } from '../../thinking-support';
import { govCloudProfile, gulfSources } from '../disagreements';
import { EFFORT_LEVELS, promptCaching, serviceTiers } from '../family';
import { ADAPTIVE_THINKING_PAGE, modelCardPage } from '../pages';
import { prices } from '../prices';
import { AU, EU, geoRoutes, GLOBAL_SOURCES, JP, US_GOV, US_WITH_CALGARY } from '../regions';

const PAGE = modelCardPage('claude-opus-5-5');
const MODEL_ID = 'anthropic.claude-opus-5-5';

export const CLAUDE_OPUS_5_5: ModelCardProps = {
  ...PAGE,
  name: 'Claude Opus 5.5',
  modelId: MODEL_ID,
  mantleModelId: MODEL_ID,
  geoRoutes: geoRoutes(PAGE, US_WITH_CALGARY, EU, AU, JP),
  geosWithoutRoutes: [{ ...PAGE, geography: US_GOV.geography, sourceRegions: US_GOV.core }],
  globalSources: { ...PAGE, regions: GLOBAL_SOURCES },
  inRegionOnMantle: { ...PAGE, regions: ['us-east-1', 'ap-southeast-4', 'us-gov-west-1'] },
  inRegionOnRuntime: { ...PAGE, regions: ['eu-west-2'] },
  lifecycle: {
    ...PAGE,
    status: ModelLifecycleStatus.ACTIVE,
    launchDate: '2026-09-22',
    endOfLifeNotBefore: '2027-09-22',
    legacyPeriodMonths: 6,
    knowledgeCutoff: '2026-06',
  },
  limits: {
    ...PAGE,
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    thinking: {
      ...ADAPTIVE_THINKING_PAGE,
      types: [ThinkingType.ADAPTIVE],
      defaultType: ThinkingType.ADAPTIVE,
      effortLevels: EFFORT_LEVELS,
      defaultEffort: EffortLevel.MEDIUM,
    },
    samplingParameters: [],
    structuredOutputs: false,
    countTokens: false,
  },
  promptCaching: promptCaching(PAGE, 512, { implicitCaching: true }),
  serviceTiers: serviceTiers(PAGE, ServiceTier.DEFAULT),
  prices: prices({
    global: { rates: [4, 20, 5, 8, 0.2] },
    geo: { rates: [4.4, 22, 5.5, 8.8, 0.22] },
    usGov: { rates: [4.8, 24, 6, 9.6, 0.24] },
  }),
  marketplaceProductId: 'prod-e5xo6z26ie45g',
  notes: {
    disagreements: [gulfSources(PAGE), govCloudProfile(PAGE, MODEL_ID, 'no ID: Geo is supported in both GovCloud Regions, without a table')],
  },
};
