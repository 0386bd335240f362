/**
 * A point on which published sources disagree, and what this library chose.
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
