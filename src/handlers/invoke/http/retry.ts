import type { Clock } from './clock';
import { StaleConnectionError } from './transport';
import { DEFAULT_RETRY } from '../../../contract/invoker-defaults';
import type { InvokerOptions } from '../../../contract/invoker-options';
import { asInvokerError, InvokerError } from '../failures/errors';

export interface RetryTimes {
  readonly clock: Clock;
  /** When the last attempt must have ended, in milliseconds since 1970. */
  readonly deadline: number;
  /** Told of every attempt that failed, the last one too. */
  readonly failed: (error: InvokerError) => void;
  /** Aborted when nobody waits for the answer any more. */
  readonly gone?: AbortSignal;
}

/**
 * Repeats what the service throttled or dropped, with full jitter, as long as Lambda has time.
 * A wait that would outlast the deadline is not begun: the caller learns the reason now instead of a timeout later.
 * `maxDelayMs` bounds the service's own Retry-After too: where it asks for more, the error with it goes to the caller, since
 * a call before that time would only fail again.
 */
export async function withRetries<T>(
  attempt: (timeoutMs: number) => Promise<T>,
  options: InvokerOptions['retry'],
  { clock, deadline, failed, gone }: RetryTimes,
): Promise<T> {
  const { maxAttempts, baseDelayMs, maxDelayMs, attemptTimeoutMs = Infinity } = { ...DEFAULT_RETRY, ...options };
  let last: InvokerError | undefined;
  for (let made = 1; ; made++) {
    gone?.throwIfAborted();
    const left = deadline - clock.now();
    if (left <= 0) throw last ?? noTime();
    try {
      return await attempt(Math.min(left, attemptTimeoutMs));
    } catch (thrown) {
      const error = last = asInvokerError(thrown);
      failed(error);
      if (!error.retryable || made >= maxAttempts) throw error;
      // Nothing is overloaded: the next attempt has a new connection.
      if (error instanceof StaleConnectionError) continue;
      const asked = error.retryAfterMs ?? 0;
      if (asked > maxDelayMs) throw error;
      // A double holds no more doublings than that.
      const jitter = clock.random() * Math.min(maxDelayMs, baseDelayMs * 2 ** Math.min(made - 1, 1000));
      const wait = Math.max(jitter, asked);
      if (clock.now() + wait >= deadline) throw error;
      await clock.sleep(wait, gone);
    }
  }
}

function noTime(): InvokerError {
  return new InvokerError('ModelTimeoutError', 'Lambda has no time left to call the model. Raise the function\'s timeout (at most 15 minutes).', { toCallers: 'No time was left to call the model.' });
}
