import { DESCRIBE_PROFILE_ACTION } from './actions';
import { Statement } from './statement';

/** A statement that allows, or one that takes away what another policy might allow. */
export interface GuardedStatement extends Omit<Statement, 'Effect'> {
  readonly Effect: 'Allow' | 'Deny';
}

/** A guardrail as IAM knows it. */
export interface GuardrailAccess {
  /** Its ARN, without a version. */
  readonly guardrailArn: string;
  /** The version that calls must name, a number or `DRAFT`; calls without the guardrail pass too if it is left out. */
  readonly requiredVersion?: string;
}

/**
 * The statements of a caller that uses a guardrail: it may apply it. With a required version calls of a foundation model need it,
 * and a Deny beside each of them refuses what any other policy might allow. The same as a HaikuInvoker's role gets.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html
 */
export function guardedStatements(statements: Statement[], { guardrailArn, requiredVersion }: GuardrailAccess): GuardedStatement[] {
  const apply: Statement = { Effect: 'Allow', Action: ['bedrock:ApplyGuardrail'], Resource: [guardrailArn] };
  if (requiredVersion === undefined) return [apply, ...statements];
  // The key holds the ARN alone for the draft, else the version behind it.
  const identifier = { 'bedrock:GuardrailIdentifier': requiredVersion === 'DRAFT' ? guardrailArn : `${guardrailArn}:${requiredVersion}` };
  return [apply, ...statements.flatMap((statement): GuardedStatement[] => {
    // As documented, the condition stands on foundation models. The profile has its own statement, which also looks it up.
    if (statement.Action.includes(DESCRIBE_PROFILE_ACTION)) return [statement];
    const { Action, Resource, Condition } = statement;
    return [
      { ...statement, Condition: { ...Condition, StringEquals: { ...Condition?.StringEquals, ...identifier } } },
      { Effect: 'Deny', Action: [...Action], Resource, Condition: { StringNotEquals: identifier } },
    ];
  })];
}
