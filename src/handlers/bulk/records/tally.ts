import type { BulkCounts, BulkPrices, BulkResult, BulkRoute, BulkTally } from '../../../contract/bulk-records';

type Counted = { -readonly [name in keyof BulkCounts]: number };

const NOTHING: BulkCounts = {
  records: 0, succeeded: 0, failed: 0, attempts: 0, inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0,
};

/** Counts results, one by one or tally by tally. */
export class Tally implements BulkTally {
  readonly routes: { [route in BulkRoute]?: Counted } = {};
  readonly failures: Record<string, number> = {};

  add({ route, error, attempts, usage = {} }: BulkResult): void {
    const counts = this.routes[route] ??= { ...NOTHING };
    counts.records++;
    counts.attempts += attempts;
    counts.inputTokens += usage.inputTokens ?? 0;
    counts.outputTokens += usage.outputTokens ?? 0;
    counts.cacheReadTokens += usage.cacheReadTokens ?? 0;
    counts.cacheWriteTokens += usage.cacheWriteTokens ?? 0;
    if (error === undefined) {
      counts.succeeded++;
    } else {
      counts.failed++;
      this.failures[error.errorCode] = (this.failures[error.errorCode] ?? 0) + 1;
    }
  }

  addAll({ routes, failures }: BulkTally): void {
    for (const [route, more] of Object.entries(routes) as Array<[BulkRoute, BulkCounts]>) {
      const counts = this.routes[route] ??= { ...NOTHING };
      for (const name of Object.keys(NOTHING) as Array<keyof BulkCounts>) counts[name] += more[name];
    }
    for (const [code, count] of Object.entries(failures)) this.failures[code] = (this.failures[code] ?? 0) + count;
  }
}

/** What a set cost, in US dollars, by the prices of the model's card; nothing where it has no price for what was used. Taxes and discounts are not in it. */
export interface BulkCost {
  readonly usd: number;
  /** The same tokens, all of them on demand. */
  readonly usdOnDemand: number;
  readonly asOf: string;
  readonly sourceUrl: string;
}

export function costOf({ routes }: BulkTally, prices: BulkPrices | undefined): BulkCost | undefined {
  if (!prices) return undefined;
  let [usd, usdOnDemand] = [0, 0];
  for (const [route, counts] of Object.entries(routes) as Array<[BulkRoute, BulkCounts]>) {
    const paid = dollars(counts, route === 'batch' ? prices.batch : prices.onDemand);
    const elsewhere = dollars(counts, prices.onDemand);
    if (paid === undefined || elsewhere === undefined) return undefined;
    usd += paid;
    usdOnDemand += elsewhere;
  }
  return { usd: rounded(usd), usdOnDemand: rounded(usdOnDemand), asOf: prices.asOf, sourceUrl: prices.sourceUrl };
}

function dollars(counts: BulkCounts, rate: BulkPrices['onDemand'] | undefined): number | undefined {
  if (!rate) return undefined;
  // Cached input without a price of its own would be counted wrong, and a batch job has no cache.
  if (counts.cacheReadTokens > 0 && rate.cacheRead === undefined || counts.cacheWriteTokens > 0 && rate.cacheWrite === undefined) return undefined;
  return (counts.inputTokens * rate.input + counts.outputTokens * rate.output
    + counts.cacheReadTokens * (rate.cacheRead ?? 0) + counts.cacheWriteTokens * (rate.cacheWrite ?? 0)) / 1_000_000;
}

/** To a millionth of a dollar: what lies below is an error of binary fractions. */
function rounded(usd: number): number {
  return Math.round(usd * 1_000_000) / 1_000_000;
}
