import { endpointUrl } from './endpoint';
import { EndpointName, ENDPOINTS, NOT_ON_MANTLE } from '../../../contract/endpoints';
import type { OtherModel } from '../../../contract/escalation';
import type { InvokerOptions, OptionVariable, WrittenOptions } from '../../../contract/invoker-options';
import { Environment, VARIABLES } from '../../../contract/invoker-variables';
import { misconfigured } from '../failures/errors';
import { isObject, JsonObject } from '../json/json-object';

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
  refuseApiKey(env);
  const modelId = required(env, VARIABLES.modelId);
  const region = required(env, VARIABLES.region);
  const endpoint = readEndpoint(env);
  const options = readOptions(env);
  if (endpoint === 'bedrock-mantle') refuseRuntimeOptions(options);
  const reportingQueues = env[VARIABLES.reportingQueues]?.split(' ') ?? [];
  const projectId = projectOf(env[VARIABLES.projectId]);
  return { modelId, endpoint, region, url: endpointUrl(endpoint, region, env), options, projectId, reportingQueues };
}

/** The same for another model of the same function. */
export function configOf(model: OtherModel, config: InvokerConfig, env: Environment): InvokerConfig {
  const endpoint = model.endpoint as EndpointName;
  return { ...config, ...model, endpoint, url: endpointUrl(endpoint, model.region, env), projectId: projectOf(model.projectId) };
}

/** A key calls as its own principal, which may do more than the role, or less. Its value is told nobody. */
function refuseApiKey({ [VARIABLES.apiKey]: key }: Environment): void {
  if (!key) return;
  misconfigured(`${VARIABLES.apiKey} is set, and the function calls with its role alone, never with an API key; unset it.`);
}

function readEndpoint(env: Environment): EndpointName {
  const endpoint = required(env, VARIABLES.endpoint);
  if (isEndpoint(endpoint)) return endpoint;
  return misconfigured(`${VARIABLES.endpoint} is ${JSON.stringify(endpoint)}; expected ${Object.keys(ENDPOINTS).map((name) => JSON.stringify(name)).join(' or ')}.`);
}

/** A request without a project is one of the default project. */
function projectOf(id: string | undefined): string | undefined {
  if (id === undefined || id === 'default') return undefined;
  if (/^[\w-]+$/.test(id)) return id;
  return misconfigured(`${VARIABLES.projectId} is ${JSON.stringify(id)}; expected the ID of a bedrock-mantle project, such as "proj_abc123".`);
}

function refuseRuntimeOptions(options: InvokerOptions): void {
  const names = NOT_ON_MANTLE.filter((name) => options[name] !== undefined);
  if (names.length > 0) misconfigured(`${VARIABLES.options} sets ${names.join(', ')}, which bedrock-mantle does not take; leave it out, or call the model through an inference profile.`);
}

function required(env: Environment, name: string): string {
  return env[name] || misconfigured(`The environment variable ${name} is not set; HaikuInvoker sets it.`);
}

function isEndpoint(name: string): name is EndpointName {
  return Object.hasOwn(ENDPOINTS, name);
}

function readOptions(env: Environment): InvokerOptions {
  const json = env[VARIABLES.options];
  if (!json) return {};
  const { variables = [], ...literals } = writtenOptions(json);
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
  return misconfigured(`${VARIABLES.options} is not JSON; HaikuInvoker writes one JSON object there.`);
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
  return misconfigured(`${name} is ${JSON.stringify(text) ?? 'not set'}; expected ${expected}. Correct the value that was passed to HaikuInvoker for it.`);
}

/** The options with one more value in them. A key may be any text, `__proto__` too, so nothing is assigned. */
function withValue(options: JsonObject, [key, ...rest]: readonly string[], value: unknown): JsonObject {
  const inner = Object.hasOwn(options, key) && isObject(options[key]) ? options[key] : {};
  return Object.fromEntries([...Object.entries(options), [key, rest.length > 0 ? withValue(inner, rest, value) : value]]);
}
