import { Asking, Failure, failureOf } from './failure';

/**
 * The answer to a question, or why there is none.
 */
export interface Asked<T> {
  readonly value?: T;
  readonly failure?: Failure;
}

/** Asks one question. Never throws: what goes wrong is told apart and kept. */
export async function ask<T>(action: string, asking: Asking, send: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { value: await send() };
  } catch (error) {
    return { failure: failureOf(error, action, asking) };
  }
}
