import type { Rates } from '../../../contract/escalation';

/** The tokens of one answer. */
export interface Usage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** Of those that were written to the cache, those that stay there for an hour. */
  readonly cacheHourTokens?: number;
}

/** What the tokens cost in US dollars, to the tenth of a microdollar; undefined where prices are not known. */
export function costOf(usage: Usage, rates: Rates | undefined): number | undefined {
  if (!rates) return undefined;
  const { outputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, cacheHourTokens = 0, inputTokens = 0 } = usage;
  const { longContext } = rates;
  const long = longContext && allInput(usage) > longContext.above;
  const { input, output, cacheRead = input, cacheWrite = input, cacheWriteOneHour = cacheWrite } = long ? longContext : rates;
  const perMillion = inputTokens * input + outputTokens * output + cacheReadTokens * cacheRead
    + (cacheWriteTokens - cacheHourTokens) * cacheWrite + cacheHourTokens * cacheWriteOneHour;
  return Math.round(perMillion * 10) / 1e7;
}

/** What a model has read, from the cache too. */
export function allInput({ inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0 }: Usage): number {
  return inputTokens + cacheReadTokens + cacheWriteTokens;
}
