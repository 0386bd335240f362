import { MODEL_ID } from '../../../invoker/test-invoker';
import { serviceError } from '../service-error';

const target = { modelId: MODEL_ID, region: 'eu-west-2' };
const error = (status: number, code: string, message: string) =>
  serviceError({ status, headers: { 'x-amzn-errortype': code }, body: JSON.stringify({ message }) }, target, Date.now());
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

const deny = (action: string, resource: string | undefined, why: string) =>
  `User: arn:aws:sts::111122223333:assumed-role/r/f is not authorized to perform: ${action}${resource === undefined ? '' : ` on resource: ${resource}`} ${why}`;
const none = (policy: string, action = 'bedrock:InvokeModel') => `because no ${policy} allows the ${action} action`;
const explicit = (policy: string) => `with an explicit deny in ${policy}`;
const GUARDRAIL = 'arn:aws:bedrock:eu-west-2:111122223333:guardrail/a1b2c3d4e5f6';
const GUARDRAIL_PROFILE = 'arn:aws:bedrock:eu-west-1:111122223333:guardrail-profile/eu.guardrail.v1:0';
const KEY = 'arn:aws:kms:eu-west-2:111122223333:key/abc';
const PROJECT = 'arn:aws:bedrock-mantle:eu-west-1:111122223333:project/proj_a1';
const SCP = 'arn:aws:organizations::777788889999:policy/o-exampleorgid/service_control_policy/p-examplepolicyid123';
const SUBSCRIBE = 'Cause: the account is not subscribed to the model in AWS Marketplace. Have a principal with aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions call the model once; it takes up to 15 minutes to apply.';
const INVOKE = `Grant the target with its grants.invoke(), which names every destination Region of ${MODEL_ID}.`;
const EVERY_REGION = `It must allow every destination Region of ${MODEL_ID}; one that is denied fails every call.`;
const MARKETPLACE_SCP = 'The account\'s first call of the model subscribes to it in AWS Marketplace, so the organization must allow aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions in this account.';

