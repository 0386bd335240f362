import { Statement } from './statement';

/** A guardrail as IAM knows it. */
export interface GuardrailAccess {
  /** Its ARN, without a version. */
  readonly guardrailArn: string;
  /** Its profile in each destination Region, if it uses cross-Region inference. */
  readonly guardrailProfileArns?: string[];
  /** The version that calls must name, a number or `DRAFT`; calls without the guardrail pass too if it is left out. */
  readonly requiredVersion?: string;
}

/** Lets a caller apply the guardrail. */
export function applyStatement({ guardrailArn, guardrailProfileArns = [] }: GuardrailAccess): Statement {
  return { Effect: 'Allow', Action: ['bedrock:ApplyGuardrail'], Resource: [guardrailArn, ...guardrailProfileArns] };
}

/** What `bedrock:GuardrailIdentifier` holds in calls with the guardrail: its ARN alone for the draft, else the version behind it. Nothing if calls may come without. */
export function requiredIdentifier({ guardrailArn, requiredVersion }: GuardrailAccess): string | undefined {
  if (requiredVersion === undefined) return undefined;
  return requiredVersion === 'DRAFT' ? guardrailArn : `${guardrailArn}:${requiredVersion}`;
}

/**
 * The statement for calls with the guardrail alone, and beside it a Deny of what any other policy might allow without.
 *
 * @param identifier - what the calls must name; if it is left out, the statement stays as it is
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html
 */
export function guarded(statement: Statement, identifier: string | undefined): Statement[] {
  if (identifier === undefined) return [statement];
  const { Action, Resource, Condition } = statement;
  const named = { 'bedrock:GuardrailIdentifier': identifier };
  return [
    { ...statement, Condition: { ...Condition, StringEquals: { ...Condition?.StringEquals, ...named } } },
    { Effect: 'Deny', Action: [...Action], Resource, Condition: { StringNotEquals: named } },
  ];
}
