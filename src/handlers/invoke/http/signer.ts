import { createHmac, createSecretKey, hash, KeyObject } from 'node:crypto';
import type { Clock } from './clock';
import type { ModelRequest } from './transport';
import { ENDPOINTS } from '../../../contract/endpoints';
import type { InvokerConfig } from '../config/config';
import type { Credentials } from '../config/credentials';

/** Signs a request for its endpoint; gives the headers to send. The credentials may have to be fetched first, for which there is that much time. */
export type Sign = (request: ModelRequest, clock: Pick<Clock, 'now'>, timeoutMs: number) => Record<string, string> | Promise<Record<string, string>>;

/** Where credentials come from. They are asked for at each call, because they may have been renewed. */
export type CredentialSource = (timeoutMs: number) => Credentials | Promise<Credentials>;

/** What a signature holds for. */
export interface SigningScope {
  readonly host: string;
  readonly region: string;
  readonly service: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** A signer for the construct's endpoint. */
export function createSigner(config: InvokerConfig, source: CredentialSource): Sign {
  const signer = new Signer({ host: config.url.host, region: config.region, service: ENDPOINTS[config.endpoint].signingName });
  return async (request, clock, timeoutMs) => {
    const credentials = await source(timeoutMs);
    return signer.sign(request, credentials, new Date(clock.now()));
  };
}

/**
 * Signature Version 4, byte for byte what `@smithy/signature-v4` gives (a test compares them over
 * generated requests). Our own because that one took 50 microseconds longer a call and a fifth of the bundle; the bench
 * of `docs/performance.md` says what a call takes in all.
 */
export class Signer {
  private key?: { readonly of: string; readonly derived: KeyObject };

  constructor(private readonly scope: SigningScope) {}

  sign({ method = 'POST', path, headers, body }: ModelRequest, credentials: Credentials, now: Date): Record<string, string> {
    const time = `${now.toISOString().replaceAll('-', '').replaceAll(':', '').slice(0, 15)}Z`;
    const day = time.slice(0, 8);
    const payload = hash('sha256', body);
    const signed: Record<string, string> = {
      ...headers,
      'host': this.scope.host,
      'x-amz-date': time,
      ...credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken },
      'x-amz-content-sha256': payload,
    };
    const names = Object.keys(signed).sort();
    const list = names.join(';');
    const [resource, query = ''] = path.split('?');
    const uri = this.scope.service === 's3' ? resource : canonicalPath(resource);
    const canonical = `${method}\n${uri}\n${query}\n${names.map((name) => `${name}:${canonicalValue(signed[name])}\n`).join('')}\n${list}\n${payload}`;
    const scope = `${day}/${this.scope.region}/${this.scope.service}/aws4_request`;
    const toSign = `${ALGORITHM}\n${time}\n${scope}\n${hash('sha256', canonical)}`;
    const signature = createHmac('sha256', this.signingKey(credentials, day)).update(toSign).digest('hex');
    signed.authorization = `${ALGORITHM} Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${list}, Signature=${signature}`;
    return signed;
  }

  /** Derived once a day and for each set of credentials. */
  private signingKey({ secretAccessKey }: Credentials, day: string): KeyObject {
    const of = `${day}/${secretAccessKey}`;
    if (this.key?.of !== of) {
      const steps = [day, this.scope.region, this.scope.service, 'aws4_request'];
      const derived = steps.reduce<Buffer>((key, step) => createHmac('sha256', key).update(step).digest(), Buffer.from(`AWS4${secretAccessKey}`));
      this.key = { of, derived: createSecretKey(derived) };
    }
    return this.key.derived;
  }
}

/** Every service but S3 signs the path encoded once more than it is sent, and each of its slashes once. */
function canonicalPath(path: string): string {
  return encodeURIComponent(path.replace(/\/{2,}/g, '/')).replaceAll('%2F', '/').replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function canonicalValue(value: string): string {
  return value.replace(/[\r\n\t ]+/g, ' ').trim();
}
