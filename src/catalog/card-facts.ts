import { fact, Kind, list, named } from './fact-kinds';
import { Geography } from './geography';
import { ServiceTier } from './service-tier';
import { shown } from '../private/errors';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const DAY_OF_MONTH = /^(\d{4}-(?:0[1-9]|1[0-2]))-(\d\d)$/;
const ADDRESS = /^https:\/\/\S[^\s.]*\.\S+$/;
const REGION_CODE = /^[a-z]{2,4}(-(gov|iso[a-z]?|de))?-(north|south|east|west|central|northeast|northwest|southeast|southwest)-[1-9]$/;
const ID = /^[a-z0-9-]+\.[a-z0-9-]+(:\d+)?$/;
const PARAMETER = /^[a-z]+(_[a-z]+)*$/;

export const FLAG = fact('true or false', (value) => typeof value === 'boolean');
export const WHOLE = fact('a whole number above 0', (value) => Number.isSafeInteger(value) && value as number > 0);
export const AMOUNT = fact('an amount of 0 or more', (value) => Number.isFinite(value) && value as number >= 0);
export const DAY = fact('a day as YYYY-MM-DD', isDay);
export const MONTH_OR_DAY = fact('a month as YYYY-MM, or a day as YYYY-MM-DD', (value) => isMonth(value) || isDay(value));
export const SOURCE = fact('the https address of the page that says so', (value) => isText(value) && ADDRESS.test(value));
export const CITATION = { sourceUrl: SOURCE, asOf: fact('the date of that page as YYYY-MM or YYYY-MM-DD', (value) => isMonth(value) || isDay(value)) };
export const MODEL_ID = fact('a model ID without a geography in front, such as "anthropic.claude-...-v1:0"', (value) => isText(value) && ID.test(value));
export const REGION = fact('a Region code such as "eu-west-2"', (value) => isText(value) && REGION_CODE.test(value));
export const REGIONS = list(REGION, { expected: 'a list of at least one Region', least: 1, key: textKey });
export const TIERS = list(named(
  { expected: 'a ServiceTier', own: (value) => ServiceTier._own(value) },
  { expected: 'what requests call the tier, such as "default"', holds: isText, of: (name) => ServiceTier.of(name) },
), { key: (tier) => textKey(ServiceTier._own(tier)?.name ?? tier) });
export const GEOGRAPHY = named(
  { expected: 'a Geography', own: (value) => Geography._own(value) },
  { expected: 'the first part of an inference profile ID, such as "eu"', holds: (value) => Geography._isPrefix(value), of: (prefix) => Geography.of(prefix) },
);
export const GEOGRAPHIES = list(GEOGRAPHY, { key: geographyText });
export const PARAMETERS = list(fact('the name in a Messages request, such as "top_p"', (value) => isText(value) && PARAMETER.test(value)), {
  expected: 'a list, empty for a model that takes none', key: textKey,
});

export function text(expected: string): Kind {
  return fact(expected, isText);
}

/** Texts, each once. */
export function each(kind: Kind, expected?: string): Kind {
  return list(kind, { expected, key: textKey });
}

/** A geography as messages name it, from a program or from a file. */
export function geographyText(value: unknown): string {
  return Geography._own(value)?.toString() ?? shown(value);
}

function textKey(value: unknown): string | undefined {
  return typeof value === 'string' ? shown(value) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isMonth(value: unknown): boolean {
  return typeof value === 'string' && MONTH.test(value);
}

/**
 * Whether a value is a day of the calendar, `YYYY-MM-DD`, which February 31 is not. Whether it has come yet is not asked: there
 * is no clock at synth, so that the same app gives the same template on any day.
 */
function isDay(value: unknown): boolean {
  const [, month, day] = (typeof value === 'string' && DAY_OF_MONTH.exec(value)) || [];
  if (month === undefined) return false;
  const lastDay = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  return Number(day) >= 1 && Number(day) <= lastDay;
}
