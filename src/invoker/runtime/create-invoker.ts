import { CallLog } from './call-log';
import { SYSTEM_CLOCK } from './clock';
import { readConfig } from './config';
import type { Dialect } from './dialect';
import type { Environment } from './environment';
import { Invoker } from './invoker';
import { createSigner } from './signer';
import { Transport } from './transport';

/** The invoker as Lambda runs it: its configuration, credentials and clock are the environment's. */
export function createInvoker(dialect: Dialect, env: Environment): Invoker {
  const config = readConfig(env);
  return new Invoker({
    config,
    dialect,
    sign: createSigner(config, env),
    transport: new Transport(config.url),
    clock: SYSTEM_CLOCK,
    log: new CallLog({
      config,
      dialect: dialect.name,
      env,
      write: (line) => process.stdout.write(line),
      loadMetrics: () => import('./call-metrics.js'),
    }),
  });
}
