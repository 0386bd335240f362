import { Citation } from './citation';

/**
 * What AWS calls the state of a model version.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html
 */
export enum ModelLifecycleStatus {
  /** New and existing customers can use the model. */
  ACTIVE = 'ACTIVE',
  /** Existing customers can still use the model; AWS has announced its end of life. */
  LEGACY = 'LEGACY',
  /** Requests fail. */
  END_OF_LIFE = 'END_OF_LIFE',
}

/**
 * The state of a model version, and the days on which it changes.
 */
export interface LifecycleState {
  /**
   * The state on the as-of date.
   */
  readonly status: ModelLifecycleStatus;

  /**
   * The day on which the model becomes Legacy, `YYYY-MM-DD`.
   *
   * @default - not announced
   */
  readonly legacyDate?: string;

  /**
   * The day on which public extended access begins, `YYYY-MM-DD`: from then on the provider may ask for a higher price.
   *
   * @default - not announced
   */
  readonly publicExtendedAccessDate?: string;

  /**
   * The day from which requests fail, `YYYY-MM-DD`.
   *
   * @default - not announced
   */
  readonly endOfLifeDate?: string;
}

/**
 * The state of a model version in one Region, where it differs from that in others.
 */
export interface RegionLifecycle extends LifecycleState {
  /**
   * The Region.
   */
  readonly region: string;
}

/**
 * When a model version came and when it may go.
 */
export interface ModelLifecycle extends LifecycleState, Citation {
  /**
   * The day on which Amazon Bedrock launched the model, `YYYY-MM-DD`.
   */
  readonly launchDate: string;

  /**
   * The model does not reach its end of life before this day, `YYYY-MM-DD`.
   *
   * @default - not published
   */
  readonly endOfLifeNotBefore?: string;

  /**
   * How many months a model stays in the Legacy state at least.
   *
   * @default - not published
   */
  readonly legacyPeriodMonths?: number;

  /**
   * The model to move to: its name, or its foundation model ID.
   *
   * @default - none known
   */
  readonly successor?: string;

  /**
   * The month up to which the model's training data reaches, `YYYY-MM`.
   *
   * @default - not published
   */
  readonly knowledgeCutoff?: string;

  /**
   * The Regions whose state differs.
   *
   * @default - the state is the same in every Region
   */
  readonly regionStates?: RegionLifecycle[];
}