/** IAM's forms, each kind of policy, without and with a Deny: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html#access-denied-error-examples */
test.each([
  ['identity-based policy', deny('bedrock:InvokeModel', model('eu-north-1'), none('identity-based policy')), `Cause: no policy allows the destination Region eu-north-1 (source Region eu-west-2). ${INVOKE}`],
  ['a policy that is not named', deny('bedrock:InvokeModelWithResponseStream', model('eu-west-2'), ''), `Cause: no policy allows the source Region eu-west-2. ${INVOKE}`],
  ['identity-based policy, Deny with its ARN', deny('bedrock:InvokeModel', model('eu-west-2'), `${explicit('an identity-based policy')}: arn:aws:iam::111122223333:policy/P`), 'Cause: a policy of this account denies the source Region eu-west-2.'],
  ['permissions boundary', deny('bedrock:InvokeModel', model('eu-west-2'), none('permissions boundary')),
    'Cause: the permissions boundary of the function\'s role does not allow the source Region eu-west-2. Allow bedrock:InvokeModel in the boundary; a grant to the role cannot.'],
  ['permissions boundary, Deny', deny('bedrock:InvokeModel', model('eu-west-2'), `${explicit('a permissions boundary')}: arn:aws:iam::111122223333:policy/B`),
    'Cause: the permissions boundary of the function\'s role denies the source Region eu-west-2. Remove the Deny in the boundary; a grant to the role cannot.'],
  ['session policy', deny('bedrock:InvokeModel', model('eu-west-2'), none('session policy')),
    'Cause: the session policy of these credentials does not allow the source Region eu-west-2. Assume the role without one, or with one that allows bedrock:InvokeModel.'],
  ['session policy, Deny', deny('bedrock:InvokeModel', model('eu-west-2'), explicit('a session policy')),
    'Cause: the session policy of these credentials denies the source Region eu-west-2. Assume the role without one, or with one that allows bedrock:InvokeModel.'],
  ['service control policy, without the resource', deny('bedrock:InvokeModel', undefined, none('service control policy')), `Cause: no service control policy allows the call in eu-west-2. ${EVERY_REGION}`],
  ['service control policy, Deny with its ARN', deny('bedrock:InvokeModel', model('eu-south-2'), `${explicit('a service control policy')}: ${SCP}`),
    `Cause: a service control policy denies the destination Region eu-south-2 (source Region eu-west-2). ${EVERY_REGION}`],
  ['resource control policy, Deny', deny('bedrock:ApplyGuardrail', GUARDRAIL, explicit('a resource control policy')),
    `Cause: a resource control policy of the organization denies bedrock:ApplyGuardrail on ${GUARDRAIL}. Change it there; no grant in this account can.`],
  ['VPC endpoint policy', deny('bedrock:InvokeModel', model('eu-west-2'), none('VPC endpoint policy')),
    'Cause: the policy of the VPC endpoint does not allow the source Region eu-west-2. Allow bedrock:InvokeModel in the endpoint\'s policy, on the profile and on the model in each destination Region.'],
  ['VPC endpoint policy, Deny', deny('bedrock:InvokeModel', model('eu-west-2'), explicit('a VPC endpoint policy')), 'Cause: a VPC endpoint policy denies the source Region eu-west-2.'],
  ['resource-based policy', deny('kms:Decrypt', KEY, none('resource-based policy', 'kms:Decrypt')), `Cause: the resource policy of ${KEY} does not allow kms:Decrypt. Let it allow the function's role.`],
  ['resource-based policy, Deny', deny('bedrock:ApplyGuardrail', GUARDRAIL, explicit('a resource-based policy')), `Cause: the resource policy of ${GUARDRAIL} denies bedrock:ApplyGuardrail. Let it allow the function's role.`],
  ['role trust policy, Deny', deny('sts:AssumeRole', undefined, explicit('the role trust policy')),
    'Cause: the trust policy of the role denies sts:AssumeRole. Narrow that Deny, and let it trust the function\'s role, with the invoker\'s externalId if it has one.'],
  // The same forms, for other actions than to invoke the model.
  ['a guardrail', deny('bedrock:ApplyGuardrail', GUARDRAIL, none('identity-based policy', 'bedrock:ApplyGuardrail')),
    `Cause: no policy allows bedrock:ApplyGuardrail on ${GUARDRAIL}. Give the guardrail to the invoker's guardrail prop, which lets the role apply it.`],
  ['a guardrail profile', deny('bedrock:ApplyGuardrail', GUARDRAIL_PROFILE, none('identity-based policy', 'bedrock:ApplyGuardrail')),
    `Cause: no policy allows bedrock:ApplyGuardrail on ${GUARDRAIL_PROFILE}. Name ${GUARDRAIL_PROFILE} in the guardrailProfileArns of the invoker's guardrail; a guardrail profile has an ARN in each of its destination Regions.`],
  ['the guardrail\'s key', deny('kms:Decrypt', KEY, none('identity-based policy', 'kms:Decrypt')),
    `Cause: no policy allows kms:Decrypt on ${KEY}. Allow kms:Decrypt on the key to the function's role, in the role's policy or the key's; a guardrail under a customer managed key needs it.`],
  ['a project of bedrock-mantle', deny('bedrock-mantle:CreateInference', PROJECT, none('identity-based policy', 'bedrock-mantle:CreateInference')),
    `Cause: no policy allows bedrock-mantle:CreateInference on ${PROJECT}. Use an InRegionInference of that project as target, whose grants.invoke() allows it.`],
  ['a bearer token', deny('bedrock:CallWithBearerToken', '*', none('identity-based policy', 'bedrock:CallWithBearerToken')),
    'Cause: no policy allows bedrock:CallWithBearerToken. Calls with an API key need it; call with a role\'s credentials instead, or allow it to the principal of the key.'],
  ['a profile\'s description', deny('bedrock:GetInferenceProfile', `arn:aws:bedrock:eu-west-2:111122223333:inference-profile/${MODEL_ID}`, none('identity-based policy', 'bedrock:GetInferenceProfile')),
    `Cause: no policy allows bedrock:GetInferenceProfile on arn:aws:bedrock:eu-west-2:111122223333:inference-profile/${MODEL_ID}. ${INVOKE}`],
  ['an action unknown here', deny('s3:GetObject', 'arn:aws:s3:::b/k', none('identity-based policy', 's3:GetObject')), 'Cause: no policy allows s3:GetObject on arn:aws:s3:::b/k. Allow it to the function\'s role.'],
  // https://github.com/aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws/issues/124
  ['the Marketplace', `Model access is denied due to ${deny('aws-marketplace:ViewSubscriptions', '*', none('identity-based policy', 'aws-marketplace:ViewSubscriptions'))}. Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 15 minutes.`, SUBSCRIBE],
  ['a service control policy on the Marketplace', deny('aws-marketplace:Subscribe', '*', explicit('a service control policy')), `Cause: a service control policy denies aws-marketplace:Subscribe. ${MARKETPLACE_SCP}`],
  ['no service control policy for the Marketplace', deny('aws-marketplace:Subscribe', '*', none('service control policy', 'aws-marketplace:Subscribe')), `Cause: no service control policy allows aws-marketplace:Subscribe. ${MARKETPLACE_SCP}`],
  ['a service control policy on another action', deny('kms:Decrypt', KEY, explicit('a service control policy')), `Cause: a service control policy denies kms:Decrypt on ${KEY}. The organization must allow kms:Decrypt in this account.`],
])('a denial by IAM has its own remedy: %s', (_, message, advice) => {
  expect(error(403, 'AccessDeniedException', message)).toMatchObject({ name: 'AccessDeniedError', message: `AccessDeniedException: ${message} ${advice}` });
});

