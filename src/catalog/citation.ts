/**
 * Where a published fact was read, and when.
 */
export interface Citation {
  /**
   * The address (https) of the page that states the fact.
   */
  readonly sourceUrl: string;

  /**
   * The date of the copy that was read: `YYYY-MM` or `YYYY-MM-DD`.
   */
  readonly asOf: string;
}
