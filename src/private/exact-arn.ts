import { HaikuError, shown } from './errors';

/**
 * Whether an ARN or ID names one thing. In a policy `*` and `?` stand for anything, and `${...}` for a value of the request; the
 * marker of a token has none of them but its own `${Token[`.
 */
export function isExact(arn: string): boolean {
  return !/[*?]|\$\{(?!Token\[)/.test(arn);
}

/** Throws if a value that goes into a policy would let it say more than it names. */
export function checkExactArn(name: string, arn: string, expected: string): void {
  if (isExact(arn)) return;
  throw new HaikuError(
    `${name} would stand in a policy for more than one resource, got ${shown(arn)}; expected ${expected}, without "*", "?" and "\${...}". `
    + 'Name the one resource that is meant.');
}
