import { Citation } from './citation';
import { Geography } from './geography';
import { InferenceOption } from './inference-option';

/**
 * What a million tokens cost on demand, in US dollars.
 */
export interface TokenRates {
  /**
   * A million input tokens.
   */
  readonly inputPerMillion: number;

  /**
   * A million output tokens.
   */
  readonly outputPerMillion: number;

  /**
   * A million tokens written to the prompt cache with a TTL of five minutes.
   *
   * @default - not published
   */
  readonly cacheWritePerMillion?: number;

  /**
   * A million tokens written to the prompt cache with a TTL of one hour.
   *
   * @default - not published
   */
  readonly cacheWriteOneHourPerMillion?: number;

  /**
   * A million tokens read from the prompt cache.
   *
   * @default - not published
   */
  readonly cacheReadPerMillion?: number;
}

/**
 * What a million tokens of a request with a long context cost on demand, in US dollars.
 */
export interface LongContextRates extends TokenRates {
  /**
   * These rates hold for all tokens of a request whose input has more tokens than this.
   */
  readonly aboveInputTokens: number;
}

/**
 * What a million tokens cost on demand and in batch jobs, in US dollars. Taxes and discounts are not in it.
 */
export interface TokenPrice extends TokenRates, Citation {
  /**
   * The inference option that the price holds for. In-Region inference costs what Geo does, unless it has a price of its own.
   */
  readonly inferenceOption: InferenceOption;

  /**
   * The geography that the price holds for, in which GovCloud differs from the others.
   *
   * @default - every geography without a price of its own
   */
  readonly geography?: Geography;

  /**
   * A million input tokens of a batch job.
   *
   * @default - not published
   */
  readonly batchInputPerMillion?: number;

  /**
   * A million output tokens of a batch job.
   *
   * @default - not published
   */
  readonly batchOutputPerMillion?: number;

  /**
   * What requests with a long context cost instead.
   *
   * @default - the same
   */
  readonly longContext?: LongContextRates;
}
