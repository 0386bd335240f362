import { STS_FIPS_REGIONS } from '../../contract/endpoints';
import type { Environment } from '../../contract/invoker-variables';
import { ask } from '../../live/asked';
import { FailureKind, partialAnswer } from '../../live/failure';
import { Credentials, readCredentials } from '../invoke/config/credentials';
import { serviceUrl } from '../invoke/config/endpoint';
import { assumedIn, assumeRoleRequest } from '../invoke/http/assume-role';
import { Signer } from '../invoke/http/signer';
import { Transport } from '../invoke/http/transport';
import { valueIn } from '../invoke/http/xml';

/** A new role or trust policy takes effect within seconds, which a deployment is made to wait for. */
const PAUSE_MS = 5000;
const PAUSES = 8;
/** What may be otherwise after a pause. */
const PASSING: FailureKind[] = ['access-denied', 'throttled', 'service-error', 'no-answer'];
/** The shortest that AWS STS gives; the function itself runs for a third of it at most. */
const SECONDS = 900;
const TIMEOUT_MS = 15_000;

/** Assumes the role. Where it is refused, it is asked for again for a while: what allows it may be as new as the deployment. */
export async function assumeRole(env: Environment, roleArn: string, externalId?: string, pauseMs = PAUSE_MS): Promise<Required<Credentials>> {
  const { AWS_REGION: region = '', AWS_LAMBDA_FUNCTION_NAME: functionName = 'preflight' } = env;
  const url = serviceUrl('sts', 'AWS_ENDPOINT_URL_STS', region, env, { fips: () => STS_FIPS_REGIONS.includes(region) && !region.startsWith('us-gov-') ? 'sts-fips' : 'sts' });
  const [transport, signer] = [new Transport(url), new Signer({ host: url.host, region, service: 'sts' })];
  const request = assumeRoleRequest(url, { roleArn, functionName, externalId, seconds: SECONDS });
  try {
    for (let pauses = 0; ; pauses++) {
      const { value, failure } = await ask('sts:AssumeRole', { region, credentialsWork: true }, async () => {
        const headers = { ...request.headers, ...signer.sign(request, readCredentials(env), new Date()) };
        const reply = await transport.send({ ...request, headers }, TIMEOUT_MS).catch((error: Error) => { throw noAnswer(error); });
        const text = await reply.text();
        if (reply.status !== 200) throw refusal(reply.status, text);
        const assumed = assumedIn(text);
        if (!assumed) throw partialAnswer('the credentials');
        return assumed.credentials;
      });
      if (value) return value;
      if (!failure || !PASSING.includes(failure.kind) || pauses === PAUSES) throw new Error(`${roleArn} cannot be assumed: ${failure?.message} ${failure?.advice}`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  } finally {
    transport.close();
  }
}

/** What AWS STS refused, as the SDK would throw it. */
function refusal(httpStatusCode: number, xml: string): Error {
  const [name = 'UnknownError', message = 'no message'] = ['Code', 'Message'].map((element) => valueIn(xml, element));
  return Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode } });
}

function noAnswer({ message }: Error): Error {
  return Object.assign(new Error(message), { name: 'TimeoutError' });
}
