/** Time, as a test replaces it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Ends early where the signal is aborted. */
  sleep(milliseconds: number, gone?: AbortSignal): Promise<void>;
  /** From 0 up to, but not including, 1. */
  random(): number;
}

export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  sleep: (milliseconds, gone) => new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    gone?.addEventListener('abort', () => resolve(clearTimeout(timer)));
  }),
  random: Math.random,
};
