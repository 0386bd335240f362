import { createHash, createHmac, Hash, Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { InvokerConfig } from './config';
import type { ModelRequest } from './dialect';
import { ENDPOINTS } from './endpoint';
import type { Environment } from './environment';
import { InvokerError } from './errors';

/** Signs a request for its endpoint; resolves to the headers to send. */
export type Sign = (request: ModelRequest, now: Date) => Promise<Record<string, string>>;

/** A SigV4 signer that reads Lambda's credentials at each call, because Lambda may refresh them. */
export function createSigner(config: InvokerConfig, env: Environment): Sign {
  const signer = new SignatureV4({
    service: ENDPOINTS[config.endpoint].signingName,
    region: config.region,
    credentials: () => Promise.resolve(readCredentials(env)),
    sha256: Sha256,
  });
  const { protocol, hostname, host } = config.url;
  return async (request, now) => {
    const signed = await signer.sign({
      protocol,
      hostname,
      method: 'POST',
      path: request.path,
      query: {},
      headers: { ...request.headers, host },
      body: request.body,
    }, { signingDate: now });
    return signed.headers;
  };
}

function readCredentials(env: Environment) {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = env;
  if (!accessKeyId || !secretAccessKey) {
    throw new InvokerError('AuthenticationError', 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set; Lambda sets them from the function\'s role.');
  }
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** Node's own SHA-256, in the shape that the signer asks for. */
class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string | Uint8Array);
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }

  /** The signer makes a new one for each digest. */
  reset(): void {}
}