const RESTRICTED = 'Cause: AWS does not let this account call Bedrock models in eu-west-2, whatever its policies allow. Try the model in the Bedrock console\'s playground there; if that fails too, ask AWS Support to lift the restriction.';
const FORM = 'Cause: the account has not submitted Anthropic\'s use-case form. Submit it once, in the Bedrock console or with PutUseCaseForModelAccess, and try again.';

test.each([
  // https://github.com/Tracer-Cloud/opensre/pull/1811
  [403, 'AccessDeniedException', 'Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided. Your AWS Marketplace subscription for this model cannot be completed at this time.', 'AccessDeniedError',
    'Cause: the account has no payment method that AWS Marketplace accepts. Add a valid one in the Billing console, for an account of an organization in the management account, and try again after 15 minutes.'],
  // https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html#ts-mp-agreement-created
  [403, 'AccessDeniedException', 'Your account is not authorized to access this model. Your AWS Marketplace subscription for this model is still being processed.', 'AccessDeniedError',
    'Cause: the account\'s subscription to the model in AWS Marketplace is under way. Try again after 15 minutes.'],
  // https://github.com/aws-samples/anthropic-on-aws/issues/251
  [403, 'AccessDeniedException', 'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. Refer to the Amazon Bedrock documentation for further details. Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 2 minutes.', 'AccessDeniedError', SUBSCRIBE],
  // https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html#ts-ftu-form
  [404, 'ResourceNotFoundException', 'Model use case details have not been submitted for this account.', 'AccessDeniedError', FORM],
  // https://github.com/truefoundry/models/pull/934
  [404, 'ResourceNotFoundException', 'You have not filled out the required use-case form for this model. Complete the form at https://ap-southeast-4.console.aws.amazon.com/bedrock/ before requesting access.', 'AccessDeniedError', FORM],
  // https://github.com/aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws/issues/708
  [404, 'ResourceNotFoundException', 'This model version has reached the end of its life. Please refer to the AWS documentation for more details.', 'NotFoundError',
    `Cause: AWS has retired the model of ${MODEL_ID}. Deploy with a newer model card.`],
  // https://github.com/awslabs/llmeter/issues/35
  [404, 'ResourceNotFoundException', 'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 15 days. Please upgrade to an active model on Amazon Bedrock', 'NotFoundError',
    `Cause: the model of ${MODEL_ID} is in its legacy period, in which only accounts that call it regularly may go on. Deploy with a newer model card.`],
  // https://github.com/langchain-ai/langchain/issues/19215 and https://github.com/aws/aws-cli/issues/8717
  [400, 'ValidationException', 'Operation not allowed', 'AccessDeniedError', RESTRICTED],
  // https://github.com/aws-samples/amazon-bedrock-audio-summarizer/issues/3
  [400, 'ValidationException', 'Your account is not authorized to invoke this API operation.', 'AccessDeniedError', RESTRICTED],
  // https://github.com/aws-samples/amazon-bedrock-client-for-mac/issues/1
  [403, 'AccessDeniedException', 'Your account is not authorized to invoke this API operation.', 'AccessDeniedError', RESTRICTED],
])('%i %s "%s" has its own remedy', (status, code, message, name, advice) => {
  expect(error(status, code, message)).toMatchObject({ name, message: `${code}: ${message} ${advice}` });
});

