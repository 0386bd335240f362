import type { Answer } from '../call/invoker';
import type { Dialect } from '../dialects/dialect';
import type { InvokerError } from '../failures/errors';
import { isObject, JsonObject } from '../json/json-object';
import type { CallContext } from '../log/call-record';

/** What API Gateway, function URLs and load balancers want back. */
export interface HttpResult extends HttpHead {
  readonly body: string;
  readonly isBase64Encoded: false;
}

export interface HttpHead {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
}

/** Writes answers as one dialect's clients read them. */
export class HttpAnswers {
  constructor(private readonly dialect: Dialect, private readonly call: CallContext) {}

  /** The head of an answer. Every one has a request's ID: the service's, or Lambda's for what never reached the service. */
  head(statusCode: number, contentType: string, requestId = this.call.lambdaRequestId, more?: Record<string, string>): HttpHead {
    return { statusCode, headers: { 'content-type': contentType, ...requestId && { [this.dialect.http.requestIdHeader]: requestId }, ...more } };
  }

  whole({ written, requestId, headers }: Answer): HttpResult {
    return { ...this.head(200, 'application/json', requestId, headers), body: written, isBase64Encoded: false };
  }

  error(error: InvokerError): HttpResult {
    const { requestId = this.call.lambdaRequestId, retryAfterMs } = error;
    const { status, body, errorType } = this.dialect.http.error(error, requestId);
    const { headers } = this.head(status, 'application/json', requestId);
    return {
      statusCode: status,
      headers: {
        ...headers,
        ...errorType && { 'x-amzn-errortype': errorType },
        // Anthropic's clients repeat every 5xx unless they are told.
        'x-should-retry': String(mayHelp(error)),
        ...retryAfterMs !== undefined && { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) },
        ...status === 405 && { allow: 'POST' },
      },
      body: JSON.stringify(body),
      isBase64Encoded: false,
    };
  }
}

/** What took all the time there was takes it again, and is paid again. */
function mayHelp({ name, retryable }: InvokerError): boolean {
  return retryable && name !== 'ModelTimeoutError';
}

/**
 * The result in the event's own kind of headers: a load balancer that sends lists takes nothing else.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#multi-value-headers
 */
export function inKindOf(event: JsonObject, { headers, ...result }: HttpResult): object {
  if (isObject(event.headers) || !isObject(event.multiValueHeaders)) return { ...result, headers };
  return { ...result, multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])) };
}
