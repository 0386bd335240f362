import { Duration } from 'aws-cdk-lib/core';
import { invokerWith } from './stack-with-invoker';
import { InvokerError } from '../../src/handlers/invoke/failures/errors';
import { withRetries } from '../../src/handlers/invoke/http/retry';
import { thrown } from '../kit/three-ways';

test('no attempt at all is refused', () => {
  expect(thrown(() => invokerWith({ retry: { maxAttempts: 0 } }))).toBe(
    'retry.maxAttempts is out of range, got 0; expected a whole number of at least 1. The first call counts: use 1 to have no retries.');
});

test('a first wait that is longer than any may be is refused', () => {
  const waits = (base: number) => invokerWith({ retry: { baseDelay: Duration.millis(base), maxDelay: Duration.millis(1000) } });
  expect(() => waits(1000)).not.toThrow();
  expect(thrown(() => waits(1001))).toBe(
    'retry.baseDelay is longer than retry.maxDelay, got "Duration.millis(1001)"; expected at most "Duration.millis(1000)". '
    + 'Shorten retry.baseDelay, or raise retry.maxDelay.');
});

test('an attempt that may outlast the function is refused, and one without time', () => {
  const attempt = (seconds: number, timeout?: Duration) => invokerWith({ timeout, retry: { attemptTimeout: Duration.seconds(seconds) } });
  expect(() => attempt(300)).not.toThrow();
  expect(thrown(() => attempt(301))).toBe(
    'retry.attemptTimeout is longer than timeout, got "Duration.seconds(301)"; expected at most "Duration.minutes(5)". '
    + 'Shorten retry.attemptTimeout, or raise timeout.');
  expect(thrown(() => attempt(0))).toBe(
    'retry.attemptTimeout is too short for a call, got "Duration.seconds(0)"; expected at least "Duration.seconds(1)". '
    + 'No answer comes sooner, so each call would be paid for and cut off: raise it, or leave it out to give a call all the time that there is.');
});

test.each([1, 999])('an attempt of %d milliseconds is refused, and one of a second is not', (milliseconds) => {
  const attempt = (duration: number) => invokerWith({ retry: { attemptTimeout: Duration.millis(duration) } });
  expect(() => attempt(1000)).not.toThrow();
  expect(thrown(() => attempt(milliseconds))).toContain(`retry.attemptTimeout is too short for a call, got "Duration.millis(${milliseconds})"; `);
});

test('a first wait that is longer than the longest is refused, also where the longest is left out', () => {
  expect(() => invokerWith({ retry: { baseDelay: Duration.seconds(20) } })).not.toThrow();
  expect(thrown(() => invokerWith({ retry: { baseDelay: Duration.seconds(21) } }))).toBe(
    'retry.baseDelay is longer than retry.maxDelay, got "Duration.seconds(21)"; expected at most "Duration.seconds(20)", the default of retry.maxDelay. '
    + 'Shorten retry.baseDelay, or raise retry.maxDelay.');
});

test('a longest wait that is shorter than the first is refused, where the first is left out', () => {
  expect(() => invokerWith({ retry: { maxDelay: Duration.millis(250) } })).not.toThrow();
  expect(() => invokerWith({ retry: { baseDelay: Duration.millis(1), maxDelay: Duration.millis(249) } })).not.toThrow();
  expect(thrown(() => invokerWith({ retry: { maxDelay: Duration.millis(249) } }))).toBe(
    'retry.maxDelay is shorter than retry.baseDelay, got "Duration.millis(249)"; expected at least "Duration.millis(250)", the default of retry.baseDelay. '
    + 'Raise retry.maxDelay, or pass a shorter retry.baseDelay too.');
});

test('the waits that are left out are those of the handler', async () => {
  const waits: number[] = [];
  const clock = { now: () => 0, sleep: async (milliseconds: number) => { waits.push(milliseconds); }, random: () => 1 };
  const attempt = () => Promise.reject(new InvokerError('OverloadedError', 'Try again.', { retryable: true }));
  await expect(withRetries(attempt, { maxAttempts: 12 }, { clock, deadline: Infinity, failed: () => {} })).rejects.toThrow('Try again.');
  expect([waits[0], waits.at(-1)]).toEqual([250, 20_000]);
});