test.each([
  'messages.0: Operation not allowed', 'messages.0: "with on-demand throughput isn\'t supported" is no image', 'tools.0: This model version has reached the end of its life.',
  'x: INVALID_PAYMENT_INSTRUMENT', 'x: INVALID_LOCATION', 'x: INTERNAL_SERVICE_ERROR', 'x: The guardrail identifier or version provided in the request does not exist.', `x: ${deny('kms:Decrypt', KEY, '')}`,
])('a 400 that quotes a known text is not taken for it: %s', (message) => {
  expect(error(400, 'ValidationException', message)).toMatchObject({ name: 'InvalidRequestError', message: `ValidationException: ${message}` });
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
  [403, { 'x-amzn-errortype': 'constructor' }, 'AccessDeniedError', 403],
])('HTTP %i %j is a %s', (status, headers, name, reported) => {
  const result = serviceError({ status, headers, body: '<html>proxy</html>' }, target, Date.now());
  expect(result).toMatchObject({ name, status: reported, retryable: status === 429 || status >= 500 });
  expect(result.message).toContain('<html>proxy</html>');
});

test('the Messages endpoint\'s own error body is read too, and Retry-After as seconds or as a date', () => {
  const now = Date.parse('2026-01-02T03:04:05Z');
  const body = JSON.stringify({ type: 'error', error: { type: 'rate_limit_error', message: 'Slow down.' } });
  const after = (value: string) => serviceError({ status: 429, headers: { 'retry-after': value, 'request-id': 'req_1' }, body }, target, now);
  expect(after('2')).toMatchObject({ name: 'RateLimitError', message: 'rate_limit_error: Slow down.', requestId: 'req_1', retryAfterMs: 2000 });
  expect(after('Fri, 02 Jan 2026 03:04:15 GMT').retryAfterMs).toBe(10_000);
  expect(after('soon').retryAfterMs).toBeUndefined();
});

const CLOCK = 'Cause: the function\'s clock is not the service\'s, or the request took more than five minutes to arrive.';
const COUNTRY = 'Cause: the model is not offered in the country that the account, or who calls, is in. Check the account\'s address and https://www.anthropic.com/supported-countries.';
const GUARDRAIL_GONE = 'Cause: the guardrail of this function, or its version, does not exist in eu-west-2. Name one that does in the invoker\'s guardrail prop.';
const NOT_COMPLETED = 'Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 2 minutes.';

