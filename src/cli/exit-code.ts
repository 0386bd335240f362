/** What the process ends with. */
export enum ExitCode {
  /** Everything is in order. */
  IN_ORDER = 0,
  /** Something was found: a difference, missing access, no route. */
  FOUND = 1,
  /** Bad usage, or something could not be checked and nothing was found. */
  NOT_CHECKED = 2,
}
