import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { Refusal } from './refusal';
import type { SignatureExpectation } from './signature-check';
import { TEST_CREDENTIALS, TestCredentials } from './test-credentials';

const PREFIX = 'bedrock-api-key-';
const HOST = 'bedrock.amazonaws.com';
const TWELVE_HOURS = 43_200;

/** How a short-term key is made. */
export interface TokenOptions {
  readonly region: string;
  /** @default TEST_CREDENTIALS */
  readonly credentials?: TestCredentials;
  /** Seconds. @default - 12 hours, the most */
  readonly expiresIn?: number;
  /** @default - now */
  readonly signingDate?: Date;
}

/** A short-term API key as AWS's token generators make one: a signed URL of `CallWithBearerToken`, and no call to anybody. */
export async function bearerToken(options: TokenOptions): Promise<string> {
  const { region, credentials = TEST_CREDENTIALS, expiresIn = TWELVE_HOURS, signingDate = new Date() } = options;
  const request = { method: 'POST', protocol: 'https:', hostname: HOST, path: '/', query: { Action: 'CallWithBearerToken' }, headers: { host: HOST } };
  const signer = new SignatureV4({ region, service: 'bedrock', credentials, sha256: Hash.bind(null, 'sha256') });
  const { query } = await signer.presign(request, { expiresIn, signingDate });
  const url = `${HOST}/?${new URLSearchParams(query as Record<string, string>).toString()}&Version=1`;
  return PREFIX + Buffer.from(url).toString('base64');
}

/** Makes the key again from what it says of itself, and throws what AWS answers where the two differ. */
export async function checkBearerToken(token: string, { region, credentials, now }: SignatureExpectation): Promise<void> {
  const query = new URLSearchParams(Buffer.from(token.slice(PREFIX.length), 'base64').toString().split('?')[1]);
  const [date, seconds] = [query.get('X-Amz-Date') ?? '', Number(query.get('X-Amz-Expires'))];
  const signingDate = new Date(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const invalid = () => new Refusal(403, 'AccessDeniedException', 'Authentication failed: Please make sure your API Key is valid.');
  if (!token.startsWith(PREFIX) || Number.isNaN(signingDate.getTime()) || !(seconds > 0 && seconds <= TWELVE_HOURS)) throw invalid();
  if (now > signingDate.getTime() + seconds * 1000) throw new Refusal(403, 'AccessDeniedException', 'Bearer Token has expired');
  if (token !== await bearerToken({ region, credentials, expiresIn: seconds, signingDate })) throw invalid();
}
