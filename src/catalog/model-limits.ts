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
   * Requests for more output tokens than this must stream.
   *
   * @default - not published
   */
  readonly streamingRequiredAboveTokens?: number;

  /**
   * The smallest thinking budget, in tokens. It must also be smaller than the request's max tokens.
   *
   * @default - the model does not think, or the limit is not published
   */
  readonly minThinkingBudgetTokens?: number;

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
