/** An error as a runtime client reports it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: string[];
}

/** A streamed response, taken apart. */
export interface StreamedResponse {
  readonly contentType: string;
  /** Status, headers and cookies, where the handler gave them before the body. */
  readonly prelude?: { statusCode?: number; headers?: Record<string, string>; cookies?: string[] };
  readonly body: Buffer;
}

/** How one invocation ended. */
export interface InvocationResult {
  readonly requestId: string;
  /** The decoded JSON of a buffered response. */
  readonly response?: unknown;
  /** The same as it came. */
  readonly payload?: Buffer;
  readonly stream?: StreamedResponse;
  /** Set when the function failed; a stream that failed half way has both. */
  readonly error?: FunctionError;
  /** What the process wrote to stdout meanwhile. */
  readonly stdout: string[];
  readonly durationMs: number;
}

/** One event on its way to the function. */
export interface Invocation {
  readonly requestId: string;
  readonly payload: string;
  readonly deadlineMs: number;
  readonly functionArn: string;
  /** Sees each piece of a streamed response as it arrives. */
  readonly onChunk?: (chunk: Buffer) => void;
}

/** What the Runtime API knows when an invocation ends. */
export type Outcome = Pick<InvocationResult, 'payload' | 'stream' | 'error'>;

/** The platform's own limit on a buffered response, in bytes. */
export const MAX_RESPONSE_BYTES = 6_291_556;
