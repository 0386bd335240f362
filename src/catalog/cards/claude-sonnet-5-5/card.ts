import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { ServiceTier } from '../../service-tier';
import { EffortLevel, ThinkingType } from '../../thinking-support';
import { govCloudProfile, gulfSources } from '../disagreements';
import { EFFORT_LEVELS, promptCaching, serviceTiers } from '../family';
import { ADAPTIVE_THINKING_PAGE, API_CRAWL, modelCardPage, PRICE_LIST } from '../pages';
import { prices } from '../prices';
import { EU, geoRoutes, GLOBAL_SOURCES, US_GOV, US_WITH_CALGARY } from '../regions';

const PAGE = modelCardPage('claude-sonnet-5-5');
const MODEL_ID = 'anthropic.claude-sonnet-5-5';

export const CLAUDE_SONNET_5_5: ModelCardProps = {
  ...PAGE,
  name: 'Claude Sonnet 5.5',
  modelId: MODEL_ID,
  mantleModelId: MODEL_ID,
  geoRoutes: geoRoutes(PAGE, US_WITH_CALGARY, EU),
  geosWithoutRoutes: [{ ...PAGE, geography: US_GOV.geography, sourceRegions: US_GOV.core }],
  globalSources: { ...PAGE, regions: GLOBAL_SOURCES },
  inRegionOnMantle: { ...PAGE, regions: ['us-gov-west-1'] },
  lifecycle: {
    ...PAGE,
    status: ModelLifecycleStatus.ACTIVE,
    launchDate: '2026-09-28',
    endOfLifeNotBefore: '2027-09-28',
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
      defaultEffort: EffortLevel.HIGH,
    },
    samplingParameters: [],
    structuredOutputs: false,
    countTokens: false,
  },
  promptCaching: promptCaching(PAGE, 512, { implicitCaching: true }),
  serviceTiers: serviceTiers(PAGE, ServiceTier.DEFAULT),
  prices: prices({
    global: { rates: [2, 10, 2.5, 4, 0.1] },
    geo: { rates: [2.2, 11, 2.75, 4.4, 0.11] },
    usGov: { rates: [2.4, 12, 3, 4.8, 0.12] },
  }),
  marketplaceProductId: 'prod-pjfguoisodbd6',
  notes: {
    disagreements: [gulfSources(PAGE), govCloudProfile(PAGE, MODEL_ID, 'no ID: Geo is supported in both GovCloud Regions, without a table'), {
      topic: 'thinking that is turned off',
      chosen: 'not possible',
      chosenSourceUrl: PRICE_LIST.sourceUrl,
      rejected: 'not stated: thinking is on by default',
      rejectedSourceUrl: PAGE.sourceUrl,
      reason: 'The model card does not say that it can be turned off, and whoever tried wrote that it cannot.',
    }, {
      topic: 'Geo AU',
      chosen: 'no Australian profile',
      chosenSourceUrl: PAGE.sourceUrl,
      rejected: 'ap-southeast-2 and ap-southeast-4',
      rejectedSourceUrl: API_CRAWL.sourceUrl,
      reason: 'AWS publishes no such table on the model card; the APIs answered there on 2026-10-24, so the page may be behind. Ask AWS: npx cdk-bedrock-haiku check.',
    }],
  },
};
