import type { ModelRequest } from './transport';
import { valueIn } from './xml';
import type { Credentials } from '../config/credentials';

/** Who is to be, and by whom. */
export interface Assumption {
  readonly roleArn: string;
  /** The function that asks. */
  readonly functionName: string;
  readonly externalId?: string;
  /** How long the credentials live. Default: an hour. */
  readonly seconds?: number;
}

/** Credentials of a role, as AWS STS gives them: the time is by its own clock. */
export interface Assumed {
  readonly credentials: Required<Credentials>;
  readonly expiration?: string;
}

/**
 * The request for it.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function assumeRoleRequest({ pathname }: URL, { roleArn, functionName, externalId, seconds }: Assumption): ModelRequest {
  const body = new URLSearchParams({
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: roleArn,
    // 2 to 64 characters, of which the name of a function has no others.
    RoleSessionName: functionName.padEnd(2, '-'),
    ...externalId && { ExternalId: externalId },
    ...seconds !== undefined && { DurationSeconds: String(seconds) },
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  return { path: `${pathname.replace(/\/$/, '')}/`, headers, body: body.toString() };
}

/** What an answer gives; nothing where it lacks some of it. */
export function assumedIn(xml: string): Assumed | undefined {
  const [accessKeyId, secretAccessKey, sessionToken, expiration] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration'].map((name) => valueIn(xml, name));
  return accessKeyId && secretAccessKey && sessionToken ? { credentials: { accessKeyId, secretAccessKey, sessionToken }, expiration } : undefined;
}
