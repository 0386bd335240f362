import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SystemSource } from '../../../../src/contract/invoker-options';
import { readCredentials } from '../../../../src/handlers/invoke/config/credentials';
import * as endpoints from '../../../../src/handlers/invoke/config/endpoint';
import { InvokerError } from '../../../../src/handlers/invoke/failures/errors';
import type { Clock } from '../../../../src/handlers/invoke/http/clock';
import { withRetries } from '../../../../src/handlers/invoke/http/retry';
import { Signer } from '../../../../src/handlers/invoke/http/signer';
import { Transport } from '../../../../src/handlers/invoke/http/transport';
import { SystemPrompt } from '../../../../src/handlers/invoke/prompt/system-prompt';
import { TestClock } from '../../../invoker/test-invoker';
import { credentialEnvironment, TEST_CREDENTIALS } from '../../../stand-ins/bedrock-runtime';
import { PromptStores } from '../../../stand-ins/prompt-stores';

const REGION = 'eu-west-2';
const OBJECT: SystemSource = { bucket: 'prompts', key: 'a b/ü.txt' };
const PARAMETER: SystemSource = { parameter: '/team/prompt:live' };
const ROOT = mkdtempSync(join(tmpdir(), 'haiku-prompt-'));
afterAll(() => rmSync(ROOT, { recursive: true }));

let stores: PromptStores;
beforeEach(async () => { stores = await PromptStores.start(REGION); });
afterEach(() => stores.stop());

function promptOf(source: SystemSource, variables: Record<string, string> = {}, clock: Clock = new TestClock()): SystemPrompt {
  const env = { AWS_REGION: REGION, LAMBDA_TASK_ROOT: ROOT, ...credentialEnvironment(), ...stores.environment, ...variables };
  return new SystemPrompt(source, { env, clock, readCredentials, withRetries, ...endpoints, InvokerError, Signer, Transport });
}

/** What a call gets that has a minute left. */
async function outcome(prompt: SystemPrompt): Promise<unknown> {
  return prompt.text(Date.now() + 60_000).catch(({ name, message, retryable }: InvokerError) => ({ name, message, retryable }));
}

const failure = (where: string, why: string, retryable = false) => ({ name: 'ConfigurationError', message: `The system prompt could not be read from ${where}. ${why}`, retryable });
const S3 = 's3://prompts/a b/ü.txt';
const SSM = 'the parameter "/team/prompt:live"';

