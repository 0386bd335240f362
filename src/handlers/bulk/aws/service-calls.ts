import type { Environment } from '../../../contract/invoker-variables';
import { readCredentials } from '../../invoke/config/credentials';
import { endpointSettings, suffixesOf } from '../../invoke/config/endpoint';
import { InvokerError } from '../../invoke/failures/errors';
import { Clock } from '../../invoke/http/clock';
import type { Reply } from '../../invoke/http/reply';
import { withRetries } from '../../invoke/http/retry';
import { Signer } from '../../invoke/http/signer';
import { ModelRequest, Transport } from '../../invoke/http/transport';

/** What calls of AWS's services need from outside. */
export interface Surroundings {
  readonly env: Environment;
  readonly clock: Clock;
}

/** A refusal of a service, by the code that it gave. */
export class ServiceError extends Error {
  constructor(readonly service: string, readonly code: string, readonly status: number, message: string, readonly body: string) {
    super(`${service} answered ${status} ${code}: ${message}`);
    this.name = code;
  }
}

/** No function runs for longer: what ends the requests of one is Lambda. */
const MOST_MS = 15 * 60_000;
const RETRY = { maxAttempts: 5, baseDelayMs: 100, maxDelayMs: 5000 };
const ADVICE = 'Raise the function\'s timeout (at most 15 minutes).';
/** An answer has come by then, or the request is made again. */
const ATTEMPT_MS = 30_000;

/** Signed requests to one service of the function's Region, repeated where it was busy. As the invoker's own: no SDK. */
export class ServiceCalls {
  /** Whether the environment names another endpoint, whose host has no buckets in it. */
  readonly replaced: boolean;
  private readonly transport: Transport;
  private readonly signer: Signer;
  private readonly base: string;

  /** @param name - what begins the name of its endpoint, and what SigV4 calls it */
  constructor(private readonly name: string, override: string, private readonly around: Surroundings, prefix = '') {
    const region = around.env.AWS_REGION!;
    const { fips, dualStack, override: replaced } = endpointSettings(override, around.env);
    // S3 says dual stack by a part of its name, the others by another ending.
    const [own, ending] = dualStack && name === 's3' ? ['s3.dualstack', 0] : [name, dualStack ? 1 : 0];
    const url = replaced ?? new URL(`https://${prefix}${own.replace(name, fips ? `${name}-fips` : name)}.${region}.${suffixesOf(region)[ending]}`);
    this.replaced = replaced !== undefined;
    this.base = url.pathname.replace(/\/$/, '');
    this.transport = new Transport(url);
    this.signer = new Signer({ host: url.host, region, service: name });
  }

  /** The reply, whose body is still to be read; throws a `ServiceError` for any other than of 2xx. */
  async send(request: ModelRequest, timeoutMs = ATTEMPT_MS): Promise<Reply> {
    const { clock, env } = this.around;
    const routed = { ...request, path: this.base + request.path };
    const answer = await withRetries(async (left) => {
      const headers = this.signer.sign(routed, readCredentials(env), new Date(clock.now()));
      const reply = await this.transport.send({ ...routed, headers }, Math.min(left, timeoutMs), { advice: () => ADVICE });
      if (reply.status >= 200 && reply.status < 300) return reply;
      const failure = this.failure(reply, await reply.text());
      if (isPassing(failure)) throw new InvokerError('ConnectionError', `${failure.message}.`, { retryable: true, code: failure.code });
      return failure;
    }, RETRY, { clock, deadline: clock.now() + MOST_MS, failed: () => undefined });
    if (answer instanceof ServiceError) throw answer;
    return answer;
  }

  /** An operation of a service that speaks JSON. */
  async json<Answer>(target: string, input: object, version = '1.0'): Promise<Answer> {
    const reply = await this.send({
      path: '/', headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target }, body: JSON.stringify(input),
    });
    const text = await reply.text();
    return (text === '' ? {} : JSON.parse(text)) as Answer;
  }

  close(): void {
    this.transport.close();
  }

  private failure({ status, headers }: Reply, body: string): ServiceError {
    const type = /"__type"\s{0,9}:\s{0,9}"(?:[^"#]{0,200}#)?([^"]{1,200})"/.exec(body)?.[1] ?? /<Code>([^<]{1,200})<\/Code>/.exec(body)?.[1];
    const message = /"[mM]essage"\s{0,9}:\s{0,9}"((?:[^"\\]|\\.){0,500})/.exec(body)?.[1] ?? /<Message>([^<]{0,500})/.exec(body)?.[1] ?? '';
    return new ServiceError(this.name, type ?? String(headers['x-amzn-errortype'] ?? status).split(':')[0], status, message, body);
  }
}

function isPassing({ status, code }: ServiceError): boolean {
  return status >= 500 || status === 429 || /Throttl|TooManyRequests|SlowDown|RequestTimeout|ProvisionedThroughputExceeded|RequestLimitExceeded|TransactionInProgress/.test(code);
}
