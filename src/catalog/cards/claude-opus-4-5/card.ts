import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { ServiceTier } from '../../service-tier';
import { ThinkingType } from '../../thinking-support';
import { gulfSources } from '../disagreements';
import { batchLimits, LEAST_THINKING_BUDGET, promptCaching, serviceTiers, STREAMED_ABOVE_TOKENS } from '../family';
import { BATCH_PAGE, modelCardPage, THINKING_PAGE } from '../pages';
import { prices } from '../prices';
import { BATCH_REGIONS, EU, geoRoutes, GLOBAL_SOURCES, US } from '../regions';

const PAGE = modelCardPage('claude-opus-4-5');

export const CLAUDE_OPUS_4_5: ModelCardProps = {
  ...PAGE,
  name: 'Claude Opus 4.5',
  modelId: 'anthropic.claude-opus-4-5-20251101-v1:0',
  geoRoutes: geoRoutes(PAGE, US, EU),
  globalSources: { ...PAGE, regions: GLOBAL_SOURCES },
  batch: { ...BATCH_PAGE, regions: BATCH_REGIONS },
  lifecycle: {
    ...PAGE,
    status: ModelLifecycleStatus.ACTIVE,
    launchDate: '2025-11-24',
    endOfLifeNotBefore: '2026-11-24',
    legacyPeriodMonths: 6,
    successor: 'Claude Opus 4.6',
    knowledgeCutoff: '2025-03',
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
    structuredOutputs: true,
    countTokens: true,
  },
  promptCaching: promptCaching(PAGE, 4_096, { implicitCaching: false }),
  serviceTiers: serviceTiers(PAGE, ServiceTier.DEFAULT, ServiceTier.RESERVED),
  batchLimits: batchLimits('Claude Opus 4.5', 'L-E83AC604', 'L-2767B9A9', 'L-F7440010'),
  prices: prices({
    global: { rates: [5, 25, 6.25, 10, 0.5] },
    geo: { rates: [5.5, 27.5, 6.875, 11, 0.55] },
  }),
  marketplaceProductId: 'prod-jhuafngbly644',
  notes: { disagreements: [gulfSources(PAGE)] },
};
