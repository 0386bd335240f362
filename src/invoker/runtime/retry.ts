import type { Clock } from './clock';
import { asInvokerError, InvokerError } from './errors';
import type { InvokerOptions } from './invoker-options';

export interface RetryTimes {
  readonly clock: Clock;
  /** When the last attempt must have ended, in milliseconds since 1970. */
  readonly deadline: number;
  /** Told of every attempt that failed, the last one too. */
  readonly failed: (error: InvokerError) => void;
}

/**
 * Repeats what the service throttled or dropped, with full jitter, as long as Lambda has time.
 * A wait that would outlast the deadline is not begun: the caller learns the reason now instead of a timeout later.
 */
export async function withRetries<T>(
  attempt: (timeoutMs: number) => Promise<T>,
  options: InvokerOptions['retry'],
  { clock, deadline, failed }: RetryTimes,
): Promise<T> {
  const { maxAttempts = 4, baseDelayMs = 250, maxDelayMs = 20_000, attemptTimeoutMs = Infinity } = options ?? {};
  for (let made = 1; ; made++) {
    const left = deadline - clock.now();
    if (left <= 0) throw noTime();
    try {
      return await attempt(Math.min(left, attemptTimeoutMs));
    } catch (thrown) {
      const error = asInvokerError(thrown);
      failed(error);
      if (!error.retryable || made >= maxAttempts) throw error;
      const jitter = clock.random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (made - 1));
      const wait = Math.max(jitter, error.retryAfterMs ?? 0);
      if (clock.now() + wait >= deadline) throw error;
      await clock.sleep(wait);
    }
  }
}

function noTime(): InvokerError {
  return new InvokerError('ModelTimeoutError', 'Lambda has no time left to call the model. Raise the function\'s timeout (at most 15 minutes).');
}
