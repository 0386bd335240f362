import { DISAGREEMENTS } from './disagreements';
import { GEO_ROUTES } from './geo-routes';
import { PLATFORM_NAMES } from './platform-names';
import { QUOTAS } from './quotas';
import { BATCH, GLOBAL_SOURCES, IN_REGION } from './region-tables';
import { ANTHROPIC_PRICING_PAGE, MODEL_CARD_PAGE, THINKING_PAGE } from './sources';
import { Geography } from '../geography';
import { ModelCardProps } from '../model-card-props';
import { ModelLifecycleStatus } from '../model-lifecycle';

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
  inRegion: IN_REGION,
  batch: BATCH,
  lifecycle: {
    ...MODEL_CARD_PAGE,
    status: ModelLifecycleStatus.ACTIVE,
    launchDate: '2025-10-16',
    endOfLifeNotBefore: '2026-10-16',
    legacyPeriodMonths: 6,
    knowledgeCutoff: '2025-02',
  },
  limits: {
    ...THINKING_PAGE,
    contextTokens: 200_000,
    maxOutputTokens: 64_000,
    streamingRequiredAboveTokens: 21_333,
    minThinkingBudgetTokens: 1_024,
    // Both from model-parameters-anthropic-claude-messages-request-response.html in the same guide, read in 2026-10.
    samplingParameters: ['temperature', 'top_p', 'top_k'],
    temperatureOrTopP: true,
    geographiesWithoutStructuredOutputs: [Geography.IN],
  },
  promptCaching: {
    ...MODEL_CARD_PAGE,
    minTokensPerCheckpoint: 4_096,
    maxCheckpoints: 4,
    ttls: ['5m', '1h'],
    fields: ['system', 'messages', 'tools'],
  },
  serviceTiers: { ...MODEL_CARD_PAGE, supported: ['default', 'reserved'], unsupported: ['priority', 'flex'] },
  get quotas() { return QUOTAS; },
  prices: [
    {
      ...ANTHROPIC_PRICING_PAGE,
      inferenceOption: 'global',
      inputPerMillion: 1.00,
      outputPerMillion: 5.00,
      cacheWritePerMillion: 1.25,
      cacheReadPerMillion: 0.10,
    },
    {
      ...ANTHROPIC_PRICING_PAGE,
      inferenceOption: 'geo',
      inputPerMillion: 1.10,
      outputPerMillion: 5.50,
      cacheWritePerMillion: 1.375,
      cacheReadPerMillion: 0.11,
    },
  ],
  marketplaceProductId: 'prod-xdkflymybwmvi',
  get platformNames() { return PLATFORM_NAMES; },
  get disagreements() { return DISAGREEMENTS; },
};
