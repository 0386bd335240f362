import { Citation } from './citation';

/**
 * Which service tiers a model has.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/service-tiers-inference.html
 */
export interface ServiceTierSupport extends Citation {
  /**
   * The tiers that requests may name. `default` is what AWS's pages call Standard.
   */
  readonly supported: string[];

  /**
   * The tiers that exist but not for this model.
   */
  readonly unsupported: string[];
}
