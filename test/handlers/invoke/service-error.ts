import { InvokerError } from '../../../src/handlers/invoke/failures/errors';
import { EXPLANATIONS } from '../../../src/handlers/invoke/failures/explain';

/** The error that the handler makes of an answer whose status is not 200. */
export function serviceError(...of: Parameters<typeof EXPLANATIONS.serviceError>): InvokerError {
  return new InvokerError(...EXPLANATIONS.serviceError(...of));
}
