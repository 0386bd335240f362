/**
 * The inference options of Amazon Bedrock: how far from the Region that it is sent to a request may run. Prices and quotas are for one of them.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html
 */
export enum InferenceOption {
  /** In-Region inference: in the Region that the request is sent to. */
  IN_REGION = 'IN_REGION',
  /** Geo cross-Region inference: in a geography, through its inference profile. */
  GEO = 'GEO',
  /** Global cross-Region inference: in any commercial AWS Region, through the global inference profile. */
  GLOBAL = 'GLOBAL',
}
