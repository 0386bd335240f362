import { Token } from 'aws-cdk-lib/core';
import { HaikuError, shown } from '../private/errors';

/** Refuses what is not a whole number within a range; a token passes. */
export function checkWholeNumber(name: string, value: number | undefined, [least, most]: [number, number?], advice: string): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (Number.isInteger(value) && value >= least && value <= (most ?? Infinity)) return;
  throw new HaikuError(
    `${name} is out of range, got ${shown(value)}; expected a whole number ${most === undefined ? `of at least ${least}` : `from ${least} to ${most}`}. ${advice}`);
}
