import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ask } from '../../live/asked';
import { partialAnswer } from '../../live/failure';

/** A new role or trust policy takes effect within seconds, which a deployment is made to wait for. */
const PAUSE_MS = 5000;
const PAUSES = 8;
/** The shortest that AWS STS gives; the function itself runs for a third of it at most. */
const SECONDS = 900;

/** Temporary credentials of a role. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Assumes the role. Where it is refused, it is asked for again for a while: what allows it may be as new as the deployment. */
export async function assumeRole(client: STSClient, roleArn: string, externalId?: string, pauseMs = PAUSE_MS): Promise<SessionCredentials> {
  const asking = { region: await client.config.region(), credentialsWork: true };
  const sessionName = (process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'preflight').padEnd(2, '-');
  for (let pauses = 0; ; pauses++) {
    const { value, failure } = await ask('sts:AssumeRole', asking, async () => {
      const { Credentials: given } = await client.send(
        new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds: SECONDS, ExternalId: externalId }));
      if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken) throw partialAnswer('the credentials');
      return { accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey, sessionToken: given.SessionToken };
    });
    if (value) return value;
    if (failure?.kind !== 'access-denied' || pauses === PAUSES) throw new Error(`${roleArn} cannot be assumed: ${failure?.message} ${failure?.advice}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
