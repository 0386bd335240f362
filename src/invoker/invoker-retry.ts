import { Duration } from 'aws-cdk-lib/core';

/**
 * How calls are repeated that the service throttled, failed or dropped. Waits are drawn at random up to a bound that doubles,
 * or last as long as the service asks, within `maxDelay`. A request that is sent again because its connection was closed counts as
 * a call too. No call is repeated once part of its answer was passed on, or when Lambda's time is up.
 */
export interface InvokerRetry {
  /**
   * The most calls in all, the first one counted, at least 1.
   *
   * @default 4
   */
  readonly maxAttempts?: number;

  /**
   * The upper bound of the first wait. At most `maxDelay`.
   *
   * @default Duration.millis(250)
   */
  readonly baseDelay?: Duration;

  /**
   * The upper bound of any wait. Where the service asks for a longer one (Retry-After), the call is not repeated: its caller gets
   * the error, and over HTTP the `retry-after` header with it.
   *
   * @default Duration.seconds(20)
   */
  readonly maxDelay?: Duration;

  /**
   * How long one call may take: at least 1 second, at most the function's timeout.
   *
   * @default - all the time that Lambda has left
   */
  readonly attemptTimeout?: Duration;
}
