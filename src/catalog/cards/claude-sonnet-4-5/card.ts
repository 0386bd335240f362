import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { ServiceTier } from '../../service-tier';
import { ThinkingType } from '../../thinking-support';
import { govCloudProfile, gulfSources } from '../disagreements';
import { batchLimits, LEAST_THINKING_BUDGET, promptCaching, serviceTiers, STREAMED_ABOVE_TOKENS } from '../family';
import { BATCH_PAGE, LEGACY_PAGE, modelCardPage, THINKING_PAGE } from '../pages';
import { prices } from '../prices';
import { AU_WITH_AUCKLAND, BATCH_REGIONS, EU, geoRoutes, GLOBAL_SOURCES, JP, US, US_GOV } from '../regions';

const PAGE = modelCardPage('claude-sonnet-4-5');
const MODEL_ID = 'anthropic.claude-sonnet-4-5-20250929-v1:0';

export const CLAUDE_SONNET_4_5: ModelCardProps = {
  ...PAGE,
  name: 'Claude Sonnet 4.5',
  modelId: MODEL_ID,
  geoRoutes: geoRoutes(PAGE, US, EU, AU_WITH_AUCKLAND, JP, US_GOV),
  globalSources: { ...PAGE, regions: GLOBAL_SOURCES },
  batch: { ...BATCH_PAGE, regions: [...BATCH_REGIONS, 'af-south-1', 'ca-west-1', 'me-south-1', 'mx-central-1', 'us-gov-east-1', 'us-gov-west-1'] },
  lifecycle: {
    ...LEGACY_PAGE,
    status: ModelLifecycleStatus.LEGACY,
    legacyDate: '2026-10-08',
    publicExtendedAccessDate: '2027-01-08',
    endOfLifeDate: '2027-04-08',
    launchDate: '2025-09-30',
    endOfLifeNotBefore: '2026-09-30',
    legacyPeriodMonths: 6,
    successor: 'Claude Sonnet 4.6',
    knowledgeCutoff: '2025-04',
    // The page lists the Regions that its dates hold for, and these are not among them: a model can remain Active in other Regions.
    regionStates: ['me-central-1', 'me-south-1', ...US_GOV.core].map((region) => ({ region, status: ModelLifecycleStatus.ACTIVE })),
  },
  limits: {
    ...PAGE,
    contextTokens: 200_000,
    maxOutputTokens: 64_000,
    streamingRequiredAboveTokens: STREAMED_ABOVE_TOKENS,
    thinking: {
      ...THINKING_PAGE,
      types: [ThinkingType.ENABLED, ThinkingType.DISABLED],
      defaultType: ThinkingType.DISABLED,
      minBudgetTokens: LEAST_THINKING_BUDGET,
    },
    samplingParameters: ['temperature', 'top_p', 'top_k'],
    // model-parameters-anthropic-claude-messages-request-response.html in the same guide says so of this model and of Haiku 4.5.
    temperatureOrTopP: true,
    structuredOutputs: true,
    countTokens: true,
  },
  promptCaching: promptCaching(PAGE, 1_024, { implicitCaching: false }),
  serviceTiers: serviceTiers(PAGE, ServiceTier.DEFAULT, ServiceTier.RESERVED),
  batchLimits: batchLimits('Claude Sonnet 4.5', 'L-A0300844', 'L-FFFEDD8D', 'L-4DFF050E'),
  prices: prices({
    global: { rates: [3, 15, 3.75, 6, 0.3], batch: [1.5, 7.5], longContext: [6, 22.5, 7.5, 12, 0.6] },
    geo: { rates: [3.3, 16.5, 4.125, 6.6, 0.33], batch: [1.65, 8.25], longContext: [6.6, 24.75, 8.25, 13.2, 0.66] },
    usGov: { rates: [3.6, 18, 4.5, 7.2, 0.36], longContext: [7.2, 27, 9, 14.4, 0.72] },
    longContextAbove: 200_000,
  }),
  marketplaceProductId: 'prod-mxcfnwvpd6kb4',
  notes: {
    disagreements: [gulfSources(PAGE), govCloudProfile(PAGE, MODEL_ID, 'the GovCloud rows stand in the table of the us. profile'), {
      topic: 'lifecycle',
      chosen: 'Legacy since 2026-10-08',
      chosenSourceUrl: LEGACY_PAGE.sourceUrl,
      rejected: 'Active',
      rejectedSourceUrl: PAGE.sourceUrl,
      reason: 'The copy of the model card is a few days older than the announcement.',
    }],
  },
};
