/**
 * How deep JSON may be nested. Writing it takes a stack frame a level, and Node.js has a few thousand of them; no request or
 * answer of the model comes near.
 */
export const MOST_LEVELS = 1000;

/** Whether it is deeper than that. `each` is given what is read on the way. Level by level, since a recursion would fail where it is to help. */
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
