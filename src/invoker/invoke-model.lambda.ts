import { readConfig } from './runtime/config';
import { asInvokerError } from './runtime/errors';
import { invoke } from './runtime/invoke';
import { createSigner } from './runtime/signer';
import { Transport } from './runtime/transport';

const config = readConfig(process.env);
const invocation = { config, sign: createSigner(config, process.env), transport: new Transport(config.url), now: () => new Date() };

/** Time kept back to report a failure before Lambda ends the process. */
const REPORTING_TIME_MS = 500;

export async function handler(event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<unknown> {
  const signal = AbortSignal.timeout(Math.max(context.getRemainingTimeInMillis() - REPORTING_TIME_MS, 0));
  try {
    return await invoke(event, invocation, signal);
  } catch (thrown) {
    throw asInvokerError(thrown);
  }
}
