import { BatchLimits } from './batch-limits';
import { Citation } from './citation';
import { GeoRoute } from './geo-route';
import { ModelLifecycle } from './model-lifecycle';
import { ModelLimits } from './model-limits';
import { PlatformName } from './platform-name';
import { PromptCachingLimits } from './prompt-caching-limits';
import { RegionTable } from './region-table';
import { ServiceQuota } from './service-quota';
import { ServiceTierSupport } from './service-tier-support';
import { SourceDisagreement } from './source-disagreement';
import { TokenPrice } from './token-price';

/**
 * The Regions in which a model can be called, by inference option.
 */
export interface ModelCardRegions {
  /**
   * The geo tables, a row for each source Region.
   *
   * @default - no geo inference profile
   */
  readonly geoRoutes?: GeoRoute[] | undefined;

  /**
   * The source Regions of the global inference profile.
   *
   * @default - no global inference profile
   */
  readonly globalSources?: RegionTable | undefined;

  /**
   * The Regions in which bedrock-mantle serves the model.
   *
   * @default - no In-Region inference
   */
  readonly inRegion?: RegionTable | undefined;

  /**
   * The Regions in which batch jobs can call the model.
   *
   * @default - no batch inference
   */
  readonly batch?: RegionTable | undefined;
}

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
  readonly batchLimits?: BatchLimits;

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
   * What other platforms call the model.
   *
   * @default - none known
   */
  readonly platformNames?: PlatformName[] | undefined;

  /**
   * Where the sources disagree.
   *
   * @default - none known
   */
  readonly disagreements?: SourceDisagreement[] | undefined;
}
