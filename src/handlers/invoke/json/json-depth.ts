import { withNegativeZeros } from './exact-json';
import { InvokerError } from '../failures/errors';

/**
 * How deep JSON may be nested. Writing it takes a stack frame a level, and Node.js has a few thousand of them; no request or
 * answer of the model comes near.
 */
const MOST_LEVELS = 1000;

/**
 * The event as it can be written again, or an `InvalidRequestError`. Of a direct event Lambda's runtime has read the numbers: JSON.stringify
 * would make null of one that is too large for it, and 0 of -0.
 */
export function shallow(event: unknown): unknown {
  let exact = true;
  const tooDeep = nestedTooDeeply(event, (value) => {
    if (typeof value !== 'number') return;
    if (!Number.isFinite(value)) {
      throw new InvokerError('InvalidRequestError', 'The event has a number outside what JSON numbers hold here, about 1.8e308. Send a smaller one, or a string.');
    }
    exact &&= !Object.is(value, -0);
  });
  if (!tooDeep) return exact ? event : withNegativeZeros(event);
  throw new InvokerError('InvalidRequestError', `The event is nested too deeply; objects and arrays may stand at most ${MOST_LEVELS} deep in one another.`);
}

/** Level by level, since a recursion would fail where it is to help. */
export function nestedTooDeeply(value: unknown, each?: (value: unknown) => void): boolean {
  let level = objectsOf([value]);
  for (let depth = 0; depth < MOST_LEVELS && level.length > 0; depth++) {
    level = level.flatMap((item) => {
      const values = Object.values(item);
      if (each) values.forEach(each);
      return objectsOf(values);
    });
  }
  return level.length > 0;
}

function objectsOf(values: unknown[]): object[] {
  return values.filter((value): value is object => typeof value === 'object' && value !== null);
}
