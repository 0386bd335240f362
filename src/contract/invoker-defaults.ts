/** What the handler does where neither the event nor the construct says otherwise. */

/** Output tokens that are asked for. */
export const DEFAULT_MAX_TOKENS = 4096;

/** How often a call is made, and how long it waits in between. */
export const DEFAULT_RETRY = {
  /** Calls in all, the first one counted. */
  maxAttempts: 4,
  /** Upper bound of the first wait. */
  baseDelayMs: 250,
  /** Upper bound of any wait. */
  maxDelayMs: 20_000,
} as const;
