import { Environment } from './environment';
import { InvokerError } from './failures/errors';
import { EndpointName, ENDPOINTS, endpointUrl } from './http/endpoint';
import { isObject, JsonObject } from './json/json-object';
import type { InvokerOptions, OptionVariable, WrittenOptions } from '../../contract/invoker-options';

/** What the construct told the handler, read once when Lambda loads it. */
export interface InvokerConfig {
  readonly modelId: string;
  readonly endpoint: EndpointName;
  readonly region: string;
  readonly url: URL;
  readonly options: InvokerOptions;
  /** The bedrock-mantle project that requests name; absent: the account's default one. */
  readonly projectId?: string;
  /** The ARNs of the queues whose mappings are known to report batch item failures. */
  readonly reportingQueues: readonly string[];
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
  const options = readOptions(env);
  if (endpoint === 'bedrock-mantle') refuseRuntimeOptions(options);
  const reportingQueues = env.SQS_REPORTS_ITEM_FAILURES?.split(' ') ?? [];
  return { modelId, endpoint, region, url: endpointUrl(endpoint, region, env), options, projectId: projectOf(env), reportingQueues };
}

/** A request without a project is one of the default project. */
function projectOf({ MODEL_PROJECT_ID: id }: Environment): string | undefined {
  if (id === undefined || id === 'default') return undefined;
  if (/^[\w-]+$/.test(id)) return id;
  throw new InvokerError('ConfigurationError', `MODEL_PROJECT_ID is ${JSON.stringify(id)}; expected the ID of a bedrock-mantle project, such as "proj_abc123".`);
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

function readOptions(env: Environment): InvokerOptions {
  if (!env.INVOKER_OPTIONS) return {};
  const { variables = [], ...literals } = writtenOptions(env.INVOKER_OPTIONS);
  return variables.reduce<JsonObject>((options, variable) => {
    const value = valueOf(variable, env);
    return value === undefined ? options : withValue(options, variable.path, value);
  }, { ...literals });
}

function writtenOptions(json: string): WrittenOptions {
  try {
    const written: unknown = JSON.parse(json);
    if (isObject(written)) return written;
  } catch {
    // Said below, without JSON.parse's own message, which quotes the text.
  }
  throw new InvokerError('ConfigurationError', 'INVOKER_OPTIONS is not JSON; HaikuInvoker writes one JSON object there.');
}

/** The value of a variable as it was delivered: nothing in a text is read as JSON. Undefined where the deployment left it out and may. */
function valueOf({ name, type, needed, least = 0, most = Number.MAX_VALUE, below = '', expected = 'some text' }: OptionVariable, env: Environment): unknown {
  const text = env[name];
  if (type === 'any' || text === undefined && !needed) return text;
  const value = type ? Number(text) : text;
  // Where the greater number was left out, none is too great for it.
  const fits = typeof value !== 'number'
    || value >= least && value <= most && !(value >= Number(env[below])) && (type === 'number' || Number.isInteger(value));
  if (text?.trim() && fits) return value;
  throw new InvokerError('ConfigurationError', `${name} is ${JSON.stringify(text) ?? 'not set'}; expected ${expected}. Correct the value that was passed to HaikuInvoker for it.`);
}

/** The options with one more value in them. A key may be any text, `__proto__` too, so nothing is assigned. */
function withValue(options: JsonObject, [key, ...rest]: readonly string[], value: unknown): JsonObject {
  const inner = Object.hasOwn(options, key) && isObject(options[key]) ? options[key] : {};
  return Object.fromEntries([...Object.entries(options), [key, rest.length > 0 ? withValue(inner, rest, value) : value]]);
}
