import { createHash } from 'node:crypto';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { checkBearerToken } from './bearer-token';
import type { Call } from './call';
import { Refusal } from './refusal';
import type { TestCredentials } from './test-credentials';

const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
const ALLOWED_SKEW_MINUTES = 5;

export interface SignatureExpectation {
  readonly region: string;
  readonly service: string;
  readonly credentials: TestCredentials;
  /** Session tokens that have run out. */
  readonly expiredTokens: string[];
  /** Now, in milliseconds. */
  readonly now: number;
}

/** Recomputes the SigV4 signature from the request as received and throws what AWS answers where it differs. */
export async function checkSignature(call: Call, expected: SignatureExpectation): Promise<void> {
  const { authorization } = call.headers;
  const key = call.headers['x-api-key'] ?? /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  if (key !== undefined) return checkBearerToken(key, expected);
  if (authorization === undefined) throw new Refusal(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  const parts = AUTHORIZATION.exec(authorization);
  if (parts === null) {
    throw new Refusal(403, 'IncompleteSignatureException', `Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters. Authorization=${authorization}`);
  }
  const [, accessKeyId, scopeDate, region, service, signedHeaders] = parts;
  checkDate(call.headers['x-amz-date'], scopeDate, expected.now);
  if (region !== expected.region) throw invalidSignature(`Credential should be scoped to a valid Region, not '${region}'.`);
  if (service !== expected.service) throw invalidSignature(`Credential should be scoped to correct service: '${expected.service}'.`);
  checkIdentity(accessKeyId, call.headers['x-amz-security-token'], expected);
  checkPayloadHash(call);
  checkSignedHeaders(call, signedHeaders.split(';'));

  const recomputed = await sign(call, expected, signedHeaders.split(';'));
  if (recomputed !== authorization.replace(/,(?=S)/g, ', ')) {
    throw invalidSignature(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. '
      + 'Consult the service documentation for details.',
    );
  }
}

async function sign(call: Call, expected: SignatureExpectation, signedHeaders: string[]): Promise<string> {
  const signer = new SignatureV4({
    region: expected.region,
    service: expected.service,
    credentials: expected.credentials,
    sha256: Hash.bind(null, 'sha256'),
    // S3 alone signs a path as it is sent.
    uriEscapePath: expected.service !== 's3',
    // Only the headers that the caller signed may count.
    applyChecksum: false,
  });
  const headers = Object.fromEntries(signedHeaders.map((name) => [name, call.headers[name]]));
  const signed = await signer.sign(
    { method: call.method, protocol: 'http:', hostname: '', path: call.path, query: parseQuery(call.query), headers, body: call.body },
    { signingDate: parseAmzDate(call.headers['x-amz-date']), signableHeaders: new Set(signedHeaders) },
  );
  return signed.headers.authorization;
}

function checkDate(amzDate: string | undefined, scopeDate: string, now: number): void {
  if (amzDate === undefined) {
    throw new Refusal(403, 'IncompleteSignatureException', "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  const signed = parseAmzDate(amzDate);
  if (Number.isNaN(signed.getTime())) throw new Refusal(403, 'IncompleteSignatureException', `Date must be in ISO-8601 'basic format'. Got '${amzDate}'.`);
  if (!amzDate.startsWith(scopeDate)) {
    throw invalidSignature(`Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scopeDate}' != '${amzDate.slice(0, 8)}'.`);
  }
  const allowed = ALLOWED_SKEW_MINUTES * 60_000;
  const current = formatAmzDate(now);
  if (signed.getTime() < now - allowed) {
    throw invalidSignature(`Signature expired: ${amzDate} is now earlier than ${formatAmzDate(now - allowed)} (${current} - ${ALLOWED_SKEW_MINUTES} min.)`);
  }
  if (signed.getTime() > now + allowed) {
    throw invalidSignature(`Signature not yet current: ${amzDate} is still later than ${formatAmzDate(now + allowed)} (${current} + ${ALLOWED_SKEW_MINUTES} min.)`);
  }
}

function checkIdentity(accessKeyId: string, token: string | undefined, expected: SignatureExpectation): void {
  if (token !== undefined && expected.expiredTokens.includes(token)) {
    throw new Refusal(403, 'ExpiredTokenException', 'The security token included in the request is expired');
  }
  if (accessKeyId !== expected.credentials.accessKeyId || token !== expected.credentials.sessionToken) {
    throw new Refusal(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
}

/** A declared body hash is only as good as the body: the signature itself covers the declared one. */
function checkPayloadHash(call: Call): void {
  const declared = call.headers['x-amz-content-sha256'];
  if (declared !== undefined && declared !== createHash('sha256').update(call.body).digest('hex')) {
    throw invalidSignature("The value passed in as x-amz-content-sha256 does not match the body's hash.");
  }
}

function checkSignedHeaders(call: Call, signedHeaders: string[]): void {
  // Over HTTP/2 the AWS SDK signs the pseudo-header that stands for the host.
  const host = signedHeaders.includes(':authority') ? ':authority' : 'host';
  const required = [host, ...Object.keys(call.headers).filter((name) => name.startsWith('x-amz-'))];
  const unsigned = required.filter((name) => !signedHeaders.includes(name));
  if (unsigned.length > 0) throw invalidSignature(`'${unsigned.join("', '")}' must be a signed header in the AWS Authorization.`);
  const absent = signedHeaders.filter((name) => call.headers[name] === undefined);
  if (absent.length > 0) throw invalidSignature(`The signed header '${absent.join("', '")}' is not in the request.`);
}

function invalidSignature(message: string): Refusal {
  return new Refusal(403, 'InvalidSignatureException', message);
}

function parseQuery(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

function parseAmzDate(text: string): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function formatAmzDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
