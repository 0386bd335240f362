import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { ServiceTier } from '../../service-tier';
import { govCloudProfile, gulfSources } from '../disagreements';
import { promptCaching, serviceTiers, tokensPerMinute } from '../family';
import { modelCardPage, PRICE_LIST } from '../pages';
import { prices } from '../prices';
import { AU, EU, geoRoutes, GLOBAL_SOURCES, JP, US_GOV, US_WITH_CALGARY } from '../regions';

const PAGE = modelCardPage('claude-opus-4-8');
const MODEL_ID = 'anthropic.claude-opus-4-8';

export const CLAUDE_OPUS_4_8: ModelCardProps = {
  ...PAGE,
  name: 'Claude Opus 4.8',
  modelId: MODEL_ID,
  mantleModelId: MODEL_ID,
  geoRoutes: geoRoutes(PAGE, US_WITH_CALGARY, EU, JP, AU),
  geosWithoutRoutes: [{ ...PRICE_LIST, geography: US_GOV.geography, sourceRegions: US_GOV.core }],
  globalSources: { ...PAGE, regions: GLOBAL_SOURCES },
  inRegionOnMantle: { ...PAGE, regions: ['us-east-1', 'us-gov-west-1', 'eu-north-1', 'eu-west-1', 'ap-northeast-1', 'ap-southeast-4'] },
  lifecycle: {
    ...PAGE,
    status: ModelLifecycleStatus.ACTIVE,
    launchDate: '2026-05-28',
    endOfLifeNotBefore: '2027-05-28',
    legacyPeriodMonths: 6,
    successor: 'Claude Opus 5',
    knowledgeCutoff: '2026-01',
  },
  limits: {
    ...PAGE,
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    samplingParameters: [],
    structuredOutputs: false,
    countTokens: false,
  },
  promptCaching: promptCaching(PAGE, 1_024, { implicitCaching: true }),
  serviceTiers: serviceTiers(PAGE, ServiceTier.DEFAULT),
  quotas: tokensPerMinute(PAGE),
  prices: prices({
    global: { rates: [5, 25, 6.25, 10, 0.5] },
    geo: { rates: [5.5, 27.5, 6.875, 11, 0.55] },
    usGov: { rates: [6, 30, 7.5, 12, 0.6] },
  }),
  marketplaceProductId: 'prod-bk5rjg4eo2pke',
  notes: {
    disagreements: [gulfSources(PAGE), govCloudProfile(PAGE, MODEL_ID, 'bedrock-mantle in us-gov-west-1 alone'), {
      topic: 'kind of thinking',
      chosen: 'not stated: thinking is supported',
      chosenSourceUrl: PAGE.sourceUrl,
      rejected: 'adaptive',
      rejectedSourceUrl: PRICE_LIST.sourceUrl,
      reason: 'The model card says no more, and the page on adaptive thinking has no row for this model: nothing is sent or refused on the word of others.',
    }],
  },
};
