import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { readConfig } from '../../../../src/handlers/invoke/config/config';
import { endpointUrl } from '../../../../src/handlers/invoke/config/endpoint';
import { ALL_REGIONS } from '../../../fixtures/documented-regions';
import { MODEL_ID, REGION, TestInvoker } from '../../../invoker/test-invoker';
import { BedrockStandIn, TEST_CREDENTIALS } from '../../../stand-ins/bedrock-runtime';

/** Where bedrock-runtime has a FIPS endpoint. */
const FIPS = ['us-east-1', 'us-east-2', 'us-west-2', 'ca-central-1', 'us-gov-east-1', 'us-gov-west-1'];
const OTHER_PARTITIONS = [
  'us-gov-east-1', 'us-gov-west-1', 'cn-north-1', 'cn-northwest-1', 'us-iso-east-1', 'us-iso-west-1', 'us-isob-east-1', 'us-isof-south-1', 'us-isof-east-1',
  'eu-isoe-west-1', 'eusc-de-east-1',
];
const REGIONS = [...new Set([...ALL_REGIONS, ...OTHER_PARTITIONS, 'xx-new-1'])];
const env = { MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: REGION };

const client = new BedrockRuntimeClient({ region: REGION });
afterAll(() => client.destroy());

test.each(REGIONS)('in %s every combination of FIPS and dual stack has the URL of the SDK, or is refused', (region) => {
  for (const fips of [false, true]) {
    for (const dualStack of [false, true]) {
      const ours = () => endpointUrl('bedrock-runtime', region, { AWS_USE_FIPS_ENDPOINT: String(fips), AWS_USE_DUALSTACK_ENDPOINT: String(dualStack) }).href;
      if (fips && !FIPS.includes(region)) {
        expect(ours).toThrow(expect.objectContaining({
          name: 'ConfigurationError',
          message: `AWS_USE_FIPS_ENDPOINT is true, but bedrock-runtime has no FIPS endpoint in ${region}; unset it, or call from one of ${FIPS.join(', ')}.`,
        }));
      } else {
        expect(ours()).toBe(client.config.endpointProvider({ Region: region, UseFIPS: fips, UseDualStack: dualStack }).url.href);
      }
    }
  }
});

test.each(['true', 'TRUE', 'True', 'tRuE'])('%s switches a setting on, as the SDKs of other languages take it', (on) => {
  expect(endpointUrl('bedrock-runtime', 'us-east-1', { AWS_USE_FIPS_ENDPOINT: on }).host).toBe('bedrock-runtime-fips.us-east-1.amazonaws.com');
  expect(endpointUrl('bedrock-runtime', 'us-east-1', { AWS_USE_DUALSTACK_ENDPOINT: on }).host).toBe('bedrock-runtime.us-east-1.api.aws');
});

test.each([undefined, '', 'false', 'FALSE'])('%p leaves a setting off', (off) => {
  expect(endpointUrl('bedrock-runtime', 'us-east-1', { AWS_USE_FIPS_ENDPOINT: off, AWS_USE_DUALSTACK_ENDPOINT: off }).host).toBe('bedrock-runtime.us-east-1.amazonaws.com');
});

test.each(['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'])('%s of another value is refused, not guessed', (name) => {
  expect(() => readConfig({ ...env, [name]: 'yes' })).toThrow(expect.objectContaining({ name: 'ConfigurationError', message: `${name} is "yes"; expected "true" or "false".` }));
});

test('bedrock-mantle has one endpoint in each Region: on a dual-stack name, and without FIPS', () => {
  expect(endpointUrl('bedrock-mantle', 'us-east-1', {}).href).toBe('https://bedrock-mantle.us-east-1.api.aws/');
  expect(endpointUrl('bedrock-mantle', 'us-east-1', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }).href).toBe('https://bedrock-mantle.us-east-1.api.aws/');
  expect(() => endpointUrl('bedrock-mantle', 'us-east-1', { AWS_USE_FIPS_ENDPOINT: 'true' })).toThrow(expect.objectContaining({
    name: 'ConfigurationError',
    message: 'AWS_USE_FIPS_ENDPOINT is true, but bedrock-mantle has no FIPS endpoint; unset it, or call the model through an inference profile.',
  }));
});

