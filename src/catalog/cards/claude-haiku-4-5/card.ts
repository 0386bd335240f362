import { NOTES } from './notes';
import { BATCH_LIMITS, QUOTAS } from './quotas';
import { MODEL_CARD_PAGE } from './sources';
import { Geography } from '../../geography';
import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { ServiceTier } from '../../service-tier';
import { ThinkingType } from '../../thinking-support';
import { LEAST_THINKING_BUDGET, promptCaching, serviceTiers, STREAMED_ABOVE_TOKENS } from '../family';
import { BATCH_PAGE, THINKING_PAGE } from '../pages';
import { prices } from '../prices';
import { AU_WITH_AUCKLAND, BATCH_REGIONS, EU, geoRoutes, GLOBAL_SOURCES, IN, JP, US } from '../regions';

/**
 * Everything that AWS publishes about Claude Haiku 4.5: the only place that knows the model's ID.
 *
 * The facts that no grant needs are read from their files when someone asks for them.
 */
export const CLAUDE_HAIKU_4_5: ModelCardProps = {
  ...MODEL_CARD_PAGE,
  name: 'Claude Haiku 4.5',
  modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0',
  mantleModelId: 'anthropic.claude-haiku-4-5',
  geoRoutes: geoRoutes(MODEL_CARD_PAGE, US, EU, AU_WITH_AUCKLAND, JP, IN),
  globalSources: { ...MODEL_CARD_PAGE, regions: GLOBAL_SOURCES },
  inRegionOnMantle: {
    ...MODEL_CARD_PAGE, regions: ['us-east-1', 'us-east-2', 'us-west-2', 'eu-north-1', 'eu-west-1', 'ap-northeast-1', 'ap-southeast-4'],
  },
  batch: { ...BATCH_PAGE, regions: BATCH_REGIONS },
  lifecycle: {
    ...MODEL_CARD_PAGE,
    status: ModelLifecycleStatus.ACTIVE,
    launchDate: '2025-10-16',
    endOfLifeNotBefore: '2026-10-16',
    legacyPeriodMonths: 6,
    // On Amazon Bedrock since 2026-10-07, by its own card: model-card-anthropic-claude-haiku-5-5.html in the same guide.
    successor: 'Claude Haiku 5.5',
    knowledgeCutoff: '2025-02',
  },
  limits: {
    ...THINKING_PAGE,
    contextTokens: 200_000,
    maxOutputTokens: 64_000,
    streamingRequiredAboveTokens: STREAMED_ABOVE_TOKENS,
    thinking: { ...THINKING_PAGE, types: [ThinkingType.ENABLED, ThinkingType.DISABLED], minBudgetTokens: LEAST_THINKING_BUDGET },
    // Both from model-parameters-anthropic-claude-messages-request-response.html in the same guide, read in 2026-10.
    samplingParameters: ['temperature', 'top_p', 'top_k'],
    temperatureOrTopP: true,
    structuredOutputs: true,
    geographiesWithoutStructuredOutputs: [Geography.IN],
    countTokens: false,
  },
  promptCaching: promptCaching(MODEL_CARD_PAGE, 4_096),
  serviceTiers: serviceTiers(MODEL_CARD_PAGE, ServiceTier.DEFAULT, ServiceTier.RESERVED),
  get quotas() { return QUOTAS; },
  get batchLimits() { return BATCH_LIMITS; },
  prices: prices({
    global: { rates: [1, 5, 1.25, 2, 0.1], batch: [0.5, 2.5] },
    geo: { rates: [1.1, 5.5, 1.375, 2.2, 0.11], batch: [0.55, 2.75] },
  }),
  marketplaceProductId: 'prod-xdkflymybwmvi',
  get notes() { return NOTES; },
};
