import { STSClient } from '@aws-sdk/client-sts';
import { readConfig } from '../../../../src/handlers/invoke/config/config';
import { readCredentials } from '../../../../src/handlers/invoke/config/credentials';
import { serviceUrl } from '../../../../src/handlers/invoke/config/endpoint';
import { InvokerError } from '../../../../src/handlers/invoke/failures/errors';
import { RoleSession } from '../../../../src/handlers/invoke/http/role-session';
import { Signer } from '../../../../src/handlers/invoke/http/signer';
import { Transport } from '../../../../src/handlers/invoke/http/transport';
import { ALL_REGIONS } from '../../../fixtures/documented-regions';
import { MODEL_ID, REGION } from '../../../invoker/test-invoker';
import { credentialEnvironment, EXPIRED_CREDENTIALS } from '../../../stand-ins/bedrock-runtime';
import { ROLE, StsStandIn } from '../../../stand-ins/sts';
import { serviceError } from '../service-error';

let sts: StsStandIn;
beforeEach(async () => { sts = await StsStandIn.start(); });
afterEach(async () => sts.stop());

/** A session by a clock that the test sets. */
function sessionWith(more: Record<string, string | undefined> = {}, UsedTransport = Transport) {
  const env = {
    ...credentialEnvironment(),
    MODEL_ID,
    MODEL_ENDPOINT: 'bedrock-runtime',
    MODEL_REGION: 'us-east-1',
    AWS_REGION: REGION,
    AWS_LAMBDA_FUNCTION_NAME: 'summaries',
    ASSUMED_ROLE_ARN: ROLE,
    AWS_ENDPOINT_URL_STS: sts.url,
    ...more,
  };
  const config = readConfig(env);
  const clock = { time: Date.now(), now: () => clock.time };
  const session = new RoleSession({
    env,
    modelRegion: config.region,
    clock,
    serviceUrl,
    Transport: UsedTransport,
    Signer,
    InvokerError,
    ownCredentials: () => readCredentials(env),
    refused: async (reply) => serviceError(reply, config, clock.now()),
  });
  return { session, clock, get: async () => session.credentials(5000) };
}

const fails = async (get: () => Promise<unknown>): Promise<InvokerError> => get().then(() => { throw new Error('Nothing was thrown.'); }, (error) => error as InvokerError);
const MINUTE = 60_000;

test('the role is assumed in the function\'s Region, under the function\'s name', async () => {
  expect(await sessionWith().get()).toEqual(sts.sessions[0]);
  expect(sts.asked).toEqual([{ Action: 'AssumeRole', Version: '2011-06-15', RoleArn: ROLE, RoleSessionName: 'summaries' }]);
});

test('an external ID goes along, and a name of one letter is made long enough', async () => {
  sts.externalId = 'team+1/=a';
  await sessionWith({ ASSUMED_ROLE_EXTERNAL_ID: 'team+1/=a', AWS_LAMBDA_FUNCTION_NAME: 'f' }).get();
  expect(sts.asked).toEqual([expect.objectContaining({ ExternalId: 'team+1/=a', RoleSessionName: 'f-' })]);
});

test('credentials are kept until five minutes before they expire', async () => {
  const { get, clock } = sessionWith();
  await get();
  clock.time += 54 * MINUTE;
  expect(await get()).toEqual(sts.sessions[0]);
  clock.time += MINUTE;
  // The session's time is by the clock of AWS STS, which has seconds only.
  clock.time += 2000;
  sts.clockOffsetMs = 55 * MINUTE;
  expect(await get()).toEqual(sts.sessions[1]);
  expect(sts.asked).toHaveLength(2);
});

test('whoever asks at once gets the same, by one request, at first and at renewal', async () => {
  sts.delayMs = 30;
  const { get, clock } = sessionWith();
  expect(new Set(await Promise.all(Array.from({ length: 20 }, get))).size).toBe(1);
  clock.time += 57 * MINUTE;
  sts.clockOffsetMs = 57 * MINUTE;
  expect(new Set(await Promise.all(Array.from({ length: 20 }, get))).size).toBe(1);
  expect(sts.asked).toHaveLength(2);
});

