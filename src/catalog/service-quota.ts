import { Citation } from './citation';
import { InferenceOption } from './inference-option';

/**
 * A quota of Amazon Bedrock that limits calls of a model.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/bedrock.html
 */
export interface ServiceQuota extends Citation {
  /**
   * The name in Service Quotas.
   */
  readonly name: string;

  /**
   * The code in Service Quotas, for example `L-CCA5DF70`.
   *
   * @default - not published, so nobody can ask for the account's own value
   */
  readonly code?: string;

  /**
   * The inference option whose calls it limits.
   *
   * @default - it limits them whatever their inference option, or AWS does not say which
   */
  readonly inferenceOption?: InferenceOption;

  /**
   * The default of an account. New accounts often start lower.
   *
   * @default - not published
   */
  readonly defaultValue?: number;

  /**
   * Whether AWS raises it on request.
   *
   * @default - not published
   */
  readonly adjustable?: boolean;
}

/**
 * What batch inference with a model is limited to.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/bedrock.html
 */
export interface BatchLimits extends Citation {
  /**
   * The fewest records that a job may have.
   */
  readonly minRecordsPerJob: number;

  /**
   * The largest that one input file may be, in gigabytes.
   */
  readonly maxFileGigabytes: number;

  /**
   * The largest that all input files of a job may be together, in gigabytes.
   */
  readonly maxJobGigabytes: number;

  /**
   * The quotas of Service Quotas that AWS raises on request: jobs at a time, records a job and records a file.
   */
  readonly quotas: ServiceQuota[];
}
