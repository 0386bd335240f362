import { Citation } from './citation';
import { Geography } from './geography';

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
   * The smallest thinking budget, in tokens. It must also be smaller than the request's max tokens.
   *
   * @default - the model takes no thinking budget, or the limit is not published: a HaikuInvoker then sends none of its own
   */
  readonly minThinkingBudgetTokens?: number;

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
   * The geographies whose inference profile refuses structured outputs.
   *
   * @default - none
   */
  readonly geographiesWithoutStructuredOutputs?: Geography[];
}
