import { Lazy, Token } from 'aws-cdk-lib/core';

// CDK splits a role's policy by what it takes for its size. It counts 150 characters for each token among the resources, but for a
// list that is a token, and for a token in a condition, only the token's own text. A display hint makes that text longer.

/** The characters around a token's hint. */
const AROUND_HINT = '${Token[.1]}'.length;

/** `arn:aws:bedrock:ap-southeast-2:111122223333:application-inference-profile/abcdefghijkl` */
export const APPLICATION_PROFILE_ARN_LENGTH = 86;

/** The value, in a token that counts as this many characters within a condition. What is no token counts right anyway. */
export function counted(value: string, characters: number): string {
  if (!Token.isUnresolved(value)) return value;
  return Lazy.uncachedString({ produce: () => value }, { displayHint: hint(characters - AROUND_HINT) });
}

/** The hint of a token that counts for so many characters more than it would. */
export function hint(characters: number): string {
  return 'x'.repeat(characters);
}
