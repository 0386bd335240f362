import { Citation } from './citation';

/**
 * A point on which published sources disagree, and what the card holds.
 */
export interface SourceDisagreement {
  /**
   * What the sources disagree about.
   */
  readonly topic: string;

  /**
   * What the card holds.
   */
  readonly chosen: string;

  /**
   * Where the chosen value was read.
   */
  readonly chosenSourceUrl: string;

  /**
   * What the other source says.
   */
  readonly rejected: string;

  /**
   * Where the rejected value was read.
   */
  readonly rejectedSourceUrl: string;

  /**
   * Why the one was believed and not the other.
   */
  readonly reason: string;

  /**
   * Source Regions of the global inference profile that the card has and the other source does not. Synth warns where one is used.
   *
   * @default - it is not about source Regions of the global inference profile
   */
  readonly disputedGlobalSources?: string[];
}

/**
 * What a platform calls a model.
 */
export interface PlatformName extends Citation {
  /**
   * The platform, for example `Box AI`.
   */
  readonly platform: string;

  /**
   * The model's name or ID there.
   */
  readonly name: string;
}

/**
 * What the maintainers of a card wrote down beside the model's facts.
 */
export interface ModelCardNotes {
  /**
   * Where published sources disagree, and what the card holds.
   *
   * @default - none known
   */
  readonly disagreements?: SourceDisagreement[];

  /**
   * What other platforms call the model. `ModelCatalog` finds the card by these names too.
   *
   * @default - none known
   */
  readonly platformNames?: PlatformName[];
}
