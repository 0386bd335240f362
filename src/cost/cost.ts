import { LongContextRates, TokenPrice, TokenRates } from '../catalog/token-price';
import { HaikuError } from '../private/errors';

/** The tokens of a call, each counted once: `input` has none that the cache read or took. */
export interface TokenUsage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  /** Written to the cache with a TTL of five minutes. */
  readonly cacheWrite5m?: number;
  /** Written to the cache with a TTL of one hour. */
  readonly cacheWrite1h?: number;
}

/** What a call costs, in US dollars. */
export interface Cost {
  readonly dollars: number;
  /** The same for each kind of token of the call. */
  readonly parts: Readonly<Record<keyof TokenUsage, number>>;
  /** Whether the rates of a long context hold. */
  readonly longContext: boolean;
}

const MILLION = 1_000_000;

/** What each kind of token is called, and the rate that it costs. */
const KINDS: ReadonlyArray<readonly [keyof TokenUsage, rate: keyof TokenRates, text: string]> = [
  ['input', 'inputPerMillion', 'input'],
  ['output', 'outputPerMillion', 'output'],
  ['cacheRead', 'cacheReadPerMillion', 'tokens read from the prompt cache'],
  ['cacheWrite5m', 'cacheWritePerMillion', 'tokens written to the prompt cache for five minutes'],
  ['cacheWrite1h', 'cacheWriteOneHourPerMillion', 'tokens written to the prompt cache for one hour'],
];

/**
 * What one call costs by a price of a card.
 *
 * Throws if the price has no rate for a kind of token that the call has.
 *
 * @param batch - whether the call is a record of a batch job
 */
export function costOf(usage: TokenUsage, price: TokenPrice, { batch = false }: { readonly batch?: boolean } = {}): Cost {
  const longContext = longContextOf(usage, price);
  const rates = batch ? batchRates(price, longContext) : longContext ?? price;
  const parts = KINDS.map(([kind, rate, text]): [keyof TokenUsage, number] => {
    const tokens = usage[kind] ?? 0;
    const perMillion = rates[rate];
    if (tokens > 0 && perMillion === undefined) throw noPrice(price, batch ? `${text} of a batch job` : text);
    return [kind, tokens * (perMillion ?? 0) / MILLION];
  });
  return {
    dollars: parts.reduce((sum, [, dollars]) => sum + dollars, 0),
    parts: Object.fromEntries(parts) as Cost['parts'],
    longContext: longContext !== undefined,
  };
}

/** The rates of a long context, if the call has one. What the cache reads and takes counts as input, too. */
function longContextOf(usage: TokenUsage, { longContext }: TokenPrice): LongContextRates | undefined {
  const { input, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0 } = usage;
  return longContext && input + cacheRead + cacheWrite5m + cacheWrite1h > longContext.aboveInputTokens ? longContext : undefined;
}

/** Batch jobs have no prompt cache, and no card has a batch price of its own for a long context. */
function batchRates(price: TokenPrice, longContext: LongContextRates | undefined): Partial<TokenRates> {
  if (longContext) throw noPrice(price, `batch jobs with more than ${longContext.aboveInputTokens} tokens of input`);
  return { inputPerMillion: price.batchInputPerMillion, outputPerMillion: price.batchOutputPerMillion };
}

/** Dollars as people read them. */
export function dollarsText(dollars: number): string {
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

function noPrice({ sourceUrl, asOf }: TokenPrice, text: string): HaikuError {
  return new HaikuError(`The card has no price for ${text} (${sourceUrl}, as of ${asOf}). Leave them out, or pass a card of your own that has one.`);
}
