import { S3Client } from '@aws-sdk/client-s3';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import * as fc from 'fast-check';
import type { SystemSource } from '../../../../src/contract/invoker-options';
import * as endpoints from '../../../../src/handlers/invoke/config/endpoint';
import { Signer } from '../../../../src/handlers/invoke/http/signer';
import { objectRequest, parameterRequest } from '../../../../src/handlers/invoke/prompt/prompt-request';
import { ALL_REGIONS } from '../../../fixtures/documented-regions';
import { TEST_CREDENTIALS } from '../../../stand-ins/bedrock-runtime';
import '../../../property-seed';

type ObjectSource = Extract<SystemSource, { bucket: string }>;
const SETTINGS = [[false, false], [true, false], [false, true], [true, true]];
const REGIONS = [...new Set([...ALL_REGIONS, 'us-gov-west-1', 'cn-north-1', 'eusc-de-east-1'])];
const client = new S3Client({ region: 'us-east-1' });
afterAll(() => client.destroy());

const env = (fips: boolean, dualStack: boolean, AWS_REGION = 'eu-west-2') =>
  ({ AWS_REGION, AWS_USE_FIPS_ENDPOINT: String(fips), AWS_USE_DUALSTACK_ENDPOINT: String(dualStack) });
/** Where a request goes. */
const sent = ({ url, request }: ReturnType<typeof objectRequest>) => `${url.origin}${request.path}`;
const object = (source: Partial<ObjectSource>, variables: Record<string, string> = env(false, false)) =>
  objectRequest({ bucket: 'prompts', key: 'a.txt', ...source }, variables, endpoints);

test.each(REGIONS)('in %s each combination of FIPS and dual stack reads a bucket at the endpoint of the SDK', (region) => {
  for (const [fips, dualStack] of SETTINGS) {
    for (const bucket of ['prompts', 'prompts.example.com']) {
      // There is no dual-stack FIPS endpoint in China, and the SDK says so.
      const theirs = () => client.config.endpointProvider({ Region: region, UseFIPS: fips, UseDualStack: dualStack, Bucket: bucket }).url.href.replace(/\/$/, '');
      if (fips && region.startsWith('cn-')) expect(theirs).toThrow();
      else expect(sent(object({ bucket }, env(fips, dualStack, region)))).toBe(`${theirs()}/a.txt`);
    }
  }
});

test('a bucket of another Region is read there', () => {
  const { url, scope } = object({ region: 'us-west-2' });
  expect([url.host, scope.region]).toEqual(['prompts.s3.us-west-2.amazonaws.com', 'us-west-2']);
});

test.each([
  [{ AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' }, 'http://127.0.0.1:9000/prompts/a.txt'],
  [{ AWS_ENDPOINT_URL: 'https://gateway.internal/s3/' }, 'https://gateway.internal/s3/prompts/a.txt'],
  [{ AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, 'https://prompts.s3.eu-west-2.amazonaws.com/a.txt'],
])('%j reads from %s', (variables, url) => {
  expect(sent(object({}, { AWS_REGION: 'eu-west-2', ...variables } as Record<string, string>))).toBe(url);
});

test('an endpoint of one\'s own and FIPS exclude one another', () => {
  expect(() => object({}, { ...env(true, false), AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' })).toThrow(
    'AWS_USE_FIPS_ENDPOINT is true and AWS_ENDPOINT_URL_S3 is set, which exclude one another, as in the AWS SDKs; unset one of them.');
});

// https://docs.aws.amazon.com/general/latest/gr/ssm.html
test.each([
  ['eu-west-2', false, false, 'https://ssm.eu-west-2.amazonaws.com'],
  ['us-east-1', true, false, 'https://ssm-fips.us-east-1.amazonaws.com'],
  ['us-east-1', false, true, 'https://ssm.us-east-1.api.aws'],
  ['us-east-1', true, true, 'https://ssm-fips.us-east-1.api.aws'],
  ['us-gov-west-1', true, false, 'https://ssm.us-gov-west-1.amazonaws.com'],
  ['cn-north-1', false, false, 'https://ssm.cn-north-1.amazonaws.com.cn'],
])('in %s, with FIPS %p and dual stack %p, a parameter is read at %s', (region, fips, dualStack, url) => {
  expect(parameterRequest('p', env(fips, dualStack, region), endpoints).url.origin).toBe(url);
});

test('a parameter is asked for as the API wants it', () => {
  expect(parameterRequest('/a/b:live', { AWS_REGION: 'eu-west-2', AWS_ENDPOINT_URL_SSM: 'https://x.internal/ssm' }, endpoints)).toMatchObject({
    scope: { host: 'x.internal', region: 'eu-west-2', service: 'ssm' },
    request: {
      path: '/ssm/', headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' }, body: '{"Name":"/a/b:live","WithDecryption":true}',
    },
  });
});

test('any key and version is signed byte for byte as @smithy/signature-v4 signs it for S3', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'abXY09-._~:/()!*\'+=&?#% ü日'), minLength: 1, maxLength: 40 });
  await fc.assert(fc.asyncProperty(text, fc.option(text, { nil: undefined }), async (key, versionId) => {
    const now = new Date('2026-01-02T03:04:05Z');
    const { scope, request } = object({ key, versionId });
    const [path, query] = request.path.split('?');
    expect(decodeURIComponent(path)).toBe(`/${key}`);
    expect(new URLSearchParams(query).get('versionId') ?? undefined).toBe(versionId);
    const signer = new SignatureV4({ service: 's3', region: scope.region, credentials: TEST_CREDENTIALS, sha256: Hash.bind(null, 'sha256'), uriEscapePath: false });
    const theirs = await signer.sign({
      method: 'GET', protocol: 'https:', hostname: scope.host, path, query: versionId === undefined ? {} : { versionId }, headers: { host: scope.host }, body: '',
    }, { signingDate: now });
    expect(new Signer(scope).sign(request, TEST_CREDENTIALS, now)).toEqual(theirs.headers);
  }), { numRuns: 500 });
});
