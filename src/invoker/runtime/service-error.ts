import { IncomingHttpHeaders } from 'node:http';
import { InvokerError, InvokerErrorName } from './errors';

/** Bedrock's exception names that do not follow from the HTTP status alone. */
const BY_CODE: Record<string, InvokerErrorName> = {
  ServiceQuotaExceededException: 'RateLimitError',
  ModelNotReadyException: 'OverloadedError',
  ModelTimeoutException: 'ModelTimeoutError',
  ExpiredTokenException: 'AuthenticationError',
  UnrecognizedClientException: 'AuthenticationError',
  InvalidSignatureException: 'AuthenticationError',
  SignatureDoesNotMatch: 'AuthenticationError',
};

const BY_STATUS: Record<number, InvokerErrorName> = {
  400: 'InvalidRequestError',
  401: 'AuthenticationError',
  403: 'AccessDeniedError',
  404: 'NotFoundError',
  408: 'ModelTimeoutError',
  413: 'RequestTooLargeError',
  424: 'ModelError',
  429: 'RateLimitError',
  503: 'OverloadedError',
  504: 'ModelTimeoutError',
  529: 'OverloadedError',
};

/** The typed error for an answer whose status is not 200. */
export function serviceError(status: number, headers: IncomingHttpHeaders, body: string): InvokerError {
  const code = String(headers['x-amzn-errortype'] ?? '').split(':')[0];
  const name = BY_CODE[code] ?? BY_STATUS[status] ?? (status < 500 ? 'InvalidRequestError' : 'InternalServerError');
  return new InvokerError(name, `${code || `HTTP ${status}`}: ${serviceMessage(body)}`, {
    requestId: headers['x-amzn-requestid'] as string | undefined,
    retryable: status === 429 || status >= 500,
    code: code || undefined,
  });
}

/** Bedrock says `{ "message" }`, the Messages API `{ "error": { "message" } }`, a proxy in between anything. */
function serviceMessage(body: string): string {
  try {
    const { message, Message, error } = JSON.parse(body);
    return String(message ?? Message ?? error?.message ?? body);
  } catch {
    return body.slice(0, 500) || 'no message';
  }
}
