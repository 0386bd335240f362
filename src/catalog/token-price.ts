import { Citation } from './citation';

/**
 * What a million tokens cost on demand and in batch jobs, in US dollars. Taxes and discounts are not in it.
 */
export interface TokenPrice extends Citation {
  /**
   * The inference option that the price holds for: `global`, or `geo` (which is also the In-Region price).
   */
  readonly inferenceOption: string;

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
}
