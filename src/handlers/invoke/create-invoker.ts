import { SYSTEM_CLOCK } from './clock';
import { readConfig } from './config';
import type { Dialect } from './dialects/dialect';
import type { Environment } from './environment';
import { InvokerError } from './failures/errors';
import { createSigner } from './http/signer';
import { Transport } from './http/transport';
import { Invoker } from './invoker';
import { CallLog } from './log/call-log';

/** The invoker as Lambda runs it: its configuration, credentials and clock are the environment's. */
export function createInvoker(dialect: Dialect, env: Environment): Invoker {
  const config = readConfig(env);
  const { api = dialect.name } = config.options;
  if (api !== dialect.name) {
    throw new InvokerError('ConfigurationError', `INVOKER_OPTIONS sets api ${JSON.stringify(api)}, but this bundle speaks ${JSON.stringify(dialect.name)}; deploy the other bundle.`);
  }
  const log = new CallLog({
    config,
    dialect: dialect.name,
    env,
    write: (line) => process.stdout.write(line),
  });
  return new Invoker({ config, dialect, log, transport: new Transport(config.url), sign: createSigner(config, env), clock: SYSTEM_CLOCK });
}
