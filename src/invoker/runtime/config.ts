import { EndpointName, ENDPOINTS, endpointUrl } from './endpoint';
import { Environment } from './environment';
import { InvokerError } from './errors';
import type { InvokerOptions } from './invoker-options';

/** What the construct told the handler, read once when Lambda loads it. */
export interface InvokerConfig {
  readonly modelId: string;
  readonly endpoint: EndpointName;
  readonly region: string;
  readonly url: URL;
  readonly options: InvokerOptions;
}

/** Reads the construct's environment variables; throws a `ConfigurationError` that names the one that is wrong. */
export function readConfig(env: Environment): InvokerConfig {
  const modelId = required(env, 'MODEL_ID');
  const region = required(env, 'MODEL_REGION');
  const endpoint = required(env, 'MODEL_ENDPOINT');
  if (!isEndpoint(endpoint)) {
    const known = Object.keys(ENDPOINTS).map((name) => JSON.stringify(name)).join(' or ');
    throw new InvokerError('ConfigurationError', `MODEL_ENDPOINT is ${JSON.stringify(endpoint)}; expected ${known}.`);
  }
  const options = readOptions(env.INVOKER_OPTIONS);
  if (endpoint === 'bedrock-mantle') refuseRuntimeOptions(options);
  return { modelId, endpoint, region, url: endpointUrl(endpoint, region, env), options };
}

/** What bedrock-mantle does not serve, or serves in a way that is not documented: left out silently it would seem to work. */
function refuseRuntimeOptions({ guardrail, serviceTier, requestMetadata, api }: InvokerOptions): void {
  const set = { guardrail, serviceTier, requestMetadata, 'api "converse"': api === 'converse' || undefined };
  const names = Object.entries(set).filter(([, value]) => value !== undefined).map(([name]) => name);
  if (names.length > 0) {
    throw new InvokerError('ConfigurationError', `INVOKER_OPTIONS sets ${names.join(', ')}, which bedrock-mantle does not take; leave it out, or call the model through an inference profile.`);
  }
}

function required(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new InvokerError('ConfigurationError', `The environment variable ${name} is not set; HaikuInvoker sets it.`);
  return value;
}

function isEndpoint(name: string): name is EndpointName {
  return Object.hasOwn(ENDPOINTS, name);
}

function readOptions(json: string | undefined): InvokerOptions {
  if (!json) return {};
  try {
    return JSON.parse(json) as InvokerOptions;
  } catch (cause) {
    throw new InvokerError('ConfigurationError', 'INVOKER_OPTIONS is not JSON; HaikuInvoker writes one JSON object there.', { cause });
  }
}
