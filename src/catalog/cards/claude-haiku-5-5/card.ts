import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { ServiceTier } from '../../service-tier';
import { EffortLevel, ThinkingType } from '../../thinking-support';
import { govCloudProfile, gulfSources } from '../disagreements';
import { EFFORT_LEVELS, promptCaching, serviceTiers } from '../family';
import { ADAPTIVE_THINKING_PAGE, modelCardPage } from '../pages';
import { prices } from '../prices';
import { AU, EU, geoRoutes, GLOBAL_SOURCES, JP, US_GOV, US_WITH_CALGARY } from '../regions';

const PAGE = modelCardPage('claude-haiku-5-5');
const MODEL_ID = 'anthropic.claude-haiku-5-5';

export const CLAUDE_HAIKU_5_5: ModelCardProps = {
  ...PAGE,
  name: 'Claude Haiku 5.5',
  modelId: MODEL_ID,
  mantleModelId: MODEL_ID,
  geoRoutes: geoRoutes(PAGE, US_WITH_CALGARY, EU, AU, JP),
  geosWithoutRoutes: [{ ...PAGE, geography: US_GOV.geography, sourceRegions: US_GOV.core }],
  globalSources: { ...PAGE, regions: GLOBAL_SOURCES },
  inRegionOnMantle: { ...PAGE, regions: ['us-gov-west-1'] },
  lifecycle: {
    ...PAGE,
    status: ModelLifecycleStatus.ACTIVE,
    launchDate: '2026-10-07',
    endOfLifeNotBefore: '2027-10-07',
    legacyPeriodMonths: 6,
    knowledgeCutoff: '2026-06',
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
      defaultEffort: EffortLevel.MEDIUM,
      maxEffortWhenDisabled: EffortLevel.HIGH,
    },
    samplingParameters: [],
    structuredOutputs: false,
    countTokens: false,
  },
  promptCaching: promptCaching(PAGE, 512, { implicitCaching: true }),
  serviceTiers: serviceTiers(PAGE, ServiceTier.DEFAULT),
  prices: prices({
    global: { rates: [0.1, 0.5, 0.125, 0.2, 0.01], longContext: [0.5, 2.5, 0.625, 1, 0.05] },
    geo: { rates: [0.11, 0.55, 0.1375, 0.22, 0.011], longContext: [0.55, 2.75, 0.6875, 1.1, 0.055] },
    usGov: { rates: [0.12, 0.6, 0.15, 0.24, 0.012], longContext: [0.6, 3, 0.75, 1.2, 0.06] },
    longContextAbove: 100_000,
  }),
  marketplaceProductId: 'prod-6cyn7tgqazjhu',
  notes: {
    disagreements: [gulfSources(PAGE), govCloudProfile(PAGE, MODEL_ID, 'no ID: Geo is supported in both GovCloud Regions, without a table')],
  },
};
