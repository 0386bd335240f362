import type { IncomingHttpHeaders } from 'node:http';
import { diagnose, Target } from './access-diagnosis';
import { bounded, InvokerError, InvokerErrorName } from './errors';
import { textOf } from '../json/json-object';

/** Bedrock's exceptions whose meaning does not follow from the HTTP status alone. */
const BY_CODE = new Map<string, InvokerErrorName>(Object.entries({
  throttlingException: 'RateLimitError',
  serviceQuotaExceededException: 'RateLimitError',
  serviceUnavailableException: 'OverloadedError',
  modelNotReadyException: 'OverloadedError',
  modelTimeoutException: 'ModelTimeoutError',
  modelErrorException: 'ModelError',
  modelStreamErrorException: 'ModelError',
  internalServerException: 'InternalServerError',
  validationException: 'InvalidRequestError',
  accessDeniedException: 'AccessDeniedError',
  resourceNotFoundException: 'NotFoundError',
  expiredTokenException: 'AuthenticationError',
  unrecognizedClientException: 'AuthenticationError',
  invalidSignatureException: 'AuthenticationError',
  signatureDoesNotMatch: 'AuthenticationError',
  // The Messages API's own. https://platform.claude.com/docs/en/api/errors
  invalid_request_error: 'InvalidRequestError',
  authentication_error: 'AuthenticationError',
  billing_error: 'AccessDeniedError',
  permission_error: 'AccessDeniedError',
  not_found_error: 'NotFoundError',
  request_too_large: 'RequestTooLargeError',
  rate_limit_error: 'RateLimitError',
  api_error: 'InternalServerError',
  timeout_error: 'ModelTimeoutError',
  overloaded_error: 'OverloadedError',
} as const));

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

/** Exceptions that arrive inside a stream that began with status 200, and pass. */
const PASSING = ['RateLimitError', 'OverloadedError', 'InternalServerError'];

/** The typed error for an answer whose status is not 200. */
export function serviceError(status: number, headers: IncomingHttpHeaders, body: string, target: Target, now: number): InvokerError {
  const { code: bodyCode, message } = readBody(body);
  const code = codeIn(textOf(headers['x-amzn-errortype'] ?? bodyCode ?? ''));
  const name = BY_CODE.get(lowerFirst(code)) ?? BY_STATUS[status] ?? (status < 500 ? 'InvalidRequestError' : 'InternalServerError');
  const diagnosis = diagnose(name, message, target, clockDifference(headers, now));
  return new InvokerError(diagnosis?.name ?? name, [`${code || `HTTP ${status}`}: ${message}`, diagnosis?.advice].filter(Boolean).join(' '), {
    requestId: (headers['x-amzn-requestid'] ?? headers['request-id']) as string | undefined,
    retryable: status === 429 || status >= 500 || brokeOff(code),
    retryAfterMs: retryAfter(headers['retry-after'], now),
    code: code || undefined,
    quoted: message,
  });
}

/** The typed error for an exception or error event inside a stream. */
export function streamError(type: string, text: string, requestId?: string): InvokerError {
  const code = codeIn(type);
  const name = BY_CODE.get(lowerFirst(code)) ?? 'InternalServerError';
  // The Messages API's timeout has status 504, which is repeated outside a stream too; Bedrock's own has 408, which is not.
  const retryable = PASSING.includes(name) || code === 'timeout_error' || brokeOff(code);
  const message = bounded(text, MOST_CHARACTERS);
  return new InvokerError(name, [code, message].filter(Boolean).join(': '), { requestId, code: code || undefined, retryable, quoted: message });
}

/**
 * "Retry your request", AWS says of this one with status 424, and not of ModelErrorException, which has the same.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html
 */
function brokeOff(code: string): boolean {
  return lowerFirst(code) === 'modelStreamErrorException';
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

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
