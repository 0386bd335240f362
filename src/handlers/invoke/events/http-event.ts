import type { InvokerParts } from '../call/invoker';
import { InvokerError, refuse } from '../failures/errors';
import { parseJson } from '../json/exact-json';
import { isObject, JsonObject, textOf } from '../json/json-object';

/**
 * The operations of Anthropic's and Bedrock's APIs that no invoker has. A client that asks for one would be given, and have to pay
 * for, an answer to something else.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html
 */
const OTHER_OPERATION =
  /\/v1\/(?:messages|complete|completions|chat\/completions|responses|embeddings)$|\/(?:count_tokens|messages\/batches|v1\/(?:models|files|skills|organizations))(?:\/|$)/;
const MODEL_OPERATION = /\/(?:invoke(?:-with-(?:response|bidirectional)-stream)?|converse(?:-stream)?|count-tokens)$/;

/**
 * The request body of an HTTP event, if its path is one that is served. Nothing of the request goes into an error: errors are
 * logged, prompts are not.
 */
export function httpBody(event: JsonObject, { dialect: { http }, config }: Pick<InvokerParts, 'dialect' | 'config'>): unknown {
  const path = pathOf(event);
  const start = http.start(path);
  const served = path === '' || start !== -1 && mayPrecede(path.slice(0, start), event) || isRouted(event) && !isOtherOperation(path);
  if (!served) {
    throw new InvokerError('PathNotFoundError', `Nothing is served at this path. ${http.served(config)}`);
  }
  const context = event.requestContext as JsonObject;
  if ((isObject(context.http) ? context.http.method : event.httpMethod) !== 'POST') {
    throw new InvokerError('MethodNotAllowedError', 'The method is not POST; send a POST with a request body in JSON.');
  }
  if (typeof event.body !== 'string' || event.body === '') refuse('The request has no body; send a request body in JSON.');
  const body = parseBody(event.isBase64Encoded === true ? Buffer.from(event.body, 'base64').toString() : event.body);
  return http.read(body, { path, header: (name) => headerOf(event, name) }, config);
}

/** JSON, or an `InvalidRequestError` that does not quote it as JSON.parse's own would. */
export function parseBody(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return refuse('The body is not JSON; send a request body with "messages", or { "prompt": "..." }.');
  }
}

function pathOf({ rawPath, path, requestContext }: JsonObject): string {
  const { http } = requestContext as JsonObject;
  const read = decoded(textOf(rawPath ?? (isObject(http) ? http.path : path) ?? ''));
  let end = read.length;
  while (read[end - 1] === '/') end--;
  // The URL of a function ends with a slash, to which clients add their path with its own.
  const trimmed = read.slice(0, end).replace(/^\/+/, '/');
  // An HTTP API writes its stage first, so this is the stage's root.
  return rawPath !== undefined && trimmed === stagePath(requestContext as JsonObject) ? '' : trimmed;
}

/** The stage as it stands in a path. The default one, which function URLs have too, stands in none; a load balancer has no stages. */
function stagePath({ stage }: JsonObject): string {
  return typeof stage === 'string' && stage !== '$default' ? `/${stage}` : '';
}

/**
 * Whether this may stand before a served path: the stage, what a greedy route has before its `{`, and the base path of a domain of the
 * developer's own, which no event tells apart. Where there are none of these, at a function URL and a load balancer, nothing may.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
function mayPrecede(front: string, event: JsonObject): boolean {
  const { resource, routeKey, requestContext } = event;
  const { domainName } = requestContext as JsonObject;
  if (isRouted(event) || resource !== undefined && !textOf(domainName).includes('.execute-api.')) return !isOtherOperation(front);
  const [prefix] = /\/[^{]*/.exec(textOf(resource ?? routeKey)) ?? ['/'];
  return [prefix, stagePath(requestContext as JsonObject) + prefix].some((base) => base.startsWith(`${front}/`));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Whether the developer chose this very path for the function: a REST API's resource or an HTTP API's route that takes no other.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
function isRouted({ resource, routeKey }: JsonObject): boolean {
  const route = resource ?? routeKey;
  return typeof route === 'string' && !route.includes('+}') && !route.includes('$default');
}

function isOtherOperation(path: string): boolean {
  return OTHER_OPERATION.test(path) || path.includes('/model/') && MODEL_OPERATION.test(path);
}

/** A load balancer sends single values or lists, never both; a REST API sends both, of which the lists hold all values. */
function headerOf({ headers, multiValueHeaders }: JsonObject, name: string): string | undefined {
  for (const given of [multiValueHeaders, headers]) {
    const found = isObject(given) ? Object.entries(given).find(([key]) => key.toLowerCase() === name)?.[1] : undefined;
    const values = (Array.isArray(found) ? found : [found]).filter((value) => typeof value === 'string');
    if (values.length > 0) return values.join(',');
  }
  return undefined;
}
