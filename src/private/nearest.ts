import leven from 'leven';

/** The candidate that takes the fewest edits to spell like this; the first of several. */
export function nearest(given: string, candidates: string[]): string {
  return nearestOf(given, candidates, 1)[0];
}

/** The candidate that was meant, if this is none of them and a slip or two away from one. */
export function misspelt(given: string, candidates: string[]): string | undefined {
  if (candidates.length === 0 || candidates.includes(given)) return undefined;
  const candidate = nearest(given, candidates);
  const slips = candidate.length > 5 ? 2 : 1;
  return candidate.toLowerCase() === given.toLowerCase() || leven(given, candidate) <= slips ? candidate : undefined;
}

/** The candidates that take the fewest edits to spell like this, the nearest first, at most so many. */
export function nearestOf(given: string, candidates: string[], count: number): string[] {
  return candidates
    .map((candidate) => ({ candidate, edits: leven(given, candidate) }))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** The candidate that takes at most so many edits to spell like this: a slip of the pen. Nothing if none does. */
export function nearlyOf(given: string, candidates: string[], edits: number): string | undefined {
  const [near] = nearestOf(given, candidates, 1);
  return near !== undefined && leven(given, near) <= edits ? near : undefined;
}
