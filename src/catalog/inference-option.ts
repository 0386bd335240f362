/**
 * The inference options of Amazon Bedrock: where a request may run.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html
 */
export enum InferenceOption {
  /** In-Region inference: in the Region that the request is sent to. */
  IN_REGION = 'IN_REGION',
  /** Geo cross-Region inference: in the Regions of one geography. */
  GEO = 'GEO',
  /** Global cross-Region inference: in any commercial AWS Region. */
  GLOBAL = 'GLOBAL',
}
