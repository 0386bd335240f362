import type { Environment } from '../../../contract/invoker-variables';
import type { Credentials } from '../config/credentials';
import type { serviceUrl } from '../config/endpoint';
import type { Clock } from '../http/clock';
import type { Reply } from '../http/reply';
import type { Signer } from '../http/signer';
import type { Transport } from '../http/transport';

/** What the handler has already. */
export interface LambdaParts {
  readonly env: Environment;
  readonly clock: Clock;
  readonly serviceUrl: typeof serviceUrl;
  readonly Signer: typeof Signer;
  readonly Transport: typeof Transport;
  readonly readCredentials: (env: Environment) => Credentials;
}

/**
 * Invokes one Lambda function with the function's own role, over kept connections.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function lambdaCalls(arn: string, parts: LambdaParts): (type: 'RequestResponse' | 'Event', body: string, timeoutMs: number) => Promise<Reply> {
  const { env, clock, Signer: Signs, Transport: Sends } = parts;
  const region = arn.split(':')[3] || env.AWS_REGION!;
  const url = parts.serviceUrl('lambda', 'AWS_ENDPOINT_URL_LAMBDA', region, env, { fips: () => 'lambda-fips' });
  const transport = new Sends(url);
  const signer = new Signs({ host: url.host, region, service: 'lambda' });
  const path = `${url.pathname.replace(/\/$/, '')}/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`;
  return async (type, body, timeoutMs) => {
    const request = { path, headers: { 'content-type': 'application/json', 'x-amz-invocation-type': type }, body };
    const headers = { ...request.headers, ...signer.sign(request, parts.readCredentials(env), new Date(clock.now())) };
    return transport.send({ ...request, headers }, timeoutMs);
  };
}
