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
