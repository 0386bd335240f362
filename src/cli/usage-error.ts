/** A command that was called in a way that cannot be carried out. */
export class UsageError extends Error {
  public readonly name = 'UsageError';

  /** `code` is for programs, beside the message in what `--json` prints. */
  constructor(message: string, public readonly code: string = 'USAGE') {
    super(message);
  }
}
