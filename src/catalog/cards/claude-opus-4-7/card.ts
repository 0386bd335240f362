import { ModelCardProps } from '../../model-card-props';
import { ModelLifecycleStatus } from '../../model-lifecycle';
import { ServiceTier } from '../../service-tier';
import { ThinkingType } from '../../thinking-support';
import { gulfSources } from '../disagreements';
import { promptCaching, serviceTiers, tokensPerMinute } from '../family';
import { ADAPTIVE_THINKING_PAGE, modelCardPage } from '../pages';
import { prices } from '../prices';
import { AU, EU, geoRoutes, GLOBAL_SOURCES, JP, US_WITH_CALGARY } from '../regions';

const PAGE = modelCardPage('claude-opus-4-7');

export const CLAUDE_OPUS_4_7: ModelCardProps = {
  ...PAGE,
  name: 'Claude Opus 4.7',
  modelId: 'anthropic.claude-opus-4-7',
  mantleModelId: 'anthropic.claude-opus-4-7',
  geoRoutes: geoRoutes(PAGE, US_WITH_CALGARY, EU, JP, AU),
  globalSources: { ...PAGE, regions: GLOBAL_SOURCES },
  inRegionOnMantle: { ...PAGE, regions: ['us-east-1', 'eu-north-1', 'eu-west-1', 'ap-northeast-1', 'ap-southeast-4'] },
  lifecycle: {
    ...PAGE,
    status: ModelLifecycleStatus.ACTIVE,
    launchDate: '2026-04-16',
    endOfLifeNotBefore: '2027-04-16',
    legacyPeriodMonths: 6,
    successor: 'Claude Opus 4.8',
    knowledgeCutoff: '2026-01',
  },
  limits: {
    ...PAGE,
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    thinking: {
      ...ADAPTIVE_THINKING_PAGE,
      types: [ThinkingType.ADAPTIVE, ThinkingType.DISABLED],
      defaultType: ThinkingType.DISABLED,
    },
    samplingParameters: [],
    structuredOutputs: false,
    countTokens: false,
  },
  promptCaching: promptCaching(PAGE, 4_096, { implicitCaching: true }),
  serviceTiers: serviceTiers(PAGE, ServiceTier.DEFAULT),
  quotas: tokensPerMinute(PAGE),
  prices: prices({
    global: { rates: [5, 25, 6.25, 10, 0.5] },
    geo: { rates: [5.5, 27.5, 6.875, 11, 0.55] },
  }),
  marketplaceProductId: 'prod-d2ik6zgct5hxi',
  notes: { disagreements: [gulfSources(PAGE)] },
};
