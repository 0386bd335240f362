import { PRICE_LIST } from './pages';
import { Geography } from '../geography';
import { InferenceOption } from '../inference-option';
import { TokenPrice, TokenRates } from '../token-price';

/** US dollars for a million tokens: input, output, written to the cache for five minutes, for one hour, read from it. */
type Rates = readonly [input: number, output: number, fiveMinutes: number, oneHour: number, read: number];

interface Row {
  readonly rates: Rates;
  /** Input and output of a batch job. */
  readonly batch?: readonly [input: number, output: number];
  /** For all tokens of a request with more input than `longContextAbove`. */
  readonly longContext?: Rates;
}

interface PriceTable {
  readonly global: Row;
  readonly geo: Row;
  readonly usGov?: Row;
  /** In tokens of input. */
  readonly longContextAbove?: number;
}

/** A model's rows of the price list. */
export function prices({ global, geo, usGov, longContextAbove: aboveInputTokens }: PriceTable): TokenPrice[] {
  const price = (of: Pick<TokenPrice, 'inferenceOption' | 'geography'>, { rates: onDemand, batch, longContext }: Row): TokenPrice => ({
    ...PRICE_LIST,
    ...of,
    ...rates(onDemand),
    ...batch && { batchInputPerMillion: batch[0], batchOutputPerMillion: batch[1] },
    ...longContext && aboveInputTokens !== undefined && { longContext: { aboveInputTokens, ...rates(longContext) } },
  });
  return [
    price({ inferenceOption: InferenceOption.GLOBAL }, global),
    price({ inferenceOption: InferenceOption.GEO }, geo),
    ...usGov ? [price({ inferenceOption: InferenceOption.GEO, geography: Geography.of('us-gov') }, usGov)] : [],
  ];
}

function rates([inputPerMillion, outputPerMillion, cacheWritePerMillion, cacheWriteOneHourPerMillion, cacheReadPerMillion]: Rates): TokenRates {
  return { inputPerMillion, outputPerMillion, cacheWritePerMillion, cacheWriteOneHourPerMillion, cacheReadPerMillion };
}
