import { inspect } from 'node:util';
import { asInvokerError, InvokerError, InvokerErrorName } from '../../../../src/handlers/invoke/failures/errors';
import { EXPLANATIONS } from '../../../../src/handlers/invoke/failures/explain';
import { MODEL_ID } from '../../../invoker/test-invoker';
import { serviceError } from '../service-error';

const OWN = { status: 500, type: 'api_error', message: 'The function could not get the model\'s answer. Its log says why.' };
const target = { modelId: MODEL_ID, region: 'eu-west-2' };
const refused = (status: number, message: string, code = 'ValidationException') => serviceError({ status, headers: { 'x-amzn-errortype': code }, body: JSON.stringify({ message }) }, target, 0);

test.each<[InvokerErrorName, object]>([
  ['AuthenticationError', OWN], ['AccessDeniedError', OWN], ['NotFoundError', OWN], ['ConfigurationError', OWN], ['ConnectionError', OWN],
  ['InvalidRequestError', { status: 400, type: 'invalid_request_error', message: 'Why.' }],
  ['MethodNotAllowedError', { status: 405, type: 'invalid_request_error', message: 'Why.' }],
  ['RequestTooLargeError', { status: 413, type: 'request_too_large', message: 'Why.' }],
  ['RateLimitError', { status: 429, type: 'rate_limit_error', message: 'Why.' }],
  ['InternalServerError', { status: 500, type: 'api_error', message: 'Why.' }],
  ['InvalidResponseError', { status: 502, type: 'api_error', message: 'Why.' }],
  ['ModelError', { status: 502, type: 'api_error', message: 'Why.' }],
  ['ResponseTooLargeError', { status: 502, type: 'api_error', message: 'Why.' }],
  ['ModelTimeoutError', { status: 504, type: 'timeout_error', message: 'Why.' }],
  ['OverloadedError', { status: 529, type: 'overloaded_error', message: 'Why.' }],
])('what HTTP callers get of a %s', (name, expected) => {
  expect(new InvokerError(name, 'Why.').forCallers()).toEqual(expected);
});

test('HTTP callers are not told of a bug of the function', () => {
  expect(asInvokerError(new TypeError('x is undefined')).forCallers()).toEqual(OWN);
});

test.each([
  ['Too many tokens for arn:aws:bedrock:eu-west-2:111122223333:inference-profile/x, please wait.', 'Too many tokens for …, please wait.'],
  ['The account 111122223333 is over its quota.', 'The account … is over its quota.'],
  ['bedrock-runtime.eu-west-2.amazonaws.com did not finish its answer within 200 ms.', '… did not finish its answer within 200 ms.'],
  ['127.0.0.1:4566 did not finish its answer.', '… did not finish its answer.'],
  ['vpce-1.bedrock-runtime.eu-west-2.vpce.amazonaws.com failed', '… failed'],
  ['messages.0.content: max_tokens: 70000 > 64000, at 2026-01-02', 'messages.0.content: max_tokens: 70000 > 64000, at 2026-01-02'],
])('HTTP callers read %j without what it says of the deployment', (message, expected) => {
  expect(new InvokerError('RateLimitError', message).forCallers().message).toBe(expected);
});

test('the sender of a request reads what the service quotes of it; who logs the error does not', () => {
  const error = refused(400, 'messages.0.role: zebra-42 is not allowed').withoutTextOf({ messages: [{ role: 'zebra-42' }] }, EXPLANATIONS);
  expect(error.message).toBe('ValidationException: messages.0.role: … is not allowed');
  expect(error.forCallers().message).toBe('ValidationException: messages.0.role: zebra-42 is not allowed');
  expect(inspect(error)).not.toContain('zebra');
  expect(JSON.stringify({ ...error, stack: error.stack })).not.toContain('zebra');
});

test('an error is called by its name wherever its class is asked for, and its class stays the same', () => {
  const error = new InvokerError('RateLimitError', 'Why.');
  expect(error).toBeInstanceOf(InvokerError);
  expect([error.name, error.constructor.name, error.stack?.split('\n')[0]]).toEqual(['RateLimitError', 'RateLimitError', 'RateLimitError: Why.']);
  expect(Object.keys(error).sort()).toEqual(['code', 'name', 'requestId', 'retryAfterMs', 'retryable', 'status', 'type']);
});

test('of a cause only the places are kept: its text may quote a prompt', () => {
  const cause = (() => {
    try {
      return JSON.parse('zebra-42');
    } catch (thrown) {
      return thrown;
    }
  })() as Error;
  expect(cause.message).toContain('zebra');
  for (const error of [new InvokerError('ConfigurationError', 'Why.', { cause }), asInvokerError(cause)]) {
    expect(error.cause).toBeUndefined();
    expect(inspect(error)).not.toContain('zebra');
    expect(error.stack).toContain(__filename);
  }
});

test.each([
  [new InvokerError('InvalidRequestError', 'x'.repeat(1_500_000))],
  [refused(403, 'x'.repeat(1_500_000))],
  [refused(400, 'x y '.repeat(400_000))],
  [asInvokerError(new Error('x'.repeat(1_500_000)))],
  [asInvokerError('x'.repeat(1_500_000))],
])('an error is no longer than it may be: %#', (error) => {
  expect(error.message.length).toBeLessThanOrEqual(2000);
  expect(error.stack!.length).toBeLessThanOrEqual(5000);
  expect(error.full.length).toBeLessThanOrEqual(2000);
});

test('what a proxy puts into the place of an error code is no code', () => {
  expect(refused(400, 'Why.', 'a b c')).toMatchObject({ code: undefined, message: 'HTTP 400: Why.' });
  expect(refused(400, 'Why.', 'com.amazon#ValidationException:http://x/')).toMatchObject({ code: 'ValidationException' });
});
