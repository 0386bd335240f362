import { Invoker, InvokerParts, Way } from './call/invoker';
import { configOf, InvokerConfig, readConfig } from './config/config';
import { readCredentials } from './config/credentials';
import { endpointSettings, serviceUrl, suffixesOf } from './config/endpoint';
import type { Dialect } from './dialects/dialect';
import { InvokerError, misconfigured } from './failures/errors';
import { SYSTEM_CLOCK } from './http/clock';
import { credentialSource } from './http/credential-source';
import { withRetries } from './http/retry';
import { createSigner, Signer } from './http/signer';
import { Transport } from './http/transport';
import { CallLog } from './log/call-log';
import { ApiName, ENDPOINTS } from '../../contract/endpoints';
import type { OtherModel } from '../../contract/escalation';
import { Environment, VARIABLES } from '../../contract/invoker-variables';

/** The invoker as Lambda runs it: its configuration, credentials and clock are the environment's. */
export function createInvoker(dialect: Dialect, env: Environment): Invoker {
  const config = readConfig(env);
  const apis: readonly ApiName[] = ENDPOINTS[config.endpoint].apis;
  if (!apis.includes(dialect.name)) {
    misconfigured(`${VARIABLES.endpoint} is ${JSON.stringify(config.endpoint)}, which does not serve Converse; use the Messages API there, or call the model through an inference profile.`);
  }
  // The bundler leaves this one to be loaded when it is reached.
  const explanations = async () => (await import('./failures/explain.js')).EXPLANATIONS;
  const source = credentialSource(config, env, SYSTEM_CLOCK, explanations);
  const log = new CallLog({ config, dialect: dialect.name, env, write: (line) => process.stdout.write(line) });
  const invokerOf = (of: InvokerConfig, more: Partial<InvokerParts> = {}): Invoker =>
    new Invoker({
      config: of, dialect, log, transport: new Transport(of.url), sign: createSigner(of, source), clock: SYSTEM_CLOCK, explanations, ...more,
    });
  return invokerOf(config, { systemPrompt: systemPrompt(config, env), way: wayOf(config, env, invokerOf), telemetry: telemetry(config, env) });
}

/** Begins to load what asks more than one model, where the options name one. */
function wayOf(config: InvokerConfig, env: Environment, invokerOf: (config: InvokerConfig) => Invoker): InvokerParts['way'] {
  const { escalation, traffic } = config.options;
  if (!escalation && !traffic) return undefined;
  const parts = {
    config,
    env,
    clock: SYSTEM_CLOCK,
    readCredentials,
    serviceUrl,
    endpointSettings,
    suffixesOf,
    InvokerError,
    Signer,
    Transport,
    invokerOf: (model: OtherModel) => invokerOf(configOf(model, config, env)),
  };
  const loaded: Promise<{ openWay(given: typeof parts): Promise<Way> }> = traffic ? import('./traffic/traffic.js') : import('./escalation/ladder.js');
  const way = loaded.then(({ openWay }) => openWay(parts), notBeside);
  // Each call says what is wrong.
  way.catch(() => undefined);
  return way;
}

function notBeside(): never {
  return misconfigured('A part of the handler is not beside it. Deploy the function with the code that HaikuInvoker gives it.');
}

/** Begins to load what OpenTelemetry wants, where the options ask for it. */
function telemetry(config: InvokerConfig, env: Environment): InvokerParts['telemetry'] {
  if (!config.options.openTelemetry) return undefined;
  const loaded = import('./log/gen-ai.js').then(({ GenAi }) => new GenAi(config, env), notBeside);
  // Each call says what is wrong.
  loaded.catch(() => undefined);
  return loaded;
}

/** Begins to read the system prompt, where the options do not hold it. Other functions do not load what reads it. */
function systemPrompt({ options: { systemSource } }: InvokerConfig, env: Environment): InvokerParts['systemPrompt'] {
  if (!systemSource) return undefined;
  const parts = { env, clock: SYSTEM_CLOCK, readCredentials, withRetries, endpointSettings, suffixesOf, InvokerError, Signer, Transport };
  const prompt = import('./prompt/system-prompt.js').then(({ SystemPrompt }) => new SystemPrompt(systemSource, parts));
  return async (deadline) => (await prompt).text(deadline);
}
