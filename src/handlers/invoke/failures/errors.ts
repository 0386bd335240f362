import { withoutInternals } from './internals';

/** HTTP status and Messages error type of each error. The names are a contract: Step Functions catches them. */
const KINDS = {
  InvalidRequestError: [400, 'invalid_request_error'],
  AuthenticationError: [401, 'authentication_error'],
  AccessDeniedError: [403, 'permission_error'],
  NotFoundError: [404, 'not_found_error'],
  PathNotFoundError: [404, 'not_found_error'],
  MethodNotAllowedError: [405, 'invalid_request_error'],
  RequestTooLargeError: [413, 'request_too_large'],
  RateLimitError: [429, 'rate_limit_error'],
  InternalServerError: [500, 'api_error'],
  ConfigurationError: [500, 'api_error'],
  ConnectionError: [502, 'api_error'],
  InvalidResponseError: [502, 'api_error'],
  ModelError: [502, 'api_error'],
  ResponseTooLargeError: [502, 'api_error'],
  ModelTimeoutError: [504, 'timeout_error'],
  OverloadedError: [529, 'overloaded_error'],
} as const;

export type InvokerErrorName = keyof typeof KINDS;

/** Failures of the function, its role, its account or its network: no caller can do anything about them. */
const OWN: readonly string[] = ['AuthenticationError', 'AccessDeniedError', 'NotFoundError', 'ConfigurationError', 'ConnectionError'];

/** The field by itself, not where a longer name ends in it. */
const MAX_TOKENS = /(?<!\.)max_tokens/;

/** The length of an error's message at most: Lambda's runtime writes it twice, and the log once. */
const MOST_CHARACTERS = 2000;

export interface InvokerErrorDetails {
  /** The service's ID of the failed call. */
  readonly requestId?: string;
  /** Whether the same call may succeed later. Default: false. */
  readonly retryable?: boolean;
  /** How long the service asks callers to wait. */
  readonly retryAfterMs?: number;
  /** The code that the service itself gave, such as `ThrottlingException`. */
  readonly code?: string;
  /** What was thrown. Only the places in its stack are kept: its text may quote a prompt, and Lambda's runtime logs causes. */
  readonly cause?: unknown;
  /** The part of the message that comes from outside, and may therefore quote the request or the answer. Default: none. */
  readonly quoted?: string;
  /** What HTTP callers read instead of the message, whose advice is not for them. */
  readonly toCallers?: string;
  /** Whether this is the function's own failure, whatever the error's name. Default: as the name says. */
  readonly own?: boolean;
}

/** What an HTTP caller may know of an error. */
export interface CallerError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

/** Every failure the handler reports. `name` is the error name in Step Functions, `status` what the failure means in HTTP. */
export class InvokerError extends Error {
  readonly status: number;
  readonly type: string;
  readonly requestId?: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly code?: string;
  /** Private, because Lambda's runtime logs whatever else an error holds. */
  readonly #details: InvokerErrorDetails;
  /** The message with its quotations. */
  readonly #full: string;

  constructor(readonly name: InvokerErrorName, message: string, details: InvokerErrorDetails = {}, full = message) {
    super(bounded(message));
    this.#details = details;
    this.#full = bounded(full);
    // Minified classes have one-letter names, and Lambda's JSON log format calls an error by its constructor's.
    Object.defineProperty(this, 'constructor', { value: { [name]: class {} }[name] });
    [this.status, this.type] = KINDS[name];
    this.requestId = details.requestId;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.code = details.code;
    this.stack = `${name}: ${this.message}${placesOf(details.cause instanceof Error ? details.cause : this)}`;
  }

  /** The message as it came, with what it quotes: for who sent the request, and for a log that holds content anyway. */
  get full(): string {
    return this.#full;
  }

  /** What HTTP callers get: of the function's own failures that there is one, of others what they need to change. */
  forCallers(): CallerError {
    if (this.#details.own ?? OWN.includes(this.name)) {
      return { status: 500, type: 'api_error', message: 'The function could not get the model\'s answer. Its log says why.' };
    }
    return { status: this.status, type: this.type, message: withoutInternals(this.#details.toCallers ?? this.#full) };
  }

  /** The same error as it may be logged: nothing of the request or the answer is in its message. */
  withoutTextOf(request: unknown, { loggable }: { loggable(text: string, request: unknown, name: InvokerErrorName): string }): InvokerError {
    const { quoted } = this.#details;
    if (!quoted) return this;
    const kept = loggable(quoted, request, this.name);
    return kept === quoted ? this : new InvokerError(this.name, this.#full.split(quoted).join(kept), this.#details, this.#full);
  }

  /** The same error with the dialect's own field in its advice: what reads answers knows no dialect, and says `max_tokens`. */
  naming(maxTokensField: string): InvokerError {
    if (this.#details.quoted || maxTokensField === 'max_tokens' || !MAX_TOKENS.test(this.message)) return this;
    const named = (text: string) => text.replace(MAX_TOKENS, maxTokensField);
    const { toCallers } = this.#details;
    return new InvokerError(this.name, named(this.message), { ...this.#details, toCallers: toCallers && named(toCallers) });
  }
}

/** What an error is made of. */
export type ErrorParts = [name: InvokerErrorName, message: string, details?: InvokerErrorDetails];

/** Refuses a request that its caller has to change. */
export function refuse(message: string): never {
  throw new InvokerError('InvalidRequestError', message);
}

/** Refuses a deployment: nothing works until it is changed. */
export function misconfigured(message: string): never {
  throw new InvokerError('ConfigurationError', message);
}

/** The same error, or whatever was thrown as an `InternalServerError`: nothing untyped leaves the handler. */
export function asInvokerError(thrown: unknown): InvokerError {
  if (thrown instanceof InvokerError) return thrown;
  const { name, quoted } = saidBy(thrown);
  return new InvokerError('InternalServerError', `The invoker failed: ${[name, quoted].filter(Boolean).join(': ')}.`, { cause: thrown, quoted, own: true });
}

/** What a thrown value says of itself. A SyntaxError of JSON.parse quotes what it was to read, which may be an answer: it says its name only. */
export function saidBy(thrown: unknown): { readonly name: string; readonly quoted?: string } {
  if (thrown instanceof SyntaxError) return { name: thrown.name };
  if (thrown instanceof Error) return { name: thrown.name, quoted: bounded(thrown.message, 1000) };
  return { name: typeof thrown, quoted: typeof thrown === 'object' ? undefined : bounded(String(thrown), 1000) };
}

/** Text no longer than that many characters. */
export function bounded(text: string, most = MOST_CHARACTERS): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Where an error was made: its stack without the message, which stands before the places. */
function placesOf({ stack = '', message }: Error): string {
  const places = stack.slice(stack.indexOf(message) + message.length);
  return stack.includes(message) && places.includes('\n') ? places.slice(places.indexOf('\n')) : '';
}
