import type { AnswerFacts, Prepared } from '../dialects/dialect';
import type { InvokerError } from '../failures/errors';
import type { Reply } from '../http/reply';

/** The way in which Lambda was called. */
export type EventSource = 'direct' | 'rest-api' | 'http-api' | 'function-url' | 'alb' | 'sqs';

/** What one invocation brings with it besides its body. */
export interface CallContext {
  readonly source: EventSource;
  /** When the answer must have been read, in milliseconds since 1970. */
  readonly deadline: number;
  readonly lambdaRequestId?: string;
  /** The caller's own trace, of its W3C header. */
  readonly trace?: { readonly traceId: string; readonly spanId: string };
  /** Aborted when the caller of a stream hangs up. */
  readonly gone?: AbortSignal;
}

/** How many failed attempts a record names; `attempts` counts them all. */
const MOST_FAILURES = 10;

/** What else the line of a call says, where more than one model was asked. */
export interface CallAddition {
  /** More dimensions of all metrics of the call, each besides the function. */
  readonly dimensions?: Record<string, string>;
  fields(record: CallRecord): Record<string, unknown>;
  /** Metrics in the place of the call's own, or besides. */
  metrics(record: CallRecord, own: Record<string, number | undefined>): Record<string, number | undefined>;
  /** Called when the line is written. */
  ended?(record: CallRecord): void;
}

/** What is known about one call, gathered while it runs. Only the prepared request holds text of it. */
export class CallRecord {
  attempts = 0;
  /** The names of the failures of the first attempts. */
  readonly failures: string[] = [];
  throttles = 0;
  requestId?: string;
  serviceTier?: string;
  firstTokenAt?: number;
  /** The caller hung up before the stream's end. */
  abandoned = false;
  endedAt?: number;
  prepared?: Prepared;
  facts?: AnswerFacts;
  error?: InvokerError;
  readonly additions: CallAddition[] = [];
  /** Whether the call's text is to be logged, although the invoker logs none. */
  withContent = false;

  constructor(readonly call: CallContext, readonly startedAt: number, readonly streamed = false) {}

  replied(reply: Reply): void {
    this.requestId = reply.requestId;
    const tier = reply.headers['x-amzn-bedrock-service-tier'];
    this.serviceTier = typeof tier === 'string' ? tier : undefined;
  }

  attemptFailed(error: InvokerError): void {
    this.requestId = error.requestId ?? this.requestId;
    if (error.name === 'RateLimitError') this.throttles++;
    if (this.failures.length < MOST_FAILURES) this.failures.push(error.name);
  }
}
