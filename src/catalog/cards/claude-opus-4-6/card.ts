import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { ServiceTier } from '../../service-tier';
import { EffortLevel, ThinkingType } from '../../thinking-support';
import { gulfSources } from '../disagreements';
import { batchLimits, LEAST_THINKING_BUDGET, promptCaching, serviceTiers, STREAMED_ABOVE_TOKENS } from '../family';
import { ADAPTIVE_THINKING_PAGE, BATCH_PAGE, modelCardPage } from '../pages';
import { prices } from '../prices';
import { AU_WITH_AUCKLAND, EU, geoRoutes, GLOBAL_SOURCES, US_WITH_CALGARY } from '../regions';

const PAGE = modelCardPage('claude-opus-4-6');

export const CLAUDE_OPUS_4_6: ModelCardProps = {
  ...PAGE,
  name: 'Claude Opus 4.6',
  modelId: 'anthropic.claude-opus-4-6-v1',
  geoRoutes: geoRoutes(PAGE, US_WITH_CALGARY, EU, AU_WITH_AUCKLAND),
  globalSources: { ...PAGE, regions: GLOBAL_SOURCES },
  inRegionOnRuntime: { ...PAGE, regions: ['eu-west-2'] },
  batch: { ...BATCH_PAGE, regions: GLOBAL_SOURCES.filter((region) => region !== 'ap-southeast-6') },
  lifecycle: {
    ...PAGE,
    status: ModelLifecycleStatus.ACTIVE,
    launchDate: '2026-02-05',
    endOfLifeNotBefore: '2027-02-05',
    legacyPeriodMonths: 6,
    successor: 'Claude Opus 4.7',
    knowledgeCutoff: '2025-05',
  },
  limits: {
    ...PAGE,
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    streamingRequiredAboveTokens: STREAMED_ABOVE_TOKENS,
    thinking: {
      ...ADAPTIVE_THINKING_PAGE,
      types: [ThinkingType.ADAPTIVE, ThinkingType.ENABLED, ThinkingType.DISABLED],
      defaultType: ThinkingType.DISABLED,
      minBudgetTokens: LEAST_THINKING_BUDGET,
      budgetDeprecated: true,
      effortLevels: [EffortLevel.LOW, EffortLevel.MEDIUM, EffortLevel.HIGH, EffortLevel.MAX],
    },
    samplingParameters: ['temperature', 'top_p', 'top_k'],
    structuredOutputs: true,
    countTokens: true,
  },
  promptCaching: promptCaching(PAGE, 4_096, { implicitCaching: false }),
  serviceTiers: serviceTiers(PAGE, ServiceTier.DEFAULT, ServiceTier.RESERVED),
  batchLimits: batchLimits('Claude Opus 4.6', 'L-B0F56DCF', 'L-9AA02BEF', 'L-D8E451A7'),
  prices: prices({
    global: { rates: [5, 25, 6.25, 10, 0.5] },
    geo: { rates: [5.5, 27.5, 6.875, 11, 0.55] },
  }),
  marketplaceProductId: 'prod-5ukwuglpt66kg',
  notes: {
    disagreements: [gulfSources(PAGE), {
      topic: 'effort levels',
      chosen: 'low, medium, high, max',
      chosenSourceUrl: PAGE.sourceUrl,
      rejected: 'xhigh too',
      rejectedSourceUrl: ADAPTIVE_THINKING_PAGE.sourceUrl,
      reason: 'The page on adaptive thinking lists xhigh for this model and not for Opus 4.7, which is likely a slip.',
    }],
  },
};
