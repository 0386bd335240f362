import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { ServiceTier } from '../../service-tier';
import { EffortLevel, ThinkingType } from '../../thinking-support';
import { gulfSources } from '../disagreements';
import { batchLimits, LEAST_THINKING_BUDGET, promptCaching, serviceTiers, STREAMED_ABOVE_TOKENS } from '../family';
import { ADAPTIVE_THINKING_PAGE, BATCH_PAGE, modelCardPage } from '../pages';
import { prices } from '../prices';
import { AU_WITH_AUCKLAND, EU, geoRoutes, GLOBAL_SOURCES, JP, US_WITH_CALGARY } from '../regions';

const PAGE = modelCardPage('claude-sonnet-4-6');

export const CLAUDE_SONNET_4_6: ModelCardProps = {
  ...PAGE,
  name: 'Claude Sonnet 4.6',
  modelId: 'anthropic.claude-sonnet-4-6',
  geoRoutes: geoRoutes(PAGE, US_WITH_CALGARY, EU, AU_WITH_AUCKLAND, JP),
  globalSources: { ...PAGE, regions: GLOBAL_SOURCES },
  inRegionOnRuntime: { ...PAGE, regions: ['eu-west-2'] },
  batch: { ...BATCH_PAGE, regions: GLOBAL_SOURCES.filter((region) => region !== 'ap-southeast-6') },
  batchInRegion: { ...BATCH_PAGE, regions: ['eu-west-2'] },
  lifecycle: {
    ...PAGE,
    status: ModelLifecycleStatus.ACTIVE,
    launchDate: '2026-02-17',
    endOfLifeNotBefore: '2027-02-17',
    legacyPeriodMonths: 6,
    successor: 'Claude Sonnet 5',
    knowledgeCutoff: '2025-08',
  },
  limits: {
    ...PAGE,
    contextTokens: 1_000_000,
    maxOutputTokens: 64_000,
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
  promptCaching: promptCaching(PAGE, 1_024, { implicitCaching: false }),
  serviceTiers: serviceTiers(PAGE, ServiceTier.DEFAULT, ServiceTier.RESERVED),
  batchLimits: batchLimits('Claude Sonnet 4.6', 'L-3030E098', 'L-01A2DC4B', 'L-391CEF89'),
  prices: prices({
    global: { rates: [3, 15, 3.75, 6, 0.3] },
    geo: { rates: [3.3, 16.5, 4.125, 6.6, 0.33] },
  }),
  marketplaceProductId: 'prod-ffvjxvh4ltq64',
  notes: { disagreements: [gulfSources(PAGE)] },
};
