import { QUOTAS_PAGE } from './pages';
import { Citation } from '../citation';
import { InferenceOption } from '../inference-option';
import { CacheTtl, PromptCachingLimits } from '../prompt-caching-limits';
import { BatchLimits, ServiceQuota } from '../service-quota';
import { ServiceTier, ServiceTierSupport } from '../service-tier';
import { EffortLevel } from '../thinking-support';

// What the cards of the family say in the same words.

/** The page on extended thinking says both of every model that takes a budget. */
export const LEAST_THINKING_BUDGET = 1_024;
export const STREAMED_ABOVE_TOKENS = 21_333;

export const EFFORT_LEVELS = [EffortLevel.LOW, EffortLevel.MEDIUM, EffortLevel.HIGH, EffortLevel.XHIGH, EffortLevel.MAX];

export function promptCaching(
  page: Citation, minTokensPerCheckpoint: number, { implicitCaching }: Pick<PromptCachingLimits, 'implicitCaching'> = {}): PromptCachingLimits {
  return {
    ...page,
    minTokensPerCheckpoint,
    maxCheckpoints: 4,
    ttls: [CacheTtl.FIVE_MINUTES, CacheTtl.ONE_HOUR],
    fields: ['system', 'messages', 'tools'],
    ...implicitCaching !== undefined && { implicitCaching },
  };
}

export function serviceTiers(page: Citation, ...supported: ServiceTier[]): ServiceTierSupport {
  const all = [ServiceTier.DEFAULT, ServiceTier.PRIORITY, ServiceTier.FLEX, ServiceTier.RESERVED];
  return { ...page, supported, unsupported: all.filter((tier) => !supported.includes(tier)) };
}

/** The quotas that two cards name themselves, without a code, and without one of requests a minute. */
export function tokensPerMinute(page: Citation): ServiceQuota[] {
  const onMantle = { ...page, inferenceOption: InferenceOption.IN_REGION };
  return [
    { ...page, name: 'Tokens per minute on bedrock-runtime', defaultValue: 30_000_000 },
    { ...onMantle, name: 'Input tokens per minute on bedrock-mantle', defaultValue: 20_000_000 },
    { ...onMantle, name: 'Output tokens per minute on bedrock-mantle', defaultValue: 4_000_000 },
  ];
}

/** What batch jobs are limited to: the same for every model whose rows were read. The page gives codes for what AWS raises on request. */
export function batchLimits(model: string, jobs: string, recordsPerJob: string, recordsPerFile: string): BatchLimits {
  const quota = (code: string, defaultValue: number, name: string): ServiceQuota =>
    ({ ...QUOTAS_PAGE, code, defaultValue, adjustable: true, name: `${name} for ${model}` });
  return {
    ...QUOTAS_PAGE,
    minRecordsPerJob: 100,
    maxFileGigabytes: 1,
    maxJobGigabytes: 5,
    quotas: [
      quota(jobs, 100, 'Sum of in-progress and submitted batch inference jobs using a base model'),
      quota(recordsPerJob, 100_000, 'Records per batch inference job'),
      quota(recordsPerFile, 100_000, 'Records per input file per batch inference job'),
    ],
  };
}
