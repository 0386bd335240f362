import { Citation } from './citation';

/**
 * The `thinking.type` of a Messages request.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-adaptive-thinking.html
 */
export enum ThinkingType {
  /** Extended thinking with a budget of tokens, `budget_tokens`. */
  ENABLED = 'enabled',
  /** Adaptive thinking: the model decides how much, guided by the effort. */
  ADAPTIVE = 'adaptive',
  /** No thinking. */
  DISABLED = 'disabled',
}

/**
 * The effort of a Messages request, `output_config.effort`.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-adaptive-thinking.html
 */
export enum EffortLevel {
  /** The least. */
  LOW = 'low',
  /** Between low and high. */
  MEDIUM = 'medium',
  /** More than medium. */
  HIGH = 'high',
  /** More than high. */
  XHIGH = 'xhigh',
  /** No limit. */
  MAX = 'max',
}

/**
 * How a model thinks before it answers.
 */
export interface ThinkingSupport extends Citation {
  /**
   * The types that a request may name; none for a model that does not think. A model without `DISABLED` always thinks.
   */
  readonly types: ThinkingType[];

  /**
   * The type of a request that names none.
   *
   * @default - not published
   */
  readonly defaultType?: ThinkingType;

  /**
   * The smallest budget of `ENABLED` thinking, in tokens. It must also be smaller than the request's max tokens.
   *
   * @default - not published
   */
  readonly minBudgetTokens?: number;

  /**
   * Whether AWS advises against `ENABLED` thinking, which still works.
   *
   * @default false
   */
  readonly budgetDeprecated?: boolean;

  /**
   * The efforts that a request may ask for; none for a model that takes no effort.
   *
   * @default - not published
   */
  readonly effortLevels?: EffortLevel[];

  /**
   * The effort of a request that asks for none.
   *
   * @default - not published
   */
  readonly defaultEffort?: EffortLevel;

  /**
   * The highest effort that goes with `DISABLED` thinking.
   *
   * @default - any of `effortLevels`
   */
  readonly maxEffortWhenDisabled?: EffortLevel;
}
