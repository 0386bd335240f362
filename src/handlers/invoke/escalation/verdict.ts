import type { Environment } from '../../../contract/invoker-variables';
import type { Credentials } from '../config/credentials';
import type { serviceUrl } from '../config/endpoint';
import type { Clock } from '../http/clock';
import type { Signer } from '../http/signer';
import type { Transport } from '../http/transport';

/** What the handler has already. */
export interface VerdictParts {
  readonly env: Environment;
  readonly clock: Clock;
  readonly serviceUrl: typeof serviceUrl;
  readonly Signer: typeof Signer;
  readonly Transport: typeof Transport;
  readonly readCredentials: (env: Environment) => Credentials;
}

/** Asks for a verdict: whether the answer stands. Rejects where there is none. */
export type AskVerdict = (question: object, timeoutMs: number) => Promise<boolean>;

/** What Lambda takes of a synchronous invocation. */
const MOST_BYTES = 6_000_000;
const ARN = /^arn:[\w-]+:lambda:([\w-]+):\d{12}:function:[\w:$-]+$/;

/**
 * The verdicts of a Lambda function, which answers `{ "passes": true }` or `{ "passes": false }`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function verdicts(arn: string, { env, clock, serviceUrl: urlOf, Signer: Signs, Transport: Sends, readCredentials }: VerdictParts): AskVerdict {
  const region = ARN.exec(arn)?.[1] ?? env.AWS_REGION!;
  const url = urlOf('lambda', 'AWS_ENDPOINT_URL_LAMBDA', region, env, { fips: () => 'lambda-fips' });
  const transport = new Sends(url);
  const signer = new Signs({ host: url.host, region, service: 'lambda' });
  const path = `${url.pathname.replace(/\/$/, '')}/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`;
  return async (question, timeoutMs) => {
    const request = { path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(question) };
    if (Buffer.byteLength(request.body) > MOST_BYTES) throw new Error('The question is larger than what Lambda takes.');
    const headers = { ...request.headers, ...signer.sign(request, readCredentials(env), new Date(clock.now())) };
    const reply = await transport.send({ ...request, headers }, timeoutMs);
    const text = await reply.text();
    const { passes } = (reply.status === 200 && !reply.headers['x-amz-function-error'] ? JSON.parse(text) : {}) as { readonly passes?: unknown };
    if (typeof passes !== 'boolean') throw new Error('The function gave no verdict.');
    return passes;
  };
}
