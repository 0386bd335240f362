/**
 * A kind of data that model invocation logs can hold. It is chosen for every model of the account in the Region.
 */
export enum ModelInvocationData {
  /** Text of prompts and answers. */
  TEXT = 'TEXT',
  /** Images. */
  IMAGE = 'IMAGE',
  /** Embeddings. */
  EMBEDDING = 'EMBEDDING',
  /** Video. */
  VIDEO = 'VIDEO',
  /** Audio. */
  AUDIO = 'AUDIO',
}
