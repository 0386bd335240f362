import * as fc from 'fast-check';
import { serviceError } from './service-error';
import { InvokerError } from '../../../src/handlers/invoke/failures/errors';
import { withRetries } from '../../../src/handlers/invoke/http/retry';
import { REGION, TestClock, TestInvoker } from '../../invoker/test-invoker';
import type { TestInvokerProps } from '../../invoker/test-invoker';
import { Fault, BedrockStandIn, EXPIRED_CREDENTIALS } from '../../stand-ins/bedrock-runtime';
import '../../property-seed';

const event = { prompt: 'Hello' };
let standIn: BedrockStandIn;
let invokers: TestInvoker[];
beforeEach(async () => {
  standIn = await BedrockStandIn.start({ region: REGION });
  invokers = [];
});
afterEach(async () => {
  invokers.forEach((invoker) => invoker.close());
  await standIn.stop();
});

/** One call with a minute left on a clock that only sleeping moves; gives the outcome, the waits and the log line. */
async function call(props: Partial<TestInvokerProps> = {}, left = 60_000, clock = new TestClock()) {
  const invoker = TestInvoker.create({ clock, ...props, url: props.url ?? standIn.url });
  invokers.push(invoker);
  const outcome = await invoker.invoke(() => event, { source: 'direct', deadline: clock.now() + left })
    .then(({ body }) => ({ stopReason: body.stop_reason }), (error: Error) => ({ name: error.name, message: error.message }));
  return { outcome, waits: clock.waits, line: invoker.lines[0] };
}

test('a throttled call is repeated after a wait, and answered', async () => {
  standIn.faults.push(Fault.throttling(), Fault.throttling());
  const { outcome, waits, line } = await call();
  expect({ outcome, waits }).toEqual({ outcome: { stopReason: 'end_turn' }, waits: [250, 500] });
  expect(line).toMatchObject({ message: 'answered', attempts: 3, Retries: 2, Throttles: 2, ClientErrors: 0 });
});

test('Retry-After is waited for, and jitter never undercuts it', async () => {
  standIn.faults.push(Fault.throttling(3));
  expect((await call({}, 60_000, new TestClock(Date.now(), 0))).waits).toEqual([3000]);
});

test.each([
  ['below', 19, [19_000]],
  ['at', 20, [20_000]],
])('a Retry-After %s the upper bound of any wait is waited for', async (_, seconds, waits) => {
  standIn.faults.push(Fault.throttling(seconds));
  expect(await call({}, 60_000, new TestClock(Date.now(), 0))).toMatchObject({ outcome: { stopReason: 'end_turn' }, waits });
});

test.each([
  [21, undefined], [60, undefined], [2, 1999], [1, 0],
])('a Retry-After of %i s above the upper bound (%p ms) is not waited for: the caller learns it', async (seconds, maxDelayMs) => {
  standIn.faults.always(Fault.throttling(seconds));
  const clock = new TestClock();
  const invoker = TestInvoker.create({ clock, url: standIn.url, options: { retry: { maxDelayMs, baseDelayMs: 0 } } });
  invokers.push(invoker);
  await expect(invoker.invoke(() => event, { source: 'direct', deadline: clock.now() + 600_000 })).rejects.toMatchObject({ name: 'RateLimitError', retryAfterMs: seconds * 1000 });
  expect({ waits: clock.waits, calls: standIn.calls.length }).toEqual({ waits: [], calls: 1 });
});

test('no wait is ever longer than its upper bound, whatever the service asks for and however often it fails', async () => {
  const failures = fc.array(fc.option(fc.nat({ max: 400 }).map((tenths) => tenths / 10), { nil: undefined }), { maxLength: 12 });
  const delays = fc.tuple(fc.nat({ max: 30_000 }), fc.nat({ max: 30_000 }));
  const bounds = delays.map(([one, other]) => ({ baseDelayMs: Math.min(one, other), maxDelayMs: Math.max(one, other) }));
  const most = fc.integer({ min: 1, max: 2000 });
  const jitters = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  await fc.assert(fc.asyncProperty(failures, bounds, most, jitters, async (asked, bound, maxAttempts, jitter) => {
    const clock = new TestClock(0, jitter);
    let attempts = 0;
    const attempt = async () => {
      const retryAfter = asked[attempts++ % Math.max(asked.length, 1)];
      throw new InvokerError('OverloadedError', 'Overloaded.', { retryable: true, retryAfterMs: retryAfter === undefined ? undefined : retryAfter * 1000 });
    };
    await expect(withRetries(attempt, { maxAttempts, ...bound }, { clock, deadline: 900_000, failed: () => undefined })).rejects.toThrow('Overloaded.');
    expect(attempts).toBeLessThanOrEqual(maxAttempts);
    expect(clock.waits.every((wait) => wait >= 0 && wait <= bound.maxDelayMs)).toBe(true);
    expect(clock.now()).toBeLessThan(900_000);
  }), { numRuns: 300 });
});

