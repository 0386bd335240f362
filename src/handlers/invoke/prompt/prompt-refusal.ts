import type { IncomingHttpHeaders } from 'node:http';
import { valueIn } from '../http/xml';

/** Why S3 or Parameter Store gave no prompt. */
export interface Refusal {
  readonly message: string;
  /** Whether the same request may succeed later. */
  readonly passing: boolean;
}

const PASSING = /^(?:Throttl|SlowDown|RequestTimeout|TooManyRequests|Internal|ServiceUnavailable)/;
/** A service's own text at most. */
const MOST_CHARACTERS = 1000;

/**
 * What to change, by the service's code. The services tell those who may not know it nothing of what is missing.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const ADVICE: [code: RegExp, advice: string][] = [
  [/^(?:NoSuchKey|NoSuchVersion|NoSuchBucket|MethodNotAllowed)$/, 'Put the object there, or name another one in SystemPromptSource.fromBucket(...).'],
  [/^(?:ParameterNotFound|ParameterVersionNotFound)/, 'Create the parameter in the function\'s account and Region, or name another one in SystemPromptSource.fromParameter(...).'],
  [/^(?:InvalidKeyId|KMS)/, 'The key that encrypts it must be enabled, and the function\'s role must be allowed kms:Decrypt on it.'],
];

/** The refusal that an answer is. S3 writes XML, Parameter Store JSON. */
export function refusalIn(status: number, headers: IncomingHttpHeaders, body: string, region: string): Refusal {
  const code = valueIn(body, 'Code')?.slice(0, 100) ?? said(body, /"__type":"(?:[^"#]{1,100}#)?([^"#]{1,100})"/) ?? `HTTP ${status}`;
  const text = valueIn(body, 'Message') ?? said(body, /"[mM]essage":"((?:[^"\\]|\\.){1,2000})"/) ?? 'no message';
  const at = headers['x-amz-bucket-region'];
  return {
    message: `${code}: ${text.slice(0, MOST_CHARACTERS)} ${typeof at === 'string' && at !== region ? elsewhere(at) : adviceFor(code, text)}`.trim(),
    passing: status === 429 || status >= 500 || PASSING.test(code),
  };
}

function elsewhere(region: string): string {
  return `The bucket is in ${region}: import it with Bucket.fromBucketAttributes(...), and say so with region.`;
}

function adviceFor(code: string, text: string): string {
  if (!code.startsWith('AccessDenied')) return ADVICE.find(([known]) => known.test(code))?.[1] ?? '';
  if (/kms|ciphertext/i.test(text)) {
    return 'The function\'s role must be allowed kms:Decrypt on the key that encrypts it: name the key where the bucket or the parameter is imported, and let the key\'s policy allow it too.';
  }
  return 'The function\'s role must be allowed to read it, by its own policy, by that of a VPC endpoint and, in another account, by that of the bucket. S3 says the same where there is no such object.';
}

function said(body: string, pattern: RegExp): string | undefined {
  return pattern.exec(body)?.[1];
}
