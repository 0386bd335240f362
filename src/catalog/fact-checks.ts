import { Citation } from './citation';
import { citationProblems, duplicateProblems, sourceProblems } from './citation-checks';
import { Geography } from './geography';
import { ModelCardProps } from './model-card-props';
import { SourceDisagreement } from './source-disagreement';
import { shown } from '../private/errors';

/** What is wrong with a card's facts besides its IDs and Regions. */
export function factProblems(card: ModelCardProps): string[] {
  const { quotas = [], prices = [], platformNames = [], disagreements = [] } = card;
  const rows: Array<[string, Citation | undefined]> = [
    ['lifecycle', card.lifecycle], ['limits', card.limits], ['promptCaching', card.promptCaching], ['serviceTiers', card.serviceTiers],
    ...quotas.map((row, i): [string, Citation] => [`quotas[${i}]`, row]),
    ...prices.map((row, i): [string, Citation] => [`prices[${i}]`, row]),
    ...platformNames.map((row, i): [string, Citation] => [`platformNames[${i}]`, row]),
  ];
  return [
    ...rows.flatMap(([where, row]) => row ? citationProblems(where, row) : []),
    ...geographyProblems('limits.geographiesWithoutStructuredOutputs', card.limits?.geographiesWithoutStructuredOutputs),
    ...numberProblems('limits', card.limits, WHOLE),
    ...numberProblems('promptCaching', card.promptCaching, WHOLE),
    ...numberProblems('lifecycle', card.lifecycle, WHOLE),
    ...prices.flatMap((row, i) => numberProblems(`prices[${i}]`, row, AMOUNT)),
    ...duplicateProblems('quotas', quotas.map(({ code }) => code)),
    ...duplicateProblems('prices', prices.map(({ inferenceOption }) => inferenceOption)),
    ...disagreements.flatMap((row, i) => disagreementProblems(`disagreements[${i}]`, row)),
  ];
}

/** What a number of a row may be, and how a message says so. */
interface NumberRule {
  readonly holds: (value: number) => boolean;
  readonly expected: string;
}
const WHOLE: NumberRule = { holds: (value) => Number.isSafeInteger(value) && value > 0, expected: 'a whole number above 0' };
const AMOUNT: NumberRule = { holds: (value) => Number.isFinite(value) && value >= 0, expected: 'an amount of 0 or more' };

function numberProblems(where: string, row: object | undefined, { holds, expected }: NumberRule): string[] {
  return Object.entries(row ?? {})
    .filter(([, value]) => typeof value === 'number' && !holds(value))
    .map(([field, value]) => `${where}.${field}: got ${String(value)}; expected ${expected}`);
}

function geographyProblems(where: string, geographies: unknown): string[] {
  if (!Array.isArray(geographies)) return [];
  return geographies.flatMap((geography, i) => Geography._own(geography) ? [] : [`${where}[${i}]: got ${shown(geography)}; expected a Geography`]);
}

function disagreementProblems(where: string, row: SourceDisagreement): string[] {
  const blank = (['topic', 'chosen', 'rejected', 'reason'] as const).filter((field) => typeof row[field] !== 'string' || row[field].trim() === '');
  return [
    ...blank.map((field) => `${where}.${field}: got ${shown(row[field])}; expected a text`),
    ...sourceProblems(`${where}.chosenSourceUrl`, row.chosenSourceUrl),
    ...sourceProblems(`${where}.rejectedSourceUrl`, row.rejectedSourceUrl),
  ];
}
