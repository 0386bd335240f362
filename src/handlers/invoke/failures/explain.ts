import { diagnose, Diagnosis } from './access-diagnosis';
import type { Target } from './denial-advice';
import type { InvokerErrorName } from './errors';
import { withoutRequest } from './request-text';
import { readDenial } from '../../../policy/iam-denial';

/** What only a failed call needs. It is a file of its own in the bundles, loaded when a call has failed: an init does not read it. */
export interface Explanations {
  /** Which of the known causes fits what the service said, or undefined where none does. */
  diagnose(name: InvokerErrorName, message: string, target: Target, clockDifferenceMs?: number): Diagnosis | undefined;
  /** A text of the service as it may be logged, whatever it quotes of the request. */
  loggable(text: string, request: unknown, name: InvokerErrorName): string;
}

export const EXPLANATIONS: Explanations = {
  diagnose,
  loggable: (text, request, name) => withoutRequest(text, request, name === 'AccessDeniedError' && readDenial(text) !== undefined),
};
