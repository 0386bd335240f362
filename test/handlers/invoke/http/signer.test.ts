import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import * as fc from 'fast-check';
import { readConfig } from '../../../../src/handlers/invoke/config/config';
import { readCredentials } from '../../../../src/handlers/invoke/config/credentials';
import { createSigner, Signer } from '../../../../src/handlers/invoke/http/signer';
import { MODEL_ID } from '../../../invoker/test-invoker';
import '../../../property-seed';

/** What the library signs with: Node's own SHA-256. */
class Sha256 {
  private readonly hash;
  constructor(secret?: unknown) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Buffer);
  }
  update(data: Uint8Array) { this.hash.update(data); }
  async digest() { return this.hash.digest(); }
  reset() {}
}

const visible = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~:/()!* \t'), maxLength: 30 });
/** Any segment but "." and "..", which no model is called and which URLs resolve away. */
const identifier = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._:/%()!*\'ü '), minLength: 1, maxLength: 60 }).filter((id) => !/^\.{1,2}$/.test(id));
/** The path of an endpoint's URL. */
const prefix = fc.constantFrom('', '/aws/bedrock', '//a//b', '/a%20b/(c)');
const secret = fc.string({ minLength: 1, maxLength: 50 });
const calls = fc.record({
  path: fc.tuple(prefix, identifier).map(([before, id]) => `${before}/model/${encodeURIComponent(id)}/invoke`),
  headers: fc.dictionary(fc.constantFrom('accept', 'content-type', 'x-amzn-bedrock-service-tier', 'x-amzn-bedrock-request-metadata', 'anthropic-version'), visible),
  body: fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
  credentials: fc.record({ accessKeyId: fc.string({ unit: fc.constantFrom(...'AKID0129'), minLength: 4 }), secretAccessKey: secret, sessionToken: secret.filter((token) => /^[\x21-\x7e]+$/.test(token)) }, { requiredKeys: ['accessKeyId', 'secretAccessKey'] }),
  region: fc.constantFrom('eu-west-2', 'us-east-1', 'ap-southeast-4'),
  service: fc.constantFrom('bedrock', 'bedrock-mantle'),
  now: fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
});

test('every generated request is signed byte for byte as @smithy/signature-v4 signs it', async () => {
  await fc.assert(fc.asyncProperty(calls, async ({ path, headers, body, credentials, region, service, now }) => {
    const host = `${service}.${region}.example.com`;
    const theirs = await new SignatureV4({ service, region, credentials, sha256: Sha256 as never }).sign(
      { method: 'POST', protocol: 'https:', hostname: host, path, query: {}, headers: { ...headers, host }, body }, { signingDate: now });
    expect(new Signer({ host, region, service }).sign({ path, headers, body }, credentials, now)).toEqual(theirs.headers);
  }), { numRuns: 1000 });
});

test('credentials that Lambda renewed sign the next call, and another day derives another key', async () => {
  const env: Record<string, string> = { MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: 'eu-west-2', AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 's' };
  const sign = createSigner(readConfig(env), () => readCredentials(env));
  const request = { path: '/model/x/invoke', headers: {}, body: '{}' };
  const day = new Date('2026-01-02T03:04:05Z');
  const at = async (time: Date) => sign(request, { now: () => time.getTime() }, 1000);
  const first = await at(day);
  env.AWS_SECRET_ACCESS_KEY = 'other';
  const second = await at(day);
  env.AWS_SECRET_ACCESS_KEY = 's';
  expect(second.authorization).not.toBe(first.authorization);
  expect(await at(day)).toEqual(first);
  expect((await at(new Date('2026-01-03T03:04:05Z'))).authorization).toContain('Credential=A/20260103/eu-west-2/bedrock/aws4_request');
});

test('without credentials the error says who sets them', async () => {
  const env = { MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: 'eu-west-2' };
  const sign = createSigner(readConfig(env), () => readCredentials(env));
  await expect(sign({ path: '/', headers: {}, body: '' }, Date, 1000)).rejects.toThrow(expect.objectContaining({
    name: 'AuthenticationError', message: 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set; Lambda sets them from the function\'s role.',
  }));
});
