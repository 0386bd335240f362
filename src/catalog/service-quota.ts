import { Citation } from './citation';

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
   */
  readonly code: string;

  /**
   * The default of an account. New accounts often start lower.
   *
   * @default - not published
   */
  readonly defaultValue?: number;

  /**
   * Whether AWS raises it on request.
   */
  readonly adjustable: boolean;
}
