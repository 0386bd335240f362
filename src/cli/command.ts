/** What the process ends with. */
export enum ExitCode {
  /** Everything is in order. */
  IN_ORDER = 0,
  /** Something was found: a difference, missing access, no route. */
  FOUND = 1,
  /** Bad usage, or something could not be checked and nothing was found. */
  NOT_CHECKED = 2,
}

/** A command that was called in a way that cannot be carried out. */
export class UsageError extends Error {
  public readonly name = 'UsageError';

  /** `code` is for programs, beside the message in what `--json` prints. */
  constructor(message: string, public readonly code: string = 'USAGE') {
    super(message);
  }
}