test.each([
  ['ModelStreamErrorException', true], ['modelStreamErrorException', true], ['com.amazonaws.bedrock#ModelStreamErrorException:http://x', true], ['ModelErrorException', false], ['', false],
])('status 424 with %p is tried again: %p', (code, retryable) => {
  const { name, retryable: again } = serviceError({ status: 424, headers: { 'x-amzn-errortype': code }, body: '{}' }, { modelId: 'm', region: REGION }, Date.now());
  expect({ name, again }).toEqual({ name: 'ModelError', again: retryable });
});

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();
test.each([
  ['0', 0], ['1.5', 1500], ['7', 7000], ['99999999999999999999999', Number.MAX_SAFE_INTEGER], ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
  ['-5', undefined], ['NaN', undefined], ['Infinity', undefined], ['1e3', undefined], ['soon', undefined], ['', undefined], ['3 May', undefined], ['5 seconds', undefined],
  [inSeconds(-100), 0], ['Sunday, 06-Nov-94 08:49:37 GMT', 0], ['Sun Nov  6 08:49:37 1994', 0],
])('the Retry-After %p is %p ms', (header, milliseconds) => {
  expect(serviceError({ status: 429, headers: { 'retry-after': header }, body: '{}' }, { modelId: 'm', region: REGION }, Date.now()).retryAfterMs).toBe(milliseconds);
});

test('a date in Retry-After is the time until then', () => {
  const { retryAfterMs } = serviceError({ status: 429, headers: { 'retry-after': inSeconds(30) }, body: '{}' }, { modelId: 'm', region: REGION }, Date.now());
  expect(retryAfterMs).toBeGreaterThan(28_000);
  expect(retryAfterMs).toBeLessThanOrEqual(30_000);
});

test('full jitter may be no wait at all', async () => {
  standIn.faults.push(Fault.throttling());
  expect((await call({}, 60_000, new TestClock(Date.now(), 0))).waits).toEqual([0]);
});

test('a wait that outlasts Lambda\'s time is not begun', async () => {
  standIn.faults.always(Fault.throttling(30));
  const { outcome, waits } = await call({}, 29_000);
  expect(outcome).toEqual({ name: 'RateLimitError', message: 'ThrottlingException: Too many requests, please wait before trying again.' });
  expect({ waits, calls: standIn.calls.length }).toEqual({ waits: [], calls: 1 });
});

test('a service that fails for ever ends the attempts, not the patience of the caller', async () => {
  standIn.faults.always(Fault.internalServer());
  const { outcome, waits, line } = await call({ options: { retry: { maxAttempts: 5, maxDelayMs: 900 } } });
  expect(outcome).toEqual({
    name: 'InternalServerError',
    message: 'InternalServerException: The system encountered an unexpected error during processing. Try your request again.',
  });
  expect({ waits, calls: standIn.calls.length }).toEqual({ waits: [250, 500, 900, 900], calls: 5 });
  expect(line).toMatchObject({ message: 'failed', error: 'InternalServerError', status: 500, attempts: 5, ServerErrors: 1 });
});

test.each([
  ['an overloaded service', Fault.serviceUnavailable()],
  ['a reset before the answer', Fault.resetBeforeResponse()],
  ['a reset in the middle of the body', Fault.resetInBody()],
])('%s is repeated, and answered', async (_, fault) => {
  standIn.faults.push(fault);
  expect((await call()).outcome).toEqual({ stopReason: 'end_turn' });
  expect(standIn.calls).toHaveLength(2);
});

test.each([
  ['AccessDeniedError', Fault.accessDenied('No.'), 'AccessDeniedException: No.'],
  ['ModelTimeoutError', Fault.modelTimeout(), 'ModelTimeoutException: Model has timed out in processing the request. Try your request again.'],
  ['InvalidResponseError', Fault.invalidJson(), 'The service\'s answer is no JSON object.'],
  ['ResponseTooLargeError', Fault.largeAnswer(25_000_000), 'The answer is longer than 25000000 bytes. Lower max_tokens, or stream the answer.'],
])('%s is not repeated', async (name, fault, message) => {
  standIn.faults.push(fault);
  expect((await call()).outcome).toEqual({ name, message });
  expect(standIn.calls).toHaveLength(1);
});

