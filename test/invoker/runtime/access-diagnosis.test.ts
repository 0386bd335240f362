import { serviceError } from '../../../src/invoker/runtime/service-error';
import { MODEL_ID } from '../test-invoker';

const target = { modelId: MODEL_ID, region: 'eu-west-2' };
const error = (status: number, code: string, message: string) =>
  serviceError(status, { 'x-amzn-errortype': code }, JSON.stringify({ message }), target, Date.now());
const denied = (rest: string) => `User: arn:aws:sts::111122223333:assumed-role/r/f is not authorized to perform: bedrock:InvokeModel on resource: ${rest}`;
const model = (region: string) => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0`;

test.each([
  ['a destination that an SCP denies', denied(`${model('eu-south-2')} with an explicit deny in a service control policy`),
    `Cause: a service control policy denies the destination Region eu-south-2 (source Region eu-west-2). It must allow every destination Region of ${MODEL_ID}; one that is denied fails every call.`],
  ['the global destination that an SCP denies', denied(`${model('')} with an explicit deny in a service control policy`),
    `Cause: a service control policy denies the global destination (aws:RequestedRegion "unspecified"). It must allow every destination Region of ${MODEL_ID}; one that is denied fails every call.`],
  ['a role that misses a destination', denied(`${model('eu-north-1')} because no identity-based policy allows the bedrock:InvokeModel action`),
    `Cause: no policy allows the destination Region eu-north-1 (source Region eu-west-2). Grant the target with its grants.invoke(), which names every destination Region of ${MODEL_ID}.`],
  ['an explicit deny of the account', denied(`${model('eu-west-2')} with an explicit deny in an identity-based policy`),
    'Cause: a policy of this account denies the source Region eu-west-2.'],
  ['a VPC endpoint policy', denied(`${model('eu-west-2')} with an explicit deny in a VPC endpoint policy`),
    'Cause: a VPC endpoint policy denies the source Region eu-west-2.'],
  ['the Marketplace subscription', 'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.',
    'Cause: the account is not subscribed to the model in AWS Marketplace. Have a principal with aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions call the model once; it takes up to 15 minutes to apply.'],
  ['no access to the model', 'You don\'t have access to the model with the specified model ID.',
    `Cause: this account has no access to ${MODEL_ID} in eu-west-2: the Marketplace subscription or the use-case form is missing, or the profile is not offered there.`],
])('%s is told apart', (_, message, advice) => {
  expect(error(403, 'AccessDeniedException:http://x/', message)).toMatchObject({ name: 'AccessDeniedError', status: 403, message: `AccessDeniedException: ${message} ${advice}` });
});

test('the missing use-case form is a lack of access, although Bedrock calls it not found', () => {
  const message = 'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model.';
  expect(error(404, 'ResourceNotFoundException', message)).toMatchObject({
    name: 'AccessDeniedError',
    message: `ResourceNotFoundException: ${message} Cause: the account has not submitted Anthropic's use-case form. Submit it once, in the Bedrock console or with PutUseCaseForModelAccess, and try again.`,
  });
});

test.each([
  ['The provided model identifier is invalid.'],
  [`Invocation of model ID ${MODEL_ID} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`],
])('a wrong profile is the deployment\'s fault, not the caller\'s: %s', (message) => {
  expect(error(400, 'ValidationException', message)).toMatchObject({
    name: 'ConfigurationError',
    message: `ValidationException: ${message} Cause: "${MODEL_ID}" cannot be called from eu-west-2. Use an inference profile whose source Regions include it.`,
  });
});

test('an unknown denial is passed on as it is, and a 400 that quotes the request is not diagnosed from the quote', () => {
  expect(error(403, 'AccessDeniedException', 'Because.').message).toBe('AccessDeniedException: Because.');
  expect(error(400, 'ValidationException', 'messages.0: marketplace').message).toBe('ValidationException: messages.0: marketplace');
});

test.each([
  [429, {}, 'RateLimitError', 429], [500, {}, 'InternalServerError', 500], [503, {}, 'OverloadedError', 529], [529, {}, 'OverloadedError', 529],
  [413, {}, 'RequestTooLargeError', 413], [424, {}, 'ModelError', 502], [408, {}, 'ModelTimeoutError', 504], [404, {}, 'NotFoundError', 404],
  [418, {}, 'InvalidRequestError', 400], [401, {}, 'AuthenticationError', 401], [502, {}, 'InternalServerError', 500],
  [400, { 'x-amzn-errortype': 'ServiceQuotaExceededException' }, 'RateLimitError', 429],
])('HTTP %i %j is a %s', (status, headers, name, reported) => {
  const result = serviceError(status, headers, '<html>proxy</html>', target, Date.now());
  expect(result).toMatchObject({ name, status: reported, retryable: status === 429 || status >= 500 });
  expect(result.message).toContain('<html>proxy</html>');
});

test('the Messages endpoint\'s own error body is read too, and Retry-After as seconds or as a date', () => {
  const now = Date.parse('2026-01-02T03:04:05Z');
  const body = JSON.stringify({ type: 'error', error: { type: 'rate_limit_error', message: 'Slow down.' } });
  const after = (value: string) => serviceError(429, { 'retry-after': value, 'request-id': 'req_1' }, body, target, now);
  expect(after('2')).toMatchObject({ name: 'RateLimitError', message: 'rate_limit_error: Slow down.', requestId: 'req_1', retryAfterMs: 2000 });
  expect(after('Fri, 02 Jan 2026 03:04:15 GMT').retryAfterMs).toBe(10_000);
  expect(after('soon').retryAfterMs).toBeUndefined();
});
