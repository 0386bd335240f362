/**
 * What this library throws for bad input. Not exported: jsii has no error types, and callers match on the message.
 *
 * CDK's own `ValidationError` is internal and changes between releases, so it is never used.
 */
export class HaikuError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CdkBedrockHaikuError';
  }
}

/** The value as it stands in a message: JSON, so that an empty string or a number cannot be misread. */
export function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

/** Several values as they stand in a message. */
export function shownList(values: Iterable<string>): string {
  return [...values].map(shown).join(', ');
}
