import { Citation } from './citation';
import { ModelCardNotes } from './model-card-notes';
import { ModelLifecycle } from './model-lifecycle';
import { ModelLimits } from './model-limits';
import { ModelCardRegions } from './model-regions';
import { PromptCachingLimits } from './prompt-caching-limits';
import { BatchLimits, ServiceQuota } from './service-quota';
import { ServiceTierSupport } from './service-tier';
import { TokenPrice } from './token-price';

/**
 * One model's published facts. The citation is that of the model card as a whole.
 */
export interface ModelCardProps extends Citation, ModelCardRegions {
  /**
   * The model's name as people write it, for example `Claude Haiku 4.5`.
   */
  readonly name: string;

  /**
   * The foundation model ID, without a geography in front, for example `anthropic.claude-...-v1:0`.
   */
  readonly modelId: string;

  /**
   * The model's ID on the bedrock-mantle endpoint.
   *
   * @default - the model is not on bedrock-mantle
   */
  readonly mantleModelId?: string | undefined;

  /**
   * When the model came and when it may go.
   *
   * @default - not known
   */
  readonly lifecycle?: ModelLifecycle | undefined;

  /**
   * What one request may ask for.
   *
   * @default - not known, so requests are not checked against it
   */
  readonly limits?: ModelLimits | undefined;

  /**
   * What prompt caching allows.
   *
   * @default - no prompt caching
   */
  readonly promptCaching?: PromptCachingLimits | undefined;

  /**
   * The service tiers.
   *
   * @default - not known
   */
  readonly serviceTiers?: ServiceTierSupport | undefined;

  /**
   * The quotas that limit calls.
   *
   * @default - none known
   */
  readonly quotas?: ServiceQuota[] | undefined;

  /**
   * What batch jobs are limited to.
   *
   * @default - not known
   */
  readonly batchLimits?: BatchLimits | undefined;

  /**
   * Prices, on demand and in batch jobs.
   *
   * @default - none known
   */
  readonly prices?: TokenPrice[] | undefined;

  /**
   * The product in AWS Marketplace through which the model is billed, for example `prod-...`.
   *
   * @default - not known
   */
  readonly marketplaceProductId?: string | undefined;

  /**
   * What the card's maintainers wrote down: where sources disagree, and the model's names on other platforms.
   *
   * @default - none
   */
  readonly notes?: ModelCardNotes | undefined;
}