/** https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html */
test.each([
  [400, 'ValidationException', 'The guardrail identifier or version provided in the request does not exist.', 'ConfigurationError', GUARDRAIL_GONE],
  [404, 'ResourceNotFoundException', 'The guardrail with id abcdefgh and version 1 was not found', 'ConfigurationError', GUARDRAIL_GONE],
  [400, 'NotAuthorized', 'You do not have permission to perform this action.', 'AccessDeniedError', undefined],
  [403, 'OptInRequired', 'The AWS access key ID needs a subscription for the service.', 'AccessDeniedError', undefined],
  [400, 'IncompleteSignature', 'The request signature does not conform to AWS standards.', 'AuthenticationError', undefined],
  [403, 'InvalidClientTokenId', 'The AWS access key ID provided does not exist in our records.', 'AuthenticationError', undefined],
  [400, 'ExpiredToken', 'The provided token has expired.', 'AuthenticationError', 'Cause: the credentials in the environment have expired; Lambda renews them with a new execution environment.'],
  [400, 'RequestExpired', 'The request is no longer valid due to expired timestamps.', 'AuthenticationError', CLOCK],
  [403, 'InvalidSignatureException', 'Signature expired: 20261127T100000Z is now earlier than 20261127T101000Z (20261127T101500Z - 5 min.)', 'AuthenticationError', CLOCK],
  [403, 'InvalidSignatureException', 'Signature not yet current: 20261127T120000Z is still later than 20261127T101000Z', 'AuthenticationError', CLOCK],
  [400, 'ValidationException', 'Access to Anthropic models is not allowed from unsupported countries, regions, or territories.', 'AccessDeniedError', COUNTRY],
  [403, 'AccessDeniedException', `Model access is denied due to INVALID_LOCATION:Restricted geo-location. ${NOT_COMPLETED}`, 'AccessDeniedError', COUNTRY],
  [400, 'ValidationException', 'Access to this model is not available for channel program accounts.', 'AccessDeniedError', 'Cause: the account belongs to a reseller\'s program. Ask the AWS Solution Provider or Distributor for the model.'],
  [403, 'AccessDeniedException', `Model access is denied due to INTERNAL_SERVICE_ERROR:Internal service error.. ${NOT_COMPLETED}`, 'AccessDeniedError',
    'Cause: AWS Marketplace itself failed to subscribe the account to the model. Try again after 15 minutes; if that fails too, ask AWS Support.'],
])('%i %s "%s" is the function\'s own failure, whatever its status', (status, code, message, name, advice) => {
  const result = serviceError({ status, headers: { 'x-amzn-errortype': code }, body: JSON.stringify({ message }) }, { ...target, options: { guardrail: {} } }, Date.now());
  expect(result).toMatchObject({ name, retryable: false, message: [`${code}: ${message}`, advice].filter(Boolean).join(' ') });
  expect(result.forCallers()).toMatchObject({ status: 500, type: 'api_error' });
});

test('a guardrail that a caller named, since the function has none, is the caller\'s own', () => {
  expect(error(400, 'ValidationException', 'The guardrail identifier or version provided in the request does not exist.')).toMatchObject({ name: 'InvalidRequestError', status: 400 });
});

/** As AWS's clients do: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
test.each([
  [400, 'ThrottlingException', 'RateLimitError', true], [400, 'Throttling', 'RateLimitError', true], [400, 'TooManyRequestsException', 'RateLimitError', true],
  [400, 'RequestTimeoutException', 'ModelTimeoutError', true], [408, 'RequestTimeoutException', 'ModelTimeoutError', true], [408, 'RequestTimeout', 'ModelTimeoutError', true],
  [408, 'ModelTimeoutException', 'ModelTimeoutError', false], [424, 'ModelErrorException', 'ModelError', false], [400, 'ServiceQuotaExceededException', 'RateLimitError', false],
])('a %i %s is a %s, repeated: %s', (status, code, name, retryable) => {
  expect(error(status, code, 'Why.')).toMatchObject({ name, retryable });
});
