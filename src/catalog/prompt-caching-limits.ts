import { Citation } from './citation';

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
   * How long an entry can live: `5m`, `1h`.
   */
  readonly ttls: string[];

  /**
   * The request fields that take checkpoints.
   */
  readonly fields: string[];
}