test('expired credentials are said to be expired', async () => {
  expect((await call({ credentials: EXPIRED_CREDENTIALS })).outcome).toEqual({
    name: 'AuthenticationError',
    message: 'ExpiredTokenException: The security token included in the request is expired Cause: the credentials in the environment have expired; Lambda renews them with a new execution environment.',
  });
});

test('a clock that is wrong is said to be, and by how much', async () => {
  standIn.faults.push(Fault.clockSkew());
  const { outcome } = await call();
  expect(outcome).toMatchObject({ name: 'AuthenticationError', message: expect.stringMatching(/ Cause: the function's clock is (1799|1800|1801) s behind the service's\.$/) });
  expect(standIn.calls).toHaveLength(1);
});

test('a service that hangs is left before Lambda\'s time is up', async () => {
  standIn.faults.push(Fault.hang());
  const { outcome } = await call({}, 200);
  const host = new URL(standIn.url).host;
  expect(outcome).toEqual({
    name: 'ModelTimeoutError',
    message: `${host} did not finish its answer within 200 ms. Raise the function's timeout (at most 15 minutes), lower max_tokens, or stream.`,
  });
});

test('an attempt that its own limit cuts says which one to raise, and what an HTTP caller can do', async () => {
  standIn.faults.always(Fault.hang());
  const clock = new TestClock();
  const invoker = TestInvoker.create({ clock, url: standIn.url, options: { retry: { maxAttempts: 1, attemptTimeoutMs: 200 } } });
  invokers.push(invoker);
  const error = await invoker.invoke(() => event, { source: 'direct', deadline: clock.now() + 60_000 }).catch((thrown: InvokerError) => thrown) as InvokerError;
  expect(error.message).toBe(`${new URL(standIn.url).host} did not finish its answer within 200 ms. Raise retry.attemptTimeout, lower max_tokens, or stream.`);
  expect(error.forCallers()).toEqual({ status: 504, type: 'timeout_error', message: 'The model did not finish its answer in time. Lower max_tokens.' });
  expect(error.naming('inferenceConfig.maxTokens').forCallers().message).toBe('The model did not finish its answer in time. Lower inferenceConfig.maxTokens.');
});

test('an attempt with a limit of its own is repeated within the time that is left', async () => {
  standIn.faults.push(Fault.hang());
  expect((await call({ options: { retry: { attemptTimeoutMs: 200 } } })).outcome).toEqual({ stopReason: 'end_turn' });
  expect(standIn.calls).toHaveLength(2);
});

test('an answer that drips is read to its end', async () => {
  standIn.faults.push(Fault.slowDrip(5));
  expect((await call()).outcome).toEqual({ stopReason: 'end_turn' });
});

test('a call for which Lambda has no time is not made', async () => {
  const { outcome } = await call({}, 0);
  expect(outcome).toEqual({ name: 'ModelTimeoutError', message: 'Lambda has no time left to call the model. Raise the function\'s timeout (at most 15 minutes).' });
  expect(standIn.calls).toEqual([]);
});

test('a service that is not there is a connection error', async () => {
  const url = standIn.url;
  await standIn.stop();
  const { outcome, waits } = await call({ url, options: { retry: { maxAttempts: 2 } } });
  expect(outcome).toEqual({ name: 'ConnectionError', message: `The connection to ${new URL(url).host} failed: connect ECONNREFUSED ${new URL(url).host}.` });
  expect(waits).toEqual([250]);
});

test('a refused and a guardrailed answer are answers, flagged in the log', async () => {
  standIn.faults.push(Fault.refusal(), Fault.guardrailIntervened());
  const refused = await call();
  expect(refused.outcome).toEqual({ stopReason: 'refusal' });
  expect(refused.line).toMatchObject({ message: 'answered', refused: true, guardrailIntervened: false, Refusals: 1, GuardrailInterventions: 0 });
  const guarded = await call();
  expect(guarded.outcome).toEqual({ stopReason: 'guardrail_intervened' });
  expect(guarded.line).toMatchObject({ message: 'answered', refused: false, guardrailIntervened: true, Refusals: 0, GuardrailInterventions: 1 });
});
