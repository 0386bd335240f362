import type { Target } from './denial-advice';
import type { ErrorParts, InvokerErrorName } from './errors';
import { withoutRequest } from './request-text';
import { ErrorReply, serviceError, streamError } from './service-error';
import { readDenial } from '../../../policy/iam-denial';

/** What only a failed call needs. It is a file of its own in the bundles, loaded when a call has failed: an init does not read it. */
export interface Explanations {
  /** The error that an answer is whose status is not 200. */
  serviceError(reply: ErrorReply, target: Target, now: number): ErrorParts;
  /** The error that an exception or an error event in a stream is. */
  streamError(type: string, text: string, requestId?: string): ErrorParts;
  /** A text of the service as it may be logged, whatever it quotes of the request. */
  loggable(text: string, request: unknown, name: InvokerErrorName): string;
}

export const EXPLANATIONS: Explanations = {
  serviceError,
  streamError,
  loggable: (text, request, name) => withoutRequest(text, request, name === 'AccessDeniedError' && readDenial(text) !== undefined),
};
