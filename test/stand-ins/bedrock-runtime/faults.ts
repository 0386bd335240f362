import type { Answer } from './answer';
import { corruptLastFrame, failHalfWay, half, split, truncateLastFrame } from './answer-faults';
import type { Call } from './call';
import type { Deviation, Outcome } from './completion';
import { Refusal } from './refusal';

/** What goes wrong with one call, after its signature was found in order. */
export interface Fault {
  /** Answered instead of the model's answer. */
  readonly refusal?: Refusal;
  /** Nothing is answered: the connection stays open, or is reset. */
  readonly silence?: 'hang' | 'reset';
  /** How far the service's clock is from the caller's. */
  readonly clockOffsetMs?: number;
  /** What the model decides. */
  readonly outcome?: Outcome;
  /** How much longer its text is. */
  readonly extraCharacters?: number;
  /** What the model says. */
  readonly says?: Deviation['says'];
  /** Changes the answer on its way out. */
  readonly alter?: (answer: Answer) => Answer;
}

const HALF_HOUR_MS = 30 * 60_000;

/** The faults that a caller of Bedrock has to survive. */
export const Fault = {
  throttling: (retryAfterSeconds?: number): Fault => refuse(
    429, 'ThrottlingException', 'Too many requests, please wait before trying again.',
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  ),
  internalServer: (): Fault => refuse(500, 'InternalServerException', 'The system encountered an unexpected error during processing. Try your request again.'),
  serviceUnavailable: (): Fault => refuse(503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.'),
  /** The status of the Messages API for a service at its limit. */
  overloaded: (): Fault => refuse(529, 'OverloadedException', 'Overloaded'),
  modelTimeout: (): Fault => refuse(408, 'ModelTimeoutException', 'Model has timed out in processing the request. Try your request again.'),
  /** A refusal that quotes the request, as validation does. */
  validation: (message: (call: Call) => string, status = 400, type = 'ValidationException') => (call: Call): Fault => refuse(status, type, message(call)),
  accessDenied: (message: string): Fault => refuse(403, 'AccessDeniedException', message),
  expiredCredentials: (): Fault => refuse(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
  clockSkew: (milliseconds = HALF_HOUR_MS): Fault => ({ clockOffsetMs: milliseconds }),
  hang: (): Fault => ({ silence: 'hang' }),
  resetBeforeResponse: (): Fault => ({ silence: 'reset' }),
  resetInBody: (): Fault => ({ alter: (answer) => resetHalfway(split(answer, 2)) }),
  truncatedFrame: (): Fault => ({ alter: truncateLastFrame }),
  corruptFrame: (): Fault => ({ alter: corruptLastFrame }),
  invalidJson: (): Fault => ({ alter: (answer) => ({ ...answer, chunks: [Buffer.from('{"content": [{"type": "text", "te')] }) }),
  slowDrip: (msPerChunk: number): Fault => ({ alter: (answer) => ({ ...split(answer, 8), msPerChunk }) }),
  /** A valid answer whose text is that much longer. */
  largeAnswer: (characters = 20 * 1024 * 1024): Fault => ({ extraCharacters: characters }),
  exceptionInStream: (type: string, message: string): Fault => ({ alter: (answer) => failHalfWay(answer, type, message) }),
  says: (text: string, stopReason = 'end_turn'): Fault => ({ says: { content: [{ type: 'text', text }], stopReason } }),
  callsTool: (name: string, input: object): Fault => ({ says: { content: [{ type: 'tool_use', id: 'toolu_bdrk_1', name, input }], stopReason: 'tool_use' } }),
  refusal: (): Fault => ({ outcome: 'refusal' }),
  guardrailIntervened: (): Fault => ({ outcome: 'guardrail_intervened' }),
};

function refuse(status: number, type: string, message: string, headers?: Record<string, string>): Fault {
  return { refusal: new Refusal(status, type, message, headers) };
}

function resetHalfway(answer: Answer): Answer {
  return { ...answer, resetAfterChunks: half(answer) };
}
