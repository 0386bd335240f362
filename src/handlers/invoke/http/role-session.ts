import { assumedIn, assumeRoleRequest } from './assume-role';
import type { Clock } from './clock';
import type { Signer } from './signer';
import type { ModelRequest, Transport } from './transport';
import { valueIn } from './xml';
import { STS_FIPS_REGIONS } from '../../../contract/endpoints';
import { Environment, VARIABLES } from '../../../contract/invoker-variables';
import type { Credentials } from '../config/credentials';
import type { serviceUrl } from '../config/endpoint';
import type { InvokerError, InvokerErrorName } from '../failures/errors';
import type { ErrorReply } from '../failures/service-error';

/** What the handler has loaded anyway. This file is one of its own in the bundles, and a second copy of a class would be another class. */
export interface SessionParts {
  readonly env: Environment;
  /** The Region of the calls, for where Lambda does not say the function's own. */
  readonly modelRegion: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly serviceUrl: typeof serviceUrl;
  readonly Transport: typeof Transport;
  readonly Signer: typeof Signer;
  readonly InvokerError: typeof InvokerError;
  readonly ownCredentials: () => Credentials;
  /** The error for an answer that is none, with its cause if that is known. */
  readonly refused: (reply: ErrorReply) => Promise<InvokerError>;
}

/** New credentials are asked for so long before the old ones run out, as the AWS SDKs do. */
const AHEAD_MS = 5 * 60_000;
/** While the old ones live, a failed renewal is not repeated before this time. */
const PAUSE_MS = 30_000;
/** AWS STS answers within a second. What takes longer is asked again. */
const MOST_MS = 10_000;
/** An answer of AWS STS has about 2 kB. */
const MOST_BYTES = 100_000;

const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** What stays as it is when AWS STS says it; its other refusals are those of a request that the function itself made up. */
const SAME: readonly InvokerErrorName[] = ['AccessDeniedError', 'AuthenticationError', 'RateLimitError', 'OverloadedError', 'InternalServerError'];

interface Held {
  readonly credentials: Credentials;
  /** By this machine's clock, whatever AWS STS takes for the time. */
  readonly expiresAt: number;
}

/**
 * The credentials of an assumed role: asked of AWS STS, kept for their life, and renewed in time by one call, however many wait.
 * Failures are thrown, and repeated with the call that needs the credentials.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export class RoleSession {
  private readonly arn: string;
  private readonly request: ModelRequest;
  private readonly host: string;
  private readonly transport: Transport;
  private readonly signer: Signer;
  private held?: Held;
  private renewal?: Promise<Held>;
  private notBefore = 0;

  constructor(private readonly parts: SessionParts) {
    const { env, modelRegion } = parts;
    // The function's own Region, since that is where its VPC has an endpoint; the model's may be another.
    const { AWS_REGION: region = modelRegion, AWS_LAMBDA_FUNCTION_NAME: name = 'invoker' } = env;
    this.arn = env[VARIABLES.assumedRole] ?? '';
    if (!ROLE_ARN.test(this.arn)) {
      this.misconfigured(`${VARIABLES.assumedRole} is ${JSON.stringify(this.arn)}; expected the ARN of a role, such as "arn:aws:iam::111122223333:role/model-access".`);
    }
    const url = parts.serviceUrl('sts', 'AWS_ENDPOINT_URL_STS', region, env, { fips: () => this.fipsName(region) });
    this.host = url.host;
    this.transport = new parts.Transport(url);
    this.signer = new parts.Signer({ host: url.host, region, service: 'sts' });
    this.request = assumeRoleRequest(url, { roleArn: this.arn, functionName: name, externalId: env[VARIABLES.externalId] });
  }

  /** Credentials that are good for a call now. */
  async credentials(timeoutMs: number): Promise<Credentials> {
    const { held, parts: { clock } } = this;
    const left = (held?.expiresAt ?? 0) - clock.now();
    if (held && (left > AHEAD_MS || left > 0 && clock.now() < this.notBefore)) return held.credentials;
    try {
      return (await this.renewed(timeoutMs)).credentials;
    } catch (error) {
      if (!held || held.expiresAt <= clock.now()) throw error;
      this.notBefore = clock.now() + PAUSE_MS;
      return held.credentials;
    }
  }

  private renewed(timeoutMs: number): Promise<Held> {
    return this.renewal ??= this.assume(Math.min(timeoutMs, MOST_MS)).finally(() => { this.renewal = undefined; });
  }

  private async assume(timeoutMs: number): Promise<Held> {
    const { clock, ownCredentials } = this.parts;
    const headers = { ...this.request.headers, ...this.signer.sign(this.request, ownCredentials(), new Date(clock.now())) };
    const { status, headers: answered, text } = await this.answer({ ...this.request, headers }, timeoutMs);
    if (status !== 200) throw await this.refusal({ status, headers: answered, body: text });
    const now = clock.now();
    const assumed = assumedIn(text);
    // Both times are of AWS STS, so that their difference does not depend on this machine's clock.
    const lifeMs = Date.parse(assumed?.expiration ?? '') - (Date.parse(answered.date ?? '') || now);
    if (!assumed || !(lifeMs > 0)) {
      throw this.failure('InvalidResponseError', `the answer of ${this.host} has no credentials. Check what answers there in the place of AWS STS.`, { own: true });
    }
    return this.held = { credentials: assumed.credentials, expiresAt: now + lifeMs };
  }

  private async answer(request: ModelRequest, timeoutMs: number) {
    try {
      const reply = await this.transport.send(request, timeoutMs);
      return { status: reply.status, headers: reply.headers, text: await reply.text(MOST_BYTES) };
    } catch (error) {
      // Its advice is for an answer of the model.
      if ((error as InvokerError).name !== 'ModelTimeoutError') throw error;
      throw this.failure('ConnectionError', `${this.host} did not answer within ${timeoutMs} ms.`, { retryable: true });
    }
  }

  /** AWS STS answers in XML, of which the reader of errors is told as JSON. */
  private async refusal(reply: ErrorReply): Promise<InvokerError> {
    const [code, message] = ['Code', 'Message'].map((name) => valueIn(reply.body, name));
    const body = code === undefined ? reply.body : JSON.stringify({ __type: code, message: message ?? 'no message' });
    const error = await this.parts.refused({ ...reply, body });
    const { requestId, retryable, retryAfterMs } = error;
    const name = SAME.includes(error.name) ? error.name : 'ConfigurationError';
    const busy = name === 'RateLimitError' || name === 'OverloadedError';
    return this.failure(name, error.message, {
      requestId, retryable, retryAfterMs, code: error.code, ...busy ? { toCallers: 'The function has made too many calls. Try again later.' } : { own: true },
    });
  }

  private failure(name: InvokerErrorName, message: string, details: ConstructorParameters<typeof InvokerError>[2]): InvokerError {
    return new this.parts.InvokerError(name, `sts:AssumeRole on ${this.arn}: ${message}`, details);
  }

  private fipsName(region: string): string {
    if (!STS_FIPS_REGIONS.includes(region)) {
      this.misconfigured(`${VARIABLES.fips} is true, but AWS STS, which assumes the role, has no FIPS endpoint in ${region}; unset it, or run the function in one of ${STS_FIPS_REGIONS.join(', ')}.`);
    }
    // In GovCloud the only endpoint of a Region is a FIPS one.
    return region.startsWith('us-gov-') ? 'sts' : 'sts-fips';
  }

  private misconfigured(message: string): never {
    throw new this.parts.InvokerError('ConfigurationError', message);
  }
}
