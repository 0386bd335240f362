import { Citation } from './citation';
import { shown } from '../private/errors';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const DAY = /^(\d{4}-(?:0[1-9]|1[0-2]))-(\d\d)$/;

/** What is wrong with the source and the date of a row. */
export function citationProblems(where: string, row: Citation): string[] {
  const problems = sourceProblems(`${where}.sourceUrl`, row.sourceUrl);
  if (!isMonth(row.asOf) && !isDay(row.asOf)) {
    problems.push(`${where}.asOf: got ${shown(row.asOf)}; expected the date of that page as YYYY-MM or YYYY-MM-DD`);
  }
  return problems;
}

/** Whether a value is a month of the calendar, `YYYY-MM`. */
export function isMonth(value: unknown): boolean {
  return typeof value === 'string' && MONTH.test(value);
}

/**
 * Whether a value is a day of the calendar, `YYYY-MM-DD`, which February 31 is not. Whether it has come yet is not asked: there
 * is no clock at synth, so that the same app gives the same template on any day.
 */
export function isDay(value: unknown): boolean {
  const [, month, day] = (typeof value === 'string' && DAY.exec(value)) || [];
  if (month === undefined) return false;
  const lastDay = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  return Number(day) >= 1 && Number(day) <= lastDay;
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