test('while the old ones live a failed renewal is no failure, and is repeated half a minute later', async () => {
  const { get, clock } = sessionWith();
  await get();
  sts.faults.push({ status: 500, code: 'InternalFailure' });
  clock.time += 56 * MINUTE;
  sts.clockOffsetMs = 56 * MINUTE;
  expect(await get()).toEqual(sts.sessions[0]);
  clock.time += 29_000;
  expect(await get()).toEqual(sts.sessions[0]);
  expect(sts.asked).toHaveLength(2);
  clock.time += 2000;
  expect(await get()).toEqual(sts.sessions[1]);
});

test('a renewal that fails after they have expired is a failure', async () => {
  const { get, clock } = sessionWith();
  await get();
  sts.faults.push({ status: 500, code: 'InternalFailure', message: 'Sorry.' });
  clock.time += 61 * MINUTE;
  sts.clockOffsetMs = 61 * MINUTE;
  expect((await fails(get)).message).toBe(`sts:AssumeRole on ${ROLE}: InternalFailure: Sorry.`);
  expect(await get()).toEqual(sts.sessions[1]);
});

test.each([-4, 4])('a clock that is %i minutes off changes nothing of their life', async (minutes) => {
  sts.clockOffsetMs = minutes * MINUTE;
  const { get, clock } = sessionWith();
  await get();
  clock.time += 54 * MINUTE - 2000;
  expect(await get()).toEqual(sts.sessions[0]);
  clock.time += MINUTE + 4000;
  sts.clockOffsetMs += 55 * MINUTE;
  expect(await get()).toEqual(sts.sessions[1]);
});

const denied = (why = '') => `User: arn:aws:sts::111122223333:assumed-role/f/f is not authorized to perform: sts:AssumeRole${why}`;
const ON = ` on resource: ${ROLE}`;

test.each([
  ['no half is named', denied(ON), `Cause: a half is missing, and IAM does not say which. The policy of the function's role must allow sts:AssumeRole on ${ROLE}; `
    + 'the trust policy of that role must trust the function\'s role, with the invoker\'s externalId if it has one.'],
  ['the identity policy', denied(`${ON} because no identity-based policy allows the sts:AssumeRole action`),
    `Cause: no policy of the function's role allows sts:AssumeRole on ${ROLE}. Allow it there, as the invoker's assumedRole prop does.`],
  ['the trust policy', denied(' because no role trust policy allows the sts:AssumeRole action'),
    'Cause: the trust policy of the role does not allow sts:AssumeRole. Let it trust the function\'s role, with the invoker\'s externalId if it has one.'],
  ['a Deny of the trust policy', denied(`${ON} with an explicit deny in the role trust policy`),
    `Cause: the trust policy of ${ROLE} denies sts:AssumeRole. Narrow that Deny, and let it trust the function's role, with the invoker's externalId if it has one.`],
  ['the organization', denied(`${ON} with an explicit deny in a service control policy`),
    `Cause: a service control policy denies sts:AssumeRole on ${ROLE}. The organization must allow sts:AssumeRole in this account.`],
])('a refusal says what is missing, and callers do not read it: %s', async (_, message, cause) => {
  sts.faults.push({ message });
  const error = await fails(sessionWith().get);
  expect(error).toMatchObject({ name: 'AccessDeniedError', retryable: false, requestId: 'request-1' });
  expect(error.message).toBe(`sts:AssumeRole on ${ROLE}: AccessDenied: ${message} ${cause}`);
  expect(error.forCallers()).toEqual({ status: 500, type: 'api_error', message: 'The function could not get the model\'s answer. Its log says why.' });
});

