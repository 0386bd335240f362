import { Citation } from './citation';
import { ServiceQuota } from './service-quota';

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
