import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { ServiceTier } from '../../service-tier';
import { ThinkingType } from '../../thinking-support';
import { govCloudProfile, gulfSources, inRegionEndpoint } from '../disagreements';
import { promptCaching, serviceTiers } from '../family';
import { ADAPTIVE_THINKING_PAGE, modelCardPage } from '../pages';
import { prices } from '../prices';
import { AU, EU, geoRoutes, GLOBAL_SOURCES, IN, US_GOV, US_WITH_CALGARY } from '../regions';

const PAGE = modelCardPage('claude-sonnet-5');
const MODEL_ID = 'anthropic.claude-sonnet-5';

export const CLAUDE_SONNET_5: ModelCardProps = {
  ...PAGE,
  name: 'Claude Sonnet 5',
  modelId: MODEL_ID,
  mantleModelId: MODEL_ID,
  geoRoutes: geoRoutes(PAGE, US_WITH_CALGARY, EU, AU, IN),
  geosWithoutRoutes: [{ ...PAGE, geography: US_GOV.geography, sourceRegions: US_GOV.core }],
  globalSources: { ...PAGE, regions: GLOBAL_SOURCES },
  inRegionOnMantle: { ...PAGE, regions: ['us-east-1', 'us-gov-west-1', 'eu-north-1', 'eu-west-1', 'ap-southeast-4'] },
  inRegionOnRuntime: { ...PAGE, regions: ['eu-west-2', 'ap-northeast-2', 'ap-southeast-1'] },
  lifecycle: {
    ...PAGE,
    status: ModelLifecycleStatus.ACTIVE,
    launchDate: '2026-06-30',
    endOfLifeNotBefore: '2027-06-30',
    legacyPeriodMonths: 6,
    successor: 'Claude Sonnet 5.5',
    knowledgeCutoff: '2026-01',
  },
  limits: {
    ...PAGE,
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    thinking: {
      ...ADAPTIVE_THINKING_PAGE,
      types: [ThinkingType.ADAPTIVE, ThinkingType.DISABLED],
      defaultType: ThinkingType.ADAPTIVE,
    },
    samplingParameters: [],
    structuredOutputs: false,
    countTokens: false,
  },
  promptCaching: promptCaching(PAGE, 1_024, { implicitCaching: true }),
  serviceTiers: serviceTiers(PAGE, ServiceTier.DEFAULT),
  prices: prices({
    global: { rates: [2, 10, 2.5, 4, 0.2] },
    geo: { rates: [2.2, 11, 2.75, 4.4, 0.22] },
    usGov: { rates: [2.4, 12, 3, 4.8, 0.24] },
  }),
  marketplaceProductId: 'prod-4ezhkeia6k2cs',
  notes: {
    disagreements: [gulfSources(PAGE), govCloudProfile(PAGE, MODEL_ID, 'no ID: Geo is supported in both GovCloud Regions, without a table'), inRegionEndpoint(PAGE, 'ap-northeast-2 and ap-southeast-1')],
  },
};
