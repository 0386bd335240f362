import { Citation } from './citation';

/**
 * How long an entry of the prompt cache lives after it was last read.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export enum CacheTtl {
  /** Five minutes. */
  FIVE_MINUTES = '5m',
  /** One hour. */
  ONE_HOUR = '1h',
}

/**
 * What prompt caching allows for a model.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export interface PromptCachingLimits extends Citation {
  /**
   * The fewest tokens that a cache checkpoint must cover.
   */
  readonly minTokensPerCheckpoint: number;

  /**
   * The most cache checkpoints in one request.
   */
  readonly maxCheckpoints: number;

  /**
   * How long an entry can live.
   */
  readonly ttls: CacheTtl[];

  /**
   * The fields of a Messages request that take checkpoints, for example `system`.
   */
  readonly fields: string[];

  /**
   * Whether the model also caches what no checkpoint marks.
   *
   * @default - not published
   */
  readonly implicitCaching?: boolean;
}
