import { InvokerError } from '../failures/errors';

/**
 * How deep JSON may be nested. Writing it takes a stack frame a level, and Node.js has a few thousand of them; no request or
 * answer of the model comes near.
 */
const MOST_LEVELS = 1000;

/** The event, or an `InvalidRequestError` where it could not be written again. */
export function shallow(event: unknown): unknown {
  if (!nestedTooDeeply(event)) return event;
  throw new InvokerError('InvalidRequestError', `The event is nested too deeply; objects and arrays may stand at most ${MOST_LEVELS} deep in one another.`);
}

/** Level by level, since a recursion would fail where it is to help. */
export function nestedTooDeeply(value: unknown): boolean {
  let level = objectsOf([value]);
  for (let depth = 0; depth < MOST_LEVELS && level.length > 0; depth++) {
    level = level.flatMap((item) => objectsOf(Object.values(item)));
  }
  return level.length > 0;
}

function objectsOf(values: unknown[]): object[] {
  return values.filter((value): value is object => typeof value === 'object' && value !== null);
}
