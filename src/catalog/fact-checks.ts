import { Citation } from './citation';
import { citationProblems, duplicateProblems, isDay, isMonth, sourceProblems } from './citation-checks';
import { Geography } from './geography';
import { ModelCardProps } from './model-card-props';
import { ModelLifecycle } from './model-lifecycle';
import { SourceDisagreement } from './source-disagreement';
import { shown } from '../private/errors';

/** What is wrong with a card's facts besides its IDs and Regions. */
export function factProblems(card: ModelCardProps): string[] {
  const { quotas = [], prices = [], platformNames = [], disagreements = [], batchLimits } = card;
  // A row that is none is said where the shapes are judged.
  const batchQuotas = (Array.isArray(batchLimits?.quotas) ? batchLimits.quotas : []).filter((row) => typeof row === 'object' && row !== null);
  const rows: Array<[string, Citation | undefined]> = [
    ['lifecycle', card.lifecycle], ['limits', card.limits], ['promptCaching', card.promptCaching], ['serviceTiers', card.serviceTiers],
    ...quotas.map((row, i): [string, Citation] => [`quotas[${i}]`, row]),
    ['batchLimits', batchLimits],
    ...batchQuotas.map((row, i): [string, Citation] => [`batchLimits.quotas[${i}]`, row]),
    ...prices.map((row, i): [string, Citation] => [`prices[${i}]`, row]),
    ...platformNames.map((row, i): [string, Citation] => [`platformNames[${i}]`, row]),
  ];
  return [
    ...rows.flatMap(([where, row]) => row ? citationProblems(where, row) : []),
    ...geographyProblems('limits.geographiesWithoutStructuredOutputs', card.limits?.geographiesWithoutStructuredOutputs),
    ...numberProblems('limits', card.limits, WHOLE),
    ...samplingProblems(card.limits?.samplingParameters),
    ...numberProblems('promptCaching', card.promptCaching, WHOLE),
    ...numberProblems('batchLimits', batchLimits, WHOLE),
    ...numberProblems('lifecycle', card.lifecycle, WHOLE),
    ...dateProblems(card.lifecycle),
    ...prices.flatMap((row, i) => numberProblems(`prices[${i}]`, row, AMOUNT)),
    ...duplicateProblems('quotas', quotas.map(({ code }) => code)),
    ...duplicateProblems('batchLimits.quotas', batchQuotas.map(({ code }) => code)),
    ...duplicateProblems('prices', prices.map(({ inferenceOption }) => inferenceOption)),
    ...disagreements.flatMap((row, i) => disagreementProblems(`disagreements[${i}]`, row)),
  ];
}

const PARAMETER = /^[a-z]+(_[a-z]+)*$/;

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

function samplingProblems(parameters: string[] | undefined): string[] {
  const where = 'limits.samplingParameters';
  if (parameters === undefined) return [];
  if (!Array.isArray(parameters)) return [`${where}: got ${shown(parameters)}; expected a list, empty for a model that takes none`];
  return [
    ...parameters.flatMap((name, index) => typeof name === 'string' && PARAMETER.test(name)
      ? []
      : [`${where}[${index}]: got ${shown(name)}; expected the name in a Messages request, such as "top_p"`]),
    ...duplicateProblems(where, parameters),
  ];
}

/** What is wrong with the days of a lifecycle. */
function dateProblems(lifecycle: ModelLifecycle | undefined): string[] {
  if (!lifecycle) return [];
  const { launchDate, endOfLifeNotBefore, knowledgeCutoff } = lifecycle;
  const problem = (field: string, value: unknown, expected: string) => `lifecycle.${field}: got ${shown(value)}; expected ${expected}`;
  return [
    ...(isDay(launchDate) ? [] : [problem('launchDate', launchDate, 'a day as YYYY-MM-DD')]),
    ...(endOfLifeNotBefore === undefined || isDay(endOfLifeNotBefore) ? [] : [problem('endOfLifeNotBefore', endOfLifeNotBefore, 'a day as YYYY-MM-DD')]),
    ...(knowledgeCutoff === undefined || isMonth(knowledgeCutoff) || isDay(knowledgeCutoff)
      ? [] : [problem('knowledgeCutoff', knowledgeCutoff, 'a month as YYYY-MM, or a day as YYYY-MM-DD')]),
  ];
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
