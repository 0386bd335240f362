import leven from 'leven';

/** The candidate that takes the fewest edits to spell like this; the first of several. */
export function nearest(given: string, candidates: string[]): string {
  return candidates
    .map((candidate) => ({ candidate, edits: leven(given, candidate) }))
    .reduce((best, next) => next.edits < best.edits ? next : best).candidate;
}
