import { IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { InvokerGroup } from './invoker-group';
import { share } from './invoker-widgets';

/** Above which value an alarm is raised, and how long that must last. */
export interface Limit {
  readonly limit: number;
  readonly period: Duration;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
}

/** An alarm that each invoker has. */
export interface InvokerRule {
  /** Its construct's id. */
  readonly id: string;
  /** Why it is raised, and what to do. */
  readonly description: string;
  readonly standard: Limit;
  /** Whether somebody has to get up for it. */
  readonly pages: boolean;
  /** What is measured, of a group of one. */
  metric(invoker: InvokerGroup, period: Duration): IMetric;
}

/** One in few calls says nothing: two failures of three calls at night are no incident. */
const LEAST_CALLS = 20;

const QUARTER = { period: Duration.minutes(15) };
const FIVE_MINUTES = { period: Duration.minutes(5), evaluationPeriods: 3, datapointsToAlarm: 2 };

/** A share of the calls, in per cent, as soon as there are enough of them. */
function perCall(part: 'ServerErrors' | 'Refusals', label: string): InvokerRule['metric'] {
  return (invoker, period) => invoker.maths({ label, period }, (sum) => `IF(${sum('Invocations')}>=${LEAST_CALLS},${share(sum(part), sum('Invocations'))},0)`);
}

const THROTTLES: InvokerRule = {
  id: 'Throttles',
  description: 'More than a tenth of all attempts are throttled: retries still make most of them good, and soon will not. Look at the use of the quotas; lower max_tokens, which is reserved, or ask for more.',
  standard: { limit: 10, ...FIVE_MINUTES },
  pages: true,
  metric: (invoker, period) => invoker.maths({ label: 'Throttled attempts, %', period }, (sum) => {
    const attempts = `SUM([${sum('Invocations')},${sum('Retries')}])`;
    return `IF(${attempts}>=${LEAST_CALLS},${share(sum('Throttles'), attempts)},0)`;
  }),
};

const SERVER_ERRORS: InvokerRule = {
  id: 'ServerErrors',
  description: 'More than a twentieth of all calls fail by no fault of their callers, retries included. The log names the errors: a missing permission or a removed model is yours to mend, others are the service\'s.',
  standard: { limit: 5, ...FIVE_MINUTES },
  pages: true,
  metric: perCall('ServerErrors', 'Calls that failed with 5xx, %'),
};

const CACHE_MISSES: InvokerRule = {
  id: 'CacheMisses',
  description: 'Most of what the prompt cache could hold is written and not read, which costs more than no cache. A prompt with something new in each call, such as a time, is the usual reason: move it behind the checkpoint.',
  standard: { limit: 60, ...QUARTER, evaluationPeriods: 3, datapointsToAlarm: 3 },
  pages: false,
  metric: (invoker, period) => invoker.maths({ label: 'Cached tokens that were written, %', period }, (sum) =>
    `IF(${sum('Invocations')}>=${LEAST_CALLS},${share(sum('CacheWriteTokens'), `SUM([${sum('CacheReadTokens')},${sum('CacheWriteTokens')}])`)},0)`),
};

const REFUSALS: InvokerRule = {
  id: 'Refusals',
  description: 'The model refuses more than a tenth of all calls. Look at what is asked: a changed prompt, or somebody who tries what it can be made to say.',
  standard: { limit: 10, ...QUARTER, evaluationPeriods: 3, datapointsToAlarm: 2 },
  pages: false,
  metric: perCall('Refusals', 'Refused calls, %'),
};

export const LATENCY: InvokerRule = {
  id: 'Latency',
  description: 'A tenth of all calls take longer than is usual here at this hour and on this day. Compare it with InvocationLatency of Amazon Bedrock: if that is as usual, the time goes into retries.',
  // Without a limit of the user's, CloudWatch's band of what is expected is the limit, this many deviations wide.
  standard: { limit: 3, period: Duration.minutes(5), evaluationPeriods: 3, datapointsToAlarm: 3 },
  pages: true,
  metric: ({ members: [{ invoker }] }, period) => invoker.metric('Latency', { statistic: Stats.percentile(90), period, label: 'Latency p90 (ms)' }),
};

/** All of them, by the props that change their limits. */
export const INVOKER_RULES = {
  throttles: THROTTLES, serverErrors: SERVER_ERRORS, latency: LATENCY, cacheMisses: CACHE_MISSES, refusals: REFUSALS,
} as const;
