import { Duration, Token } from 'aws-cdk-lib/core';
import { HaikuQueueProps } from './haiku-queue-props';
import type { RateOptions } from '../contract/bulk-queue';
import { DEFAULT_MAX_TOKENS } from '../contract/invoker-defaults';
import { HaikuError, shown } from '../private/errors';
import { checkWholeNumber } from '../private/prop-kind';

/** What of a queue and its workers depends on one another. */
export interface QueueTiming {
  readonly timeout: Duration;
  readonly visibilityTimeout: Duration;
  readonly batchSize: number;
  readonly maxConcurrency: number;
}

/** All that a FIFO queue gives out at a time, and as much as one worker asks at the same time. */
const BATCH = 10;
/** Lambda's page asks for six times the function's timeout, so that a throttled worker has time to try again. */
const VISIBILITY = 6;
/** A call takes that long, with what it waits: enough workers to keep the rate busy then, and none to wait for nothing. */
const CALL_SECONDS = 10;
/** About the input of a request, for which nobody has said anything. */
const INPUT_TOKENS = 1000;
/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const CONCURRENCY: [number, number] = [2, 1000];

/**
 * Derives the numbers of a queue from each other. Throws for those that contradict each other.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function queueTiming(props: HaikuQueueProps, rate: RateOptions): QueueTiming {
  const { timeout = Duration.minutes(5), reservedConcurrentExecutions: reserved } = props;
  // A worker waits for a minute for the turn of a message, and a call needs time after that.
  if (!timeout.isUnresolved() && (timeout.toSeconds({ integral: false }) < 120 || timeout.toSeconds({ integral: false }) > 900)) {
    throw new HaikuError(`timeout is out of range, got ${shown(timeout.toString())}; expected 2 to 15 minutes, of which a worker waits one for a message's turn. Use a duration in that range.`);
  }
  checkWholeNumber('maxConcurrency', props.maxConcurrency, CONCURRENCY, 'Amazon SQS takes no other for a function. Leave it out to have it follow the rate.');
  checkWholeNumber('reservedConcurrentExecutions', reserved, [CONCURRENCY[0]], 'Leave it out to reserve nothing.');
  const maxConcurrency = props.maxConcurrency ?? Math.min(workersFor(rate, props.maxTokens), reserved ?? Infinity);
  if (reserved !== undefined && !Token.isUnresolved(reserved) && !Token.isUnresolved(maxConcurrency) && reserved < maxConcurrency) {
    throw new HaikuError(
      `reservedConcurrentExecutions is less than maxConcurrency, got ${shown(reserved)} and ${shown(maxConcurrency)}; expected at least as many, since what is beyond it is throttled and goes back to the queue. `
      + 'Raise it, or lower maxConcurrency.');
  }
  return { timeout, visibilityTimeout: Duration.seconds(timeout.toSeconds() * VISIBILITY), batchSize: BATCH, maxConcurrency };
}

/** How many workers the rate keeps busy, each with ten calls open. */
export function workersFor({ requestsPerMinute, tokensPerMinute }: RateOptions, maxTokens: number = DEFAULT_MAX_TOKENS): number {
  const tokens = INPUT_TOKENS + (Token.isUnresolved(maxTokens) ? DEFAULT_MAX_TOKENS : maxTokens);
  const callsPerSecond = Math.min(requestsPerMinute, tokensPerMinute / tokens) / 60;
  return Math.min(Math.max(Math.ceil(callsPerSecond * CALL_SECONDS / BATCH), CONCURRENCY[0]), CONCURRENCY[1]);
}
