import { Lazy, Token } from 'aws-cdk-lib/core';

/**
 * CDK splits a role's policy by what it takes for its size: 150 characters for each token among the resources, and in conditions
 * the length of the token's own text, which says nothing about the value. A display hint makes that text as long as the value.
 *
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-iam/lib/policy-statement.ts
 */
const COUNTED_AS_RESOURCE = 150;

/** The characters around a token's hint. */
const AROUND_HINT = '${Token[.1]}'.length;

/** `arn:aws:bedrock:ap-southeast-2:111122223333:application-inference-profile/abcdefghijkl` */
export const APPLICATION_PROFILE_ARN_LENGTH = 86;

/** The value, in a token that counts as this many characters within a condition. What is no token counts right anyway. */
export function counted(value: string, characters: number): string {
  if (!Token.isUnresolved(value)) return value;
  return Lazy.uncachedString({ produce: () => value }, { displayHint: hint(characters - AROUND_HINT) });
}

/** The hint of a token that makes up for a list of resources of this many characters, which counts as one. */
export function longerHint(characters: number): string | undefined {
  return hint(characters - COUNTED_AS_RESOURCE);
}

function hint(characters: number): string | undefined {
  return characters > 0 ? 'x'.repeat(characters) : undefined;
}
