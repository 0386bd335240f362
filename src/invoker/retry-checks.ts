import { Duration } from 'aws-cdk-lib/core';
import { InvokerRetry } from './invoker-retry';
import { DEFAULT_BASE_DELAY, DEFAULT_MAX_DELAY, LEAST_ATTEMPT } from './option-rules';
import { HaikuError, shown } from '../private/errors';
import { checkWholeNumber } from '../private/prop-kind';

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
    checkNotLonger('retry.baseDelay', baseDelay, 'retry.maxDelay', maxDelay ?? DEFAULT_MAX_DELAY, maxDelay ? '' : ', which retry.maxDelay is if left out');
  } else if (!maxDelay.isUnresolved() && maxDelay.toMilliseconds() < DEFAULT_BASE_DELAY.toMilliseconds()) {
    throw new HaikuError(
      `retry.maxDelay is shorter than retry.baseDelay, got ${shown(maxDelay.toString())}; expected at least ${shown(DEFAULT_BASE_DELAY.toString())}, `
      + 'which retry.baseDelay is if left out. Raise retry.maxDelay, or pass a shorter retry.baseDelay too.');
  }
}

function checkNotLonger(name: string, value: Duration | undefined, boundName: string, bound: Duration | undefined, because = ''): void {
  if (!value || !bound || value.isUnresolved() || bound.isUnresolved() || value.toMilliseconds() <= bound.toMilliseconds()) return;
  throw new HaikuError(
    `${name} is longer than ${boundName}, got ${shown(value.toString())}; expected at most ${shown(bound.toString())}${because}. Shorten ${name}, or raise ${boundName}.`);
}
