/** What something depends on that is not known: condition keys, or what fills the gap of a text. */
export interface Undecided {
  readonly unknown: readonly string[];
}

/** Whether something is so, or what decides it and is not known. */
export type Truth = boolean | Undecided;

export function isUndecided(truth: Truth): truth is Undecided {
  return typeof truth === 'object';
}

export function not(truth: Truth): Truth {
  return isUndecided(truth) ? truth : !truth;
}

/** Whether all of them are so: one that is not settles it, whatever is unknown of the others. */
export function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  const undecided = truths.filter(isUndecided);
  return undecided.length === 0 || together(undecided);
}

/** Whether at least one of them is so. */
export function some(truths: readonly Truth[]): Truth {
  return not(every(truths.map(not)));
}

/** What follows if one of several cases is the case, and `source` tells which: what they agree on. */
export function agreed(cases: readonly Truth[], source: string): Truth {
  const [first] = cases;
  if (!isUndecided(first) && cases.every((truth) => truth === first)) return first;
  return together([{ unknown: [source] }, ...cases.filter(isUndecided)]);
}

/** Condition keys ignore case, so each is named once, as it is written first. */
function together(undecided: readonly Undecided[]): Undecided {
  const names = undecided.flatMap(({ unknown }) => unknown);
  return { unknown: names.filter((name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === index) };
}
