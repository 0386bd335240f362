import { Citation } from './citation';
import { Geography } from './geography';
import { ThinkingSupport } from './thinking-support';

/**
 * What one request may ask for.
 */
export interface ModelLimits extends Citation {
  /**
   * The context window, in tokens.
   */
  readonly contextTokens: number;

  /**
   * The most tokens that one response can hold.
   */
  readonly maxOutputTokens: number;

  /**
   * Requests with thinking that ask for more output tokens than this must stream.
   *
   * @default - not published
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
   */
  readonly streamingRequiredAboveTokens?: number;

  /**
   * How the model thinks before it answers.
   *
   * @default - not published: a HaikuInvoker then sends no thinking of its own
   */
  readonly thinking?: ThinkingSupport;

  /**
   * The sampling parameters that a request may set, by their names in a Messages request: `temperature`, `top_p`, `top_k`. None for a
   * model that takes none.
   *
   * @default - not published: a HaikuInvoker then sends none of its own
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html
   */
  readonly samplingParameters?: string[];

  /**
   * Whether a request may set `temperature` or `top_p`, but not both.
   *
   * @default - not known, so requests are not checked for it
   */
  readonly temperatureOrTopP?: boolean;

  /**
   * Whether requests on bedrock-runtime may ask for structured outputs.
   *
   * @default - not known, so requests are not checked for it
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
   */
  readonly structuredOutputs?: boolean;

  /**
   * The geographies whose inference profile refuses structured outputs.
   *
   * @default - none
   */
  readonly geographiesWithoutStructuredOutputs?: Geography[];

  /**
   * Whether bedrock-runtime counts tokens for the model (CountTokens). bedrock-mantle counts them for every model that it serves.
   *
   * @default - not known
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html
   */
  readonly countTokens?: boolean;
}
