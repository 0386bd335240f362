import { Invoker } from './call/invoker';
import { readConfig } from './config/config';
import { readCredentials } from './config/credentials';
import type { Dialect } from './dialects/dialect';
import { misconfigured } from './failures/errors';
import { SYSTEM_CLOCK } from './http/clock';
import { createSigner } from './http/signer';
import { Transport } from './http/transport';
import { CallLog } from './log/call-log';
import { ApiName, ENDPOINTS } from '../../contract/endpoints';
import { Environment, VARIABLES } from '../../contract/invoker-variables';

/** The invoker as Lambda runs it: its configuration, credentials and clock are the environment's. */
export function createInvoker(dialect: Dialect, env: Environment): Invoker {
  const config = readConfig(env);
  const apis: readonly ApiName[] = ENDPOINTS[config.endpoint].apis;
  if (!apis.includes(dialect.name)) {
    misconfigured(`${VARIABLES.endpoint} is ${JSON.stringify(config.endpoint)}, which does not serve Converse; use the Messages API there, or call the model through an inference profile.`);
  }
  return new Invoker({
    config,
    dialect,
    log: new CallLog({ config, dialect: dialect.name, env, write: (line) => process.stdout.write(line) }),
    transport: new Transport(config.url),
    sign: createSigner(config, () => readCredentials(env)),
    clock: SYSTEM_CLOCK,
  });
}
