/** HTTP status and Messages error type of each error. The names are a contract: Step Functions catches them. */
const KINDS = {
  InvalidRequestError: { status: 400, type: 'invalid_request_error' },
  AuthenticationError: { status: 401, type: 'authentication_error' },
  AccessDeniedError: { status: 403, type: 'permission_error' },
  NotFoundError: { status: 404, type: 'not_found_error' },
  PathNotFoundError: { status: 404, type: 'not_found_error' },
  MethodNotAllowedError: { status: 405, type: 'invalid_request_error' },
  RequestTooLargeError: { status: 413, type: 'request_too_large' },
  RateLimitError: { status: 429, type: 'rate_limit_error' },
  InternalServerError: { status: 500, type: 'api_error' },
  ConfigurationError: { status: 500, type: 'api_error' },
  ConnectionError: { status: 502, type: 'api_error' },
  InvalidResponseError: { status: 502, type: 'api_error' },
  ModelError: { status: 502, type: 'api_error' },
  ResponseTooLargeError: { status: 502, type: 'api_error' },
  ModelTimeoutError: { status: 504, type: 'timeout_error' },
  OverloadedError: { status: 529, type: 'overloaded_error' },
} as const;

/** What only the function's owner can put right. */
const OWN_FAILURES = ['AuthenticationError', 'AccessDeniedError', 'NotFoundError', 'ConfigurationError', 'ConnectionError'];

export type InvokerErrorName = keyof typeof KINDS;

export interface InvokerErrorDetails {
  /** The service's ID of the failed call. */
  readonly requestId?: string;
  /** Whether the same call may succeed later. Default: false. */
  readonly retryable?: boolean;
  /** How long the service asks callers to wait. */
  readonly retryAfterMs?: number;
  /** The code that the service itself gave, such as `ThrottlingException`. */
  readonly code?: string;
  readonly cause?: unknown;
}

/** The Messages API's error body. */
export interface ErrorBody {
  readonly type: 'error';
  readonly error: { readonly type: string; readonly message: string };
  readonly request_id?: string;
}

/** Every failure the handler reports. `name` is the error name in Step Functions, `status` what HTTP callers get. */
export class InvokerError extends Error {
  readonly status: number;
  readonly type: string;
  readonly requestId?: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly code?: string;

  constructor(name: InvokerErrorName, message: string, details: InvokerErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = name;
    this.status = KINDS[name].status;
    this.type = KINDS[name].type;
    this.requestId = details.requestId;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.code = details.code;
  }

  /** What callers over HTTP may read: of the function's own failures only that there is one. The log says which. */
  forCallers(): { readonly status: number; readonly type: string; readonly message: string } {
    const { status, type, message } = this;
    if (!OWN_FAILURES.includes(this.name)) return { status, type, message };
    return { status: 500, type: 'api_error', message: 'The function could not call the model. Its log says why.' };
  }

  /** The Messages API's shape of this error. */
  toBody(): ErrorBody {
    return { type: 'error', error: { type: this.type, message: this.message }, ...this.requestId && { request_id: this.requestId } };
  }
}

/** The same error, or whatever was thrown as an `InternalServerError`: nothing untyped leaves the handler. */
export function asInvokerError(thrown: unknown): InvokerError {
  if (thrown instanceof InvokerError) return thrown;
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new InvokerError('InternalServerError', `The invoker failed: ${message}.`, { cause: thrown });
}
