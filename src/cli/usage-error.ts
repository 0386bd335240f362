/** A command that was called in a way that cannot be carried out. */
export class UsageError extends Error {
  public readonly name = 'UsageError';
}