test.each([
  ['AWS_USE_FIPS_ENDPOINT', 'AWS_ENDPOINT_URL'],
  ['AWS_USE_DUALSTACK_ENDPOINT', 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME'],
])('%s and %s exclude one another, as in the SDK', async (setting, override) => {
  expect(() => readConfig({ ...env, [setting]: 'true', [override]: 'http://127.0.0.1:1' })).toThrow(expect.objectContaining({
    name: 'ConfigurationError', message: `${setting} is true and ${override} is set, which exclude one another, as in the AWS SDKs; unset one of them.`,
  }));
  const theirs = new BedrockRuntimeClient({
    region: REGION, credentials: TEST_CREDENTIALS, endpoint: 'http://127.0.0.1:1', useFipsEndpoint: setting.includes('FIPS'), useDualstackEndpoint: setting.includes('DUALSTACK'), maxAttempts: 1,
  });
  await expect(theirs.send(new InvokeModelCommand({ modelId: MODEL_ID, body: '{}' }))).rejects.toThrow(/and custom endpoint are not supported/);
  theirs.destroy();
});

test.each([
  'bedrock', 'localhost:8080', 'ftp://host', 'https://', 'https://host?x=1', 'https://host#part', '//host', 'file:///etc/passwd', 'https://ho st',
])('the endpoint URL %p is refused by the name of its variable', (url) => {
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME']) {
    expect(() => readConfig({ ...env, [name]: url })).toThrow(expect.objectContaining({
      name: 'ConfigurationError',
      message: `${name} is ${JSON.stringify(url)}; expected a URL that begins with "https://" or "http://" and has no query and no fragment.`,
    }));
  }
  expect(readConfig({ ...env, AWS_ENDPOINT_URL: url, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'TRUE' }).url.host).toBe('bedrock-runtime.eu-west-2.amazonaws.com');
});

test('a password in the endpoint URL is refused, and not shown', () => {
  expect(() => readConfig({ ...env, AWS_ENDPOINT_URL: 'https://me:secret@host' })).toThrow(expect.objectContaining({
    name: 'ConfigurationError', message: 'AWS_ENDPOINT_URL is a URL with a user name or a password; requests are signed instead. Leave it out.',
  }));
});

test.each(['eu west', 'EU-WEST-2', 'eu-west-2.evil.example/', 'x@y'])('the Region %p is refused, since it would be part of a host name', (region) => {
  expect(() => readConfig({ ...env, MODEL_REGION: region })).toThrow(expect.objectContaining({
    name: 'ConfigurationError', message: `MODEL_REGION is ${JSON.stringify(region)}; expected the name of a Region, such as "eu-west-1".`,
  }));
});

/** What the SDK's own client would send to that endpoint. */
async function pathOfSdk(endpoint: string): Promise<string> {
  let path = '';
  const handle = async (request: { path: string }) => {
    path = request.path;
    throw new Error('caught');
  };
  const requestHandler = { metadata: { handlerProtocol: 'http/1.1' }, handle } as never;
  const theirs = new BedrockRuntimeClient({ region: REGION, credentials: TEST_CREDENTIALS, endpoint, requestHandler, maxAttempts: 1 });
  await expect(theirs.send(new InvokeModelCommand({ modelId: MODEL_ID, body: '{}' }))).rejects.toThrow('caught');
  theirs.destroy();
  return path;
}

test.each(['', '/', '/aws/bedrock', '/aws/bedrock/', '//a//b', '/a b/ü', '/a%20b/(c)'])('the path %p of an endpoint URL is part of each request as the SDK sends it', async (prefix) => {
  // It knows no such path; that signatures hold for one is the signer's own test.
  const standIn = await BedrockStandIn.start({ region: REGION });
  const url = standIn.url + prefix;
  const invoker = TestInvoker.create({ url });
  await invoker.invoke(() => ({ prompt: 'Hello' }), { source: 'direct', deadline: Date.now() + 10_000 }).catch(() => undefined);
  invoker.close();
  await standIn.stop();
  // The SDK of today doubles the slash; both sign a single one.
  expect(standIn.calls.map(({ path }) => path)).toEqual([(await pathOfSdk(url)).replace('bedrock//', 'bedrock/')]);
});
