import { Cost, costOf, TokenUsage } from './cost';
import { PricedWay, priceOf } from './price';
import { Geography } from '../catalog/geography';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { CacheTtl } from '../catalog/prompt-caching-limits';
import { TokenPrice } from '../catalog/token-price';

/** The calls of a month, all alike. */
export interface Workload {
  readonly calls: number;
  /** Tokens of a call that differ from those of the others. */
  readonly input: number;
  readonly output: number;
  /** Tokens that all calls begin with, and that the prompt cache can hold. */
  readonly cached: number;
  /** The share of calls that find them in the cache; the others write them. */
  readonly hitRate: number;
  readonly ttl: CacheTtl;
}

/** A way to call the model from a Region, and what a month costs by it, in US dollars. Nothing where the card has no price or no such way. */
export interface Month extends PricedWay {
  readonly price: TokenPrice;
  /** With the prompt cache; nothing where it holds none of the tokens. */
  readonly cached?: number;
  /** As if there were no prompt cache. */
  readonly uncached: number;
  /** By batch jobs, which have no prompt cache. */
  readonly batch?: number;
  /** Whether the rates of a long context hold. */
  readonly longContext: boolean;
}

/** The ways to call the model from a Region that the card has a price for, and what the month costs by each. */
export function monthsFrom(card: ModelCard, sourceRegion: string, workload: Workload): Month[] {
  return waysFrom(card, sourceRegion).flatMap((way) => {
    const price = priceOf(card, way);
    return price === undefined ? [] : [monthBy(card, way, price, workload)];
  });
}

/** In AWS's order: one Region, then its geographies, then the world. */
function waysFrom(card: ModelCard, sourceRegion: string): PricedWay[] {
  return card.inferenceOptions(sourceRegion).flatMap((inferenceOption): PricedWay[] => inferenceOption === InferenceOption.GEO
    ? card.geographiesOf(sourceRegion).map((geography: Geography) => ({ inferenceOption, sourceRegion, geography }))
    : [{ inferenceOption, sourceRegion }]);
}

function monthBy(card: ModelCard, way: PricedWay, price: TokenPrice, { calls, input, output, cached, hitRate, ttl }: Workload): Month {
  const whole: TokenUsage = { input: input + cached, output };
  const { dollars, longContext } = costOf(whole, price);
  const holds = cached > 0 && cached >= (card.promptCaching?.minTokensPerCheckpoint ?? Infinity) && card.promptCaching!.ttls.includes(ttl);
  const hit = () => costOf({ input, output, cacheRead: cached }, price);
  const batched = () => costOf(whole, price, { batch: true }).dollars;
  const miss = () => costOf({ input, output, [ttl === CacheTtl.ONE_HOUR ? 'cacheWrite1h' : 'cacheWrite5m']: cached }, price);
  return {
    ...way,
    price,
    cached: holds ? calls * (share(hitRate, hit) + share(1 - hitRate, miss)) : undefined,
    uncached: calls * dollars,
    batch: takesBatch(card, way) && price.batchInputPerMillion !== undefined && !longContext ? calls * batched() : undefined,
    longContext,
  };
}

/** Nothing is asked of the price for what never happens: it may have no such rate. */
function share(part: number, cost: () => Cost): number {
  return part > 0 ? part * cost().dollars : 0;
}

/** Batch jobs call an inference profile, or the model itself where the card says so. */
function takesBatch({ batch, batchInRegion }: ModelCard, { inferenceOption, sourceRegion }: PricedWay): boolean {
  return (inferenceOption === InferenceOption.IN_REGION ? batchInRegion : batch)?.regions.includes(sourceRegion) ?? false;
}
