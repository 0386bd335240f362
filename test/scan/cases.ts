import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is to be found somewhere, or may be found instead. */
interface Place {
  readonly kind: string;
  readonly where: string;
}

interface Expected extends Place {
  readonly severity: 'error' | 'warning';
  readonly what: string;
  /** It is right to find it and right not to. */
  readonly optional?: boolean;
  readonly accept?: Place[];
}

/** A template in the shape of a public one, and what is wrong with it. */
export interface ScanCase {
  readonly file: string;
  readonly region: string;
  readonly residency?: { readonly allowed: string[]; readonly forbidGlobal: boolean };
  readonly findings: Expected[];
}

const FOLDER = join(__dirname, 'cases');

export const CASES = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as ScanCase[];

export function templateOfCase({ file }: ScanCase): Record<string, unknown> {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Record<string, unknown>;
}

/** What a scan missed, and what it said too much. */
export function differences(
  { findings }: ScanCase, found: ReadonlyArray<{ readonly rule: string; readonly resource: string }>,
): { readonly missed: string[]; readonly tooMuch: string[] } {
  const ways = (one: Expected): Place[] => [one, ...one.accept ?? []];
  const isAt = ({ kind, where }: Place) => found.some(({ rule, resource }) => rule === kind && resource === where);
  return {
    missed: findings.filter((one) => !one.optional && !ways(one).some(isAt)).map(({ kind, where }) => `${kind} at ${where}`),
    tooMuch: found.filter(({ rule, resource }) => !findings.some((one) => ways(one).some(({ kind, where }) => kind === rule && where === resource))).map(({ rule, resource }) => `${rule} at ${resource}`),
  };
}
