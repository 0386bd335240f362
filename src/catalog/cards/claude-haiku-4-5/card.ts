import { NOTES } from './notes';
import { BATCH_LIMITS, QUOTAS } from './quotas';
import { BATCH, GEO_ROUTES, GLOBAL_SOURCES, IN_REGION_ON_MANTLE } from './regions';
import { MODEL_CARD_PAGE, PRICE_LIST, THINKING_PAGE } from './sources';
import { Geography } from '../../geography';
import { InferenceOption } from '../../inference-option';
import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { CacheTtl } from '../../prompt-caching-limits';
import { ServiceTier } from '../../service-tier';
import { ThinkingType } from '../../thinking-support';

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
  geoRoutes: GEO_ROUTES,
  globalSources: GLOBAL_SOURCES,
  inRegionOnMantle: IN_REGION_ON_MANTLE,
  batch: BATCH,
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
    streamingRequiredAboveTokens: 21_333,
    thinking: { ...THINKING_PAGE, types: [ThinkingType.ENABLED, ThinkingType.DISABLED], minBudgetTokens: 1_024 },
    // Both from model-parameters-anthropic-claude-messages-request-response.html in the same guide, read in 2026-10.
    samplingParameters: ['temperature', 'top_p', 'top_k'],
    temperatureOrTopP: true,
    geographiesWithoutStructuredOutputs: [Geography.IN],
  },
  promptCaching: {
    ...MODEL_CARD_PAGE,
    minTokensPerCheckpoint: 4_096,
    maxCheckpoints: 4,
    ttls: [CacheTtl.FIVE_MINUTES, CacheTtl.ONE_HOUR],
    fields: ['system', 'messages', 'tools'],
  },
  serviceTiers: { ...MODEL_CARD_PAGE, supported: [ServiceTier.DEFAULT, ServiceTier.RESERVED], unsupported: [ServiceTier.PRIORITY, ServiceTier.FLEX] },
  get quotas() { return QUOTAS; },
  get batchLimits() { return BATCH_LIMITS; },
  prices: [
    {
      ...PRICE_LIST,
      inferenceOption: InferenceOption.GLOBAL,
      inputPerMillion: 1.00,
      outputPerMillion: 5.00,
      cacheWritePerMillion: 1.25,
      cacheWriteOneHourPerMillion: 2.00,
      cacheReadPerMillion: 0.10,
      batchInputPerMillion: 0.50,
      batchOutputPerMillion: 2.50,
    },
    {
      ...PRICE_LIST,
      inferenceOption: InferenceOption.GEO,
      inputPerMillion: 1.10,
      outputPerMillion: 5.50,
      cacheWritePerMillion: 1.375,
      cacheWriteOneHourPerMillion: 2.20,
      cacheReadPerMillion: 0.11,
      batchInputPerMillion: 0.55,
      batchOutputPerMillion: 2.75,
    },
  ],
  marketplaceProductId: 'prod-xdkflymybwmvi',
  get notes() { return NOTES; },
};
