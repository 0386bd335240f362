import { Lazy, Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { HaikuError } from '../private/errors';

/**
 * The Region that a prop of a construct asks for. That of the stack has two spellings, the pseudo parameter and, where it is known,
 * the literal. Throws for any other token: nobody could say where data may go.
 */
export function askedRegion(scope: IConstruct, prop: string, region: string = Stack.of(scope).region): string {
  const stack = Stack.of(scope);
  if (!Token.isUnresolved(region) || region === stack.region) return region;
  if (JSON.stringify(stack.resolve(region)) === '{"Ref":"AWS::Region"}') return stack.region;
  throw new HaikuError(
    `${prop} is an unresolved token other than the Region of the stack; expected a literal Region such as "eu-west-1". `
    + `The Region decides where data may go: pass a literal, or leave ${prop} out to follow the stack.`);
}

/** Whether two accounts or Regions are known to differ: what is known only at deploy time may be the same. */
export function knownToDiffer(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && Token.compareStrings(one, other) === TokenComparison.DIFFERENT;
}

// CDK splits a role's policy by what it takes for its size. It counts 150 characters for each token among the resources, but for a
// list that is a token, and for a token in a condition, only the token's own text. A display hint makes that text longer.

/** The characters around a token's hint. */
const AROUND_HINT = '${Token[.1]}'.length;

/** `arn:aws:bedrock:ap-southeast-2:111122223333:application-inference-profile/abcdefghijkl` */
export const APPLICATION_PROFILE_ARN_LENGTH = 86;

/** The value, in a token that counts as this many characters within a condition. What is no token counts right anyway. */
export function counted(value: string, characters: number): string {
  if (!Token.isUnresolved(value)) return value;
  return Lazy.uncachedString({ produce: () => value }, { displayHint: countedAs(characters) });
}

/** The hint of a token that counts as this many characters. */
export function countedAs(characters: number): string {
  return 'x'.repeat(characters - AROUND_HINT);
}
