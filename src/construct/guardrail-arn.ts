import { Token } from 'aws-cdk-lib/core';
import { HaikuError, shown } from '../private/errors';

/** The ARN of a guardrail, without a version; the group is its Region. */
export const GUARDRAIL_ARN = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d{12}:guardrail\/[a-z0-9]+$/;

/** Refuses what is not the ARN of one guardrail; a token passes. */
export function checkGuardrailArn(name: string, arn: unknown, advice: string): void {
  if (typeof arn === 'string' && (Token.isUnresolved(arn) || GUARDRAIL_ARN.test(arn))) return;
  throw new HaikuError(
    `${name} is not the ARN of a guardrail, got ${shown(arn)}; expected "arn:aws:bedrock:<Region>:<account>:guardrail/<ID>", without a version. ${advice}`);
}
