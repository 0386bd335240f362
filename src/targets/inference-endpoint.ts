/**
 * The endpoints of Amazon Bedrock that run inference.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html
 */
export enum InferenceEndpoint {
  /** `bedrock-runtime.<region>.amazonaws.com`: InvokeModel, Converse, Messages. */
  BEDROCK_RUNTIME = 'bedrock-runtime',
  /** `bedrock-mantle.<region>.api.aws`: Messages, within one Region. */
  BEDROCK_MANTLE = 'bedrock-mantle',
}