test.each([
  [{ status: 400, code: 'Throttling', message: 'Rate exceeded' }, { name: 'RateLimitError', retryable: true }, 429],
  [{ status: 503, code: 'ServiceUnavailable', message: 'x' }, { name: 'OverloadedError', retryable: true }, 529],
  [{ status: 500, code: 'InternalFailure', message: 'x' }, { name: 'InternalServerError', retryable: true }, 500],
  [{ status: 400, code: 'ValidationError', message: 'x' }, { name: 'ConfigurationError', retryable: false }, 500],
  [{ status: 403, code: 'RegionDisabledException', message: 'STS is not activated in this region' }, { name: 'AccessDeniedError', retryable: false }, 500],
  [{ status: 403, code: 'InvalidClientTokenId', message: 'x' }, { name: 'AuthenticationError', retryable: false }, 500],
  [{ status: 404, body: '<html>Not here</html>' }, { name: 'ConfigurationError', retryable: false }, 500],
  [{ status: 502, body: 'Bad Gateway' }, { name: 'InternalServerError', retryable: true }, 500],
  [{ status: 200, body: '<html>Sign in</html>' }, { name: 'InvalidResponseError', retryable: false }, 500],
  [{ silence: 'reset' as const }, { name: 'ConnectionError', retryable: true }, 500],
])('%j has a name that says whether to repeat it', async (fault, expected, status) => {
  sts.faults.push(fault);
  const error = await fails(sessionWith().get);
  expect(error).toMatchObject(expected);
  const told = error.forCallers();
  expect(told.status).toBe(status);
  expect(JSON.stringify(told)).not.toMatch(/sts|role|arn/i);
});

test('a service that does not answer is a failed connection, not a slow model', async () => {
  sts.faults.push({ silence: 'hang' });
  const { session } = sessionWith();
  const error = await fails(async () => session.credentials(50));
  expect(error).toMatchObject({ name: 'ConnectionError', retryable: true });
  expect(error.message).toBe(`sts:AssumeRole on ${ROLE}: ${new URL(sts.url).host} did not answer within 50 ms.`);
});

test('a clock that is too far off is said', async () => {
  sts.clockOffsetMs = 10 * MINUTE;
  expect((await fails(sessionWith().get)).message).toMatch(/ Cause: the function's clock is (599|600) s behind the service's\.$/);
});

test('credentials of the function that AWS does not know are said', async () => {
  expect((await fails(sessionWith(credentialEnvironment(EXPIRED_CREDENTIALS)).get)).name).toBe('AuthenticationError');
});

test.each(['', 'role', 'arn:aws:sts::111122223333:assumed-role/a/b', 'arn:aws:iam::1:role/a'])('%j is no role to assume', (ASSUMED_ROLE_ARN) => {
  expect(() => sessionWith({ ASSUMED_ROLE_ARN })).toThrow(expect.objectContaining({
    name: 'ConfigurationError',
    message: `ASSUMED_ROLE_ARN is ${JSON.stringify(ASSUMED_ROLE_ARN)}; expected the ARN of a role, such as "arn:aws:iam::111122223333:role/model-access".`,
  }));
});

const client = new STSClient({ region: REGION });
afterAll(() => client.destroy());
const FIPS = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'us-gov-east-1', 'us-gov-west-1'];

const REGIONS = [...new Set([...ALL_REGIONS, ...FIPS, 'cn-north-1', 'eusc-de-east-1'])];

test.each(REGIONS)('in %s AWS STS has the URL of the SDK', (region) => {
  for (const fips of [false, true]) {
    for (const dualStack of [false, true]) {
      const urls: string[] = [];
      class Recorded extends Transport {
        constructor(url: URL) {
          super(url);
          urls.push(url.href);
        }
      }
      // The endpoint of the model is one without FIPS wherever that is: its own test has the others.
      const flags = { AWS_USE_DUALSTACK_ENDPOINT: String(dualStack), AWS_USE_FIPS_ENDPOINT: String(fips) };
      const env = { AWS_REGION: region, AWS_ENDPOINT_URL_STS: undefined, ...flags };
      const open = () => sessionWith(env, Recorded);
      if (fips && !FIPS.includes(region)) {
        expect(open).toThrow(`AWS_USE_FIPS_ENDPOINT is true, but AWS STS, which assumes the role, has no FIPS endpoint in ${region}; `
          + `unset it, or run the function in one of ${FIPS.join(', ')}.`);
        continue;
      }
      open();
      // In GovCloud the one endpoint has both names of the SDK.
      if (fips && dualStack && region.startsWith('us-gov-')) expect(urls).toEqual([`https://sts.${region}.api.aws/`]);
      else expect(urls).toEqual([client.config.endpointProvider({ Region: region, UseFIPS: fips, UseDualStack: dualStack }).url.href]);
    }
  }
});
