import { Duration } from 'aws-cdk-lib/core';
import { DEFAULT_RETRY } from '../contract/invoker-defaults';
import { HaikuError, shown } from '../private/errors';
import { checkWholeNumber } from '../private/prop-kind';

/** The handler's own bounds of a wait, where the props have none. */
export const DEFAULT_BASE_DELAY = Duration.millis(DEFAULT_RETRY.baseDelayMs);
export const DEFAULT_MAX_DELAY = Duration.seconds(DEFAULT_RETRY.maxDelayMs / 1000);
export const LEAST_ATTEMPT = Duration.seconds(1);

/**
 * How calls are repeated that the service throttled, failed or dropped. Waits are drawn at random up to a bound that doubles,
 * or last as long as the service asks, within `maxDelay`. A request that is sent again because its connection was closed counts as
 * a call too. No call is repeated once part of its answer was passed on, or when Lambda's time is up.
 */
export interface InvokerRetry {
  /**
   * The most calls in all, the first one counted, at least 1.
   *
   * @default 4
   */
  readonly maxAttempts?: number;

  /**
   * The upper bound of the first wait. At most `maxDelay`.
   *
   * @default Duration.millis(250)
   */
  readonly baseDelay?: Duration;

  /**
   * The upper bound of any wait. Where the service asks for a longer one (Retry-After), the call is not repeated: its caller gets
   * the error, and over HTTP the `retry-after` header with it.
   *
   * @default Duration.seconds(20)
   */
  readonly maxDelay?: Duration;

  /**
   * How long one call may take: at least 1 second, at most the function's timeout.
   *
   * @default - all the time that Lambda has left
   */
  readonly attemptTimeout?: Duration;
}

/** Refuses waits and attempts that do not go together. */
export function checkRetry({ maxAttempts, baseDelay, maxDelay, attemptTimeout }: InvokerRetry, timeout: Duration): void {
  checkWholeNumber('retry.maxAttempts', maxAttempts, [1], 'The first call counts: use 1 to have no retries.');
  checkDelays(baseDelay, maxDelay);
  checkNotLonger('retry.attemptTimeout', attemptTimeout, 'timeout', timeout);
  if (attemptTimeout && !attemptTimeout.isUnresolved() && attemptTimeout.toMilliseconds() < LEAST_ATTEMPT.toMilliseconds()) {
    throw new HaikuError(
      `retry.attemptTimeout is too short for a call, got ${shown(attemptTimeout.toString())}; expected at least ${shown(LEAST_ATTEMPT.toString())}. `
      + 'No answer comes sooner, so each call would be paid for and cut off: raise it, or leave it out to give a call all the time that there is.');
  }
}

/** What is left out is what the handler takes instead. */
function checkDelays(baseDelay: Duration | undefined, maxDelay: Duration | undefined): void {
  if (baseDelay || !maxDelay) {
    checkNotLonger('retry.baseDelay', baseDelay, 'retry.maxDelay', maxDelay ?? DEFAULT_MAX_DELAY, maxDelay ? '' : ', the default of retry.maxDelay');
  } else if (!maxDelay.isUnresolved() && maxDelay.toMilliseconds() < DEFAULT_BASE_DELAY.toMilliseconds()) {
    throw new HaikuError(
      `retry.maxDelay is shorter than retry.baseDelay, got ${shown(maxDelay.toString())}; expected at least ${shown(DEFAULT_BASE_DELAY.toString())}, `
      + 'the default of retry.baseDelay. Raise retry.maxDelay, or pass a shorter retry.baseDelay too.');
  }
}

function checkNotLonger(name: string, value: Duration | undefined, boundName: string, bound: Duration | undefined, because = ''): void {
  if (!value || !bound || value.isUnresolved() || bound.isUnresolved() || value.toMilliseconds() <= bound.toMilliseconds()) return;
  throw new HaikuError(
    `${name} is longer than ${boundName}, got ${shown(value.toString())}; expected at most ${shown(bound.toString())}${because}. Shorten ${name}, or raise ${boundName}.`);
}
