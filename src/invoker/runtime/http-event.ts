import { InvokerError } from './errors';
import { parseJson } from './exact-json';
import { isObject, JsonObject, textOf } from './json-object';

/** What API Gateway and Function URLs want back. */
export interface HttpResult {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** The request body of an HTTP event. Its text never goes into an error: errors are logged, prompts are not. */
export function httpBody(event: JsonObject): unknown {
  const context = event.requestContext as JsonObject;
  const method = isObject(context.http) ? context.http.method : event.httpMethod;
  if (method !== 'POST') {
    throw new InvokerError('MethodNotAllowedError', `The method is ${textOf(method)}; send a POST with a request body in JSON.`);
  }
  if (typeof event.body !== 'string' || event.body === '') {
    throw new InvokerError('InvalidRequestError', 'The request has no body; send a request body in JSON.');
  }
  const body = parseBody(event.isBase64Encoded === true ? Buffer.from(event.body, 'base64').toString() : event.body);
  const beta = header(event.headers, 'anthropic-beta');
  return isObject(body) && beta && body.anthropic_beta === undefined ? { ...body, anthropic_beta: beta.split(',').map((name) => name.trim()) } : body;
}

/** JSON, or an `InvalidRequestError` that does not quote it as JSON.parse's own would. */
export function parseBody(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new InvokerError('InvalidRequestError', 'The body is not JSON; send a request body with "messages", or { "prompt": "..." }.');
  }
}

export function httpAnswer(text: string, requestId?: string): HttpResult {
  return httpResult(200, text, requestId);
}

export function httpError(error: InvokerError): HttpResult {
  const { status, requestId, retryAfterMs } = error;
  const result = httpResult(status, JSON.stringify(error.toBody()), requestId);
  return retryAfterMs === undefined ? result : { ...result, headers: { ...result.headers, 'retry-after': String(Math.ceil(retryAfterMs / 1000)) } };
}

function httpResult(statusCode: number, body: string, requestId?: string): HttpResult {
  return { statusCode, headers: { 'content-type': 'application/json', ...requestId && { 'request-id': requestId } }, body, isBase64Encoded: false };
}

function header(headers: unknown, name: string): string | undefined {
  if (!isObject(headers)) return undefined;
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name);
  return typeof found?.[1] === 'string' ? found[1] : undefined;
}