describe('an object in S3', () => {
  test('is read once for many calls, from the init on, with its odd key', async () => {
    stores.objects.set('prompts/a b/ü.txt', 'Be brief: ü.');
    const prompt = promptOf(OBJECT);
    expect(await Promise.all([outcome(prompt), outcome(prompt)])).toEqual(['Be brief: ü.', 'Be brief: ü.']);
    stores.objects.clear();
    expect(await outcome(prompt)).toBe('Be brief: ü.');
    expect(stores.reads).toEqual(['prompts/a b/ü.txt']);
  });

  test('is read in the version that is named', async () => {
    stores.objects.set('prompts/x?versionId=3%2FL4', 'The third.');
    expect(await outcome(promptOf({ bucket: 'prompts', key: 'x', versionId: '3/L4' }))).toBe('The third.');
  });

  test('loses a byte order mark', async () => {
    stores.objects.set('prompts/a b/ü.txt', '\uFEFFBe brief.');
    expect(await outcome(promptOf(OBJECT))).toBe('Be brief.');
  });

  test.each<[string, string | Buffer, string]>([
    ['blank', ' \n', 'It holds no text. Write the prompt there.'],
    ['Latin-1', Buffer.from('für', 'latin1'), 'It is not text in UTF-8. Save it as UTF-8, and not compressed.'],
    ['longer than a request', 'x'.repeat(25_000_001), 'It is longer than 25000000 bytes, which is all that Bedrock takes in a request. Shorten it.'],
  ])('that is %s fails', async (_, content, why) => {
    stores.objects.set('prompts/a b/ü.txt', content);
    expect(await outcome(promptOf(OBJECT))).toEqual(failure(S3, why));
  });

  test('that does not exist is asked for once by the init and once by each call, until it is there', async () => {
    const prompt = promptOf(OBJECT);
    const missing = failure(S3, 'NoSuchKey: The specified key does not exist. Put the object there, or name another one in SystemPromptSource.fromBucket(...).');
    expect(await Promise.all([outcome(prompt), outcome(prompt)])).toEqual([missing, missing]);
    expect(stores.reads).toHaveLength(2);
    stores.objects.set('prompts/a b/ü.txt', 'Here.');
    expect([await outcome(prompt), await outcome(prompt), stores.reads.length]).toEqual(['Here.', 'Here.', 3]);
  });

  test.each([
    ['AccessDenied', 403, 'Access Denied', {}, 'The function\'s role must be allowed to read it, by its own policy, by that of a VPC endpoint and, in another account, by that of the bucket. '
      + 'S3 says the same where there is no such object.'],
    ['AccessDenied', 403, 'User is not authorized to perform: kms:Decrypt', {}, 'The function\'s role must be allowed kms:Decrypt on the key that encrypts it: '
      + 'name the key where the bucket or the parameter is imported, and let the key\'s policy allow it too.'],
    ['PermanentRedirect', 301, 'The bucket must be addressed elsewhere.', { 'x-amz-bucket-region': 'us-west-2' },
      'The bucket is in us-west-2: import it with Bucket.fromBucketAttributes(...), and say so with region.'],
    ['AuthorizationHeaderMalformed', 400, 'The region is wrong', { 'x-amz-bucket-region': 'us-west-2' },
      'The bucket is in us-west-2: import it with Bucket.fromBucketAttributes(...), and say so with region.'],
    ['NoSuchBucket', 404, 'The specified bucket does not exist', {}, 'Put the object there, or name another one in SystemPromptSource.fromBucket(...).'],
    ['ExpiredToken', 400, 'The provided token has expired.', {}, ''],
  ])('%s (%i): %s', async (code, status, message, headers, advice) => {
    const fault = { status, headers, body: `<Error><Code>${code}</Code><Message>${message}</Message></Error>` };
    stores.faults.push(fault, fault);
    expect(await outcome(promptOf(OBJECT))).toEqual(failure(S3, `${code}: ${message} ${advice}`.trim()));
  });

  test('a proxy\'s page is an error too', async () => {
    stores.faults.push({ status: 407, body: '<html>No.</html>' }, { status: 407, body: '' });
    expect(await outcome(promptOf(OBJECT))).toEqual(failure(S3, 'HTTP 407: no message'));
  });

  test('what passes is tried again, three times a read', async () => {
    stores.objects.set('prompts/a b/ü.txt', 'Here.');
    stores.faults.push({ status: 503, body: '<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>' }, { status: 500 });
    const clock = new TestClock();
    expect(await outcome(promptOf(OBJECT, {}, clock))).toBe('Here.');
    expect(clock.waits).toEqual([100, 200]);
    stores.faults.push(...Array.from({ length: 6 }, () => ({ status: 503, body: '' })));
    expect(await outcome(promptOf(OBJECT))).toEqual(failure(S3, 'HTTP 503: no message', true));
  });

  test('a signature that does not fit is said', async () => {
    expect(await outcome(promptOf(OBJECT, { AWS_SECRET_ACCESS_KEY: 'other' }))).toMatchObject({ message: expect.stringMatching(/InvalidSignatureException: The request signature we calculated/) });
    expect(TEST_CREDENTIALS.secretAccessKey).not.toBe('other');
  });

  test('a store that is silent does not take more than the time of the call', async () => {
    stores.faults.push({ silent: true });
    const error = await promptOf(OBJECT, {}).text(new TestClock().now() + 200).catch((thrown: Error) => thrown);
    expect(error).toMatchObject(failure(S3, 'No answer came within the function\'s timeout. In a VPC the function needs a NAT gateway or a VPC endpoint for the service.', true));
  });

  test('a store that cannot be reached is a failure of the deployment', async () => {
    const { url } = stores;
    const refused = await outcome(promptOf(OBJECT, { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' }));
    expect(refused).toEqual(failure(S3, 'The connection to 127.0.0.1:1 failed: connect ECONNREFUSED 127.0.0.1:1.', true));
    expect(await outcome(promptOf(OBJECT, { AWS_ENDPOINT_URL_S3: 'no URL' }))).toEqual({
      name: 'ConfigurationError', retryable: false, message: 'AWS_ENDPOINT_URL_S3 is "no URL"; expected a URL that begins with "https://" or "http://" and has no query and no fragment.',
    });
    expect(url).toMatch(/^http:/);
  });
});

describe('a parameter', () => {
  test('is read once, by its name and label, decrypted', async () => {
    stores.parameters.set('/team/prompt:live', 'Be "brief".\n');
    const prompt = promptOf(PARAMETER);
    expect([await outcome(prompt), await outcome(prompt), stores.reads]).toEqual(['Be "brief".\n', 'Be "brief".\n', ['/team/prompt:live']]);
  });

  test.each([
    ['{"__type":"ParameterNotFound"}', 400,
      'ParameterNotFound: no message Create the parameter in the function\'s account and Region, or name another one in SystemPromptSource.fromParameter(...).'],
    ['{"__type":"com.amazonaws.ssm#ParameterVersionNotFound","message":"Systems Manager could not find version 9."}', 400,
      'ParameterVersionNotFound: Systems Manager could not find version 9. Create the parameter in the function\'s account and Region, or name another one in SystemPromptSource.fromParameter(...).'],
    ['{"__type":"AccessDeniedException","Message":"User: x is not authorized to perform: ssm:GetParameter"}', 400,
      'AccessDeniedException: User: x is not authorized to perform: ssm:GetParameter The function\'s role must be allowed to read it, by its own policy, by that of a VPC endpoint and, '
      + 'in another account, by that of the bucket. S3 says the same where there is no such object.'],
    ['{"__type":"AccessDeniedException","message":"The ciphertext refers to a customer master key that does not exist"}', 400,
      'AccessDeniedException: The ciphertext refers to a customer master key that does not exist The function\'s role must be allowed kms:Decrypt on the key that encrypts it: '
      + 'name the key where the bucket or the parameter is imported, and let the key\'s policy allow it too.'],
    ['{"__type":"InvalidKeyId","message":"k is disabled."}', 400,
      'InvalidKeyId: k is disabled. The key that encrypts it must be enabled, and the function\'s role must be allowed kms:Decrypt on it.'],
  ])('%s', async (body, status, why) => {
    stores.faults.push({ status, body }, { status, body });
    expect(await outcome(promptOf(PARAMETER))).toEqual(failure(SSM, why));
  });

  test('a 400 that throttles is tried again', async () => {
    stores.parameters.set('/team/prompt:live', 'Here.');
    stores.faults.push({ status: 400, body: '{"__type":"ThrottlingException","message":"Rate exceeded"}' });
    expect(await outcome(promptOf(PARAMETER))).toBe('Here.');
  });

  test('an answer that holds no parameter is said', async () => {
    stores.faults.push({ body: '{}' }, { body: '{}' });
    expect(await outcome(promptOf(PARAMETER))).toEqual(failure(SSM, 'It holds no text. Write the prompt there.'));
    stores.faults.push({ body: 'secret page' }, { body: 'secret page' });
    expect(await outcome(promptOf(PARAMETER))).toEqual(failure(SSM, 'The answer is not one of Parameter Store.'));
  });
});

describe('a file beside the handler', () => {
  test('is read', async () => {
    writeFileSync(join(ROOT, 'system-prompt.txt'), 'Be brief.');
    expect(await outcome(promptOf({ file: 'system-prompt.txt' }))).toBe('Be brief.');
  });

  test('that is missing is said', async () => {
    expect(await outcome(promptOf({ file: 'other.txt' }))).toEqual(failure('the file other.txt', 'It is not beside the handler (ENOENT). Deploy the function with the code that HaikuInvoker gives it.'));
  });
});
