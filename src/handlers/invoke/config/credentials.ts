import type { Environment } from '../../../contract/invoker-variables';
import { InvokerError } from '../failures/errors';

/** The role's temporary credentials, as Lambda gives them to a function. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Reads the credentials at each call, because Lambda may renew them. */
export function readCredentials(env: Environment): Credentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = env;
  if (!accessKeyId || !secretAccessKey) {
    throw new InvokerError('AuthenticationError', 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set; Lambda sets them from the function\'s role.');
  }
  return { accessKeyId, secretAccessKey, ...sessionToken && { sessionToken } };
}
