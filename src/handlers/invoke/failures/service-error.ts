import type { IncomingHttpHeaders } from 'node:http';
import { diagnose } from './access-diagnosis';
import type { Target } from './denial-advice';
import { bounded, ErrorParts, InvokerErrorName } from './errors';
import { textOf } from '../json/json-object';

/** The codes whose meaning does not follow from the HTTP status alone, without the "Exception" at their end. */
const CODES = {
  RateLimitError: 'throttling throttled requestThrottled tooManyRequests slowDown serviceQuotaExceeded rate_limit_error',
  OverloadedError: 'serviceUnavailable modelNotReady overloaded_error',
  ModelTimeoutError: 'modelTimeout requestTimeout timeout_error',
  ModelError: 'modelError modelStreamError',
  InternalServerError: 'internalServer api_error',
  InvalidRequestError: 'validation invalid_request_error',
  RequestTooLargeError: 'request_too_large',
  // What every AWS service may say of who calls it. https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
  AccessDeniedError: 'accessDenied notAuthorized optInRequired billing_error permission_error',
  AuthenticationError: 'expiredToken unrecognizedClient invalidClientTokenId missingAuthenticationToken incompleteSignature invalidSignature signatureDoesNotMatch requestExpired authentication_error',
  NotFoundError: 'resourceNotFound not_found_error',
} as const;

const BY_CODE = new Map(Object.entries(CODES).flatMap(([name, codes]) => codes.split(' ').map((code) => [code, name as InvokerErrorName])));

const BY_STATUS: Record<number, InvokerErrorName | undefined> = {
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

/** The service's own text at most: what follows it, the advice, has room too. */
const MOST_CHARACTERS = 1400;

/**
 * What AWS's own clients repeat whatever its status: requests that were throttled, or did not arrive in time.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const PASSING_CODE = /^(?:Throttl|RequestThrottled|TooManyRequests|SlowDown|RequestTimeout|ModelStreamError)/i;

/** Exceptions that arrive inside a stream that began with status 200, and pass. */
const PASSING = ['RateLimitError', 'OverloadedError', 'InternalServerError'];

/** An answer of the service that is no answer of the model. */
export interface ErrorReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The typed error for an answer whose status is not 200, in its parts: this file is not where the class is. */
export function serviceError(reply: ErrorReply, target: Target, now: number): ErrorParts {
  const { status, headers, body } = reply;
  const { code: bodyCode, message } = readBody(body);
  const code = codeIn(textOf(headers['x-amzn-errortype'] ?? bodyCode ?? ''));
  const name = nameOf(code) ?? BY_STATUS[status] ?? (status < 500 ? 'InvalidRequestError' : 'InternalServerError');
  const diagnosis = diagnose(name, message, target, clockDifference(headers, now));
  return [diagnosis?.name ?? name, [`${code || `HTTP ${status}`}: ${message}`, diagnosis?.advice].filter(Boolean).join(' '), {
    requestId: (headers['x-amzn-requestid'] ?? headers['request-id']) as string | undefined,
    retryable: status === 429 || status >= 500 || PASSING_CODE.test(code),
    retryAfterMs: retryAfter(headers['retry-after'], now),
    code: code || undefined,
    quoted: message,
  }];
}

/** The same for an exception or error event inside a stream. */
export function streamError(type: string, text: string, requestId?: string): ErrorParts {
  const code = codeIn(type);
  const name = nameOf(code) ?? 'InternalServerError';
  // The Messages API's timeout has status 504, which is repeated outside a stream too; Bedrock's own has 408, which is not.
  const retryable = PASSING.includes(name) || code === 'timeout_error' || PASSING_CODE.test(code);
  const message = bounded(text, MOST_CHARACTERS);
  return [name, [code, message].filter(Boolean).join(': '), { requestId, code: code || undefined, retryable, quoted: message }];
}

/** The name in `<namespace>#<name>:<address>`, as AWS's protocols write it. */
function codeIn(text: string): string {
  const [before] = bounded(text, 200).split(':');
  const code = before.slice(before.lastIndexOf('#') + 1);
  return /^\w{1,80}$/.test(code) ? code : '';
}

/** Bedrock says `{ "message" }`, the Messages API `{ "error": { "type", "message" } }`, a proxy in between anything. */
function readBody(body: string): { code?: string; message: string } {
  try {
    const { message, Message, error, __type } = JSON.parse(body);
    const said = message ?? Message ?? error?.message;
    if (typeof said === 'string') return { code: __type ?? error?.type, message: bounded(said, MOST_CHARACTERS) };
  } catch {
    // Not JSON: shown as it is, below.
  }
  return { message: body.slice(0, 500) || 'no message' };
}

function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  // Seconds, or a date that begins with its weekday. Anything else says nothing: Date.parse would find a date in "-5" too.
  if (/^\d+(\.\d+)?$/.test(header)) return Math.min(Number(header) * 1000, Number.MAX_SAFE_INTEGER);
  const milliseconds = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(header) ? Date.parse(header) - now : NaN;
  return Number.isFinite(milliseconds) ? Math.max(milliseconds, 0) : undefined;
}

function clockDifference(headers: IncomingHttpHeaders, now: number): number | undefined {
  const theirs = Date.parse(headers.date ?? '');
  return Number.isFinite(theirs) ? now - theirs : undefined;
}

function nameOf(code: string): InvokerErrorName | undefined {
  return BY_CODE.get(code.charAt(0).toLowerCase() + code.slice(1).replace(/Exception$/, ''));
}
