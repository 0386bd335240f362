import type { Clock } from './clock';
import type { RoleSession } from './role-session';
import { CredentialSource, Signer } from './signer';
import { Transport } from './transport';
import { Environment, VARIABLES } from '../../../contract/invoker-variables';
import type { InvokerConfig } from '../config/config';
import { readCredentials } from '../config/credentials';
import { serviceUrl } from '../config/endpoint';
import { InvokerError } from '../failures/errors';
import type { Explanations } from '../failures/explain';

/** The credentials that calls are signed with: the function's own, or those of the role that it is told to assume. */
export function credentialSource(config: InvokerConfig, env: Environment, clock: Clock, explanations: () => Promise<Explanations>): CredentialSource {
  if (env[VARIABLES.assumedRole] === undefined) return () => readCredentials(env);
  let session: Promise<RoleSession> | undefined;
  const open = async () => {
    // The bundler leaves this one to be loaded when it is reached, so it is given what is here already.
    const loaded = await import('./role-session.js');
    return new loaded.RoleSession({
      env,
      modelRegion: config.region,
      clock,
      serviceUrl,
      Transport,
      Signer,
      InvokerError,
      ownCredentials: () => readCredentials(env),
      refused: async (reply) => new InvokerError(...(await explanations()).serviceError(reply, config, clock.now())),
    });
  };
  return async (timeoutMs) => (await (session ??= open())).credentials(timeoutMs);
}
