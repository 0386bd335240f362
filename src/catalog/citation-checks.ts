import { Citation } from './citation';
import { shown } from '../private/errors';

const MONTH_OR_DAY = /^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/;

/** What is wrong with the source and the date of a row. */
export function citationProblems(where: string, row: Citation): string[] {
  const problems = sourceProblems(`${where}.sourceUrl`, row.sourceUrl);
  if (typeof row.asOf !== 'string' || !MONTH_OR_DAY.test(row.asOf)) {
    problems.push(`${where}.asOf: got ${shown(row.asOf)}; expected the date of that page as YYYY-MM or YYYY-MM-DD`);
  }
  return problems;
}

/** What is wrong with the address of a source. */
export function sourceProblems(where: string, url: string): string[] {
  return typeof url === 'string' && /^https:\/\/\S[^\s.]*\.\S+$/.test(url)
    ? []
    : [`${where}: got ${shown(url)}; expected the https address of the page that says so`];
}

/** What stands in a list more than once. */
export function duplicateProblems(where: string, values: string[]): string[] {
  const twice = values.filter((value, index) => values.indexOf(value) !== index);
  return [...new Set(twice)].map((value) => `${where}: got ${shown(value)} twice; expected it once`);
}
