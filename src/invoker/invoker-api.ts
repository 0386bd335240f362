/**
 * The dialect that a HaikuInvoker speaks: what its events and answers look like.
 */
export enum InvokerApi {
  /**
   * Anthropic's Messages API.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
   */
  MESSAGES = 'messages',

  /**
   * The Converse API of Amazon Bedrock. bedrock-mantle does not serve it.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
   */
  CONVERSE = 'converse',
}
