import { AddToPrincipalPolicyResult, Effect, IPrincipal, PolicyStatement, PrincipalBase, PrincipalPolicyFragment } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { InvokerGuardrail, isDraft } from './invoker-guardrail';
import { PassingPrincipal } from '../construct/grant-statements';
import { letDecrypt } from '../construct/key-access';
import { DESCRIBE_PROFILE_ACTION } from '../policy/actions';

/**
 * Lets the role apply the guardrail, and gives the principal to which access to the model is to be granted: the role itself, or
 * one that passes on to it only access with the guardrail.
 */
export function guardedPrincipal(scope: IConstruct, role: IPrincipal, guardrail: InvokerGuardrail | undefined, sourceRegion: string): IPrincipal {
  if (!guardrail) return role;
  const arn = guardrail._arnFor(scope, sourceRegion);
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['bedrock:ApplyGuardrail'], resources: [arn, ...guardrail._profileArns] }));
  if (guardrail._encryptionKey) letDecrypt(scope, role, guardrail._encryptionKey, 'InvokerGuardrail');
  return guardrail._enforce ? new GuardedRole(role, identifierOf(arn, guardrail.guardrailVersion)) : role;
}

/** What `bedrock:GuardrailIdentifier` holds: the ARN alone for the draft, else the version behind it. */
function identifierOf(arn: string, version: string): string {
  return isDraft(version) ? arn : `${arn}:${version}`;
}

/**
 * A role whose calls of a foundation model need the guardrail: each such Allow gets the condition, and a Deny beside it refuses
 * what any other policy of the role might allow.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html
 */
class GuardedRole extends PrincipalBase implements PassingPrincipal {
  public readonly principalAccount: string | undefined;
  public readonly policyFragment: PrincipalPolicyFragment;
  public readonly passesTo: IConstruct;

  constructor(private readonly role: IPrincipal, private readonly identifier: string) {
    super();
    this.passesTo = (role as Partial<PassingPrincipal>).passesTo ?? role as IPrincipal & IConstruct;
    this.principalAccount = role.principalAccount;
    this.policyFragment = role.policyFragment;
  }

  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    // As documented, the condition stands on foundation models. The profile has its own statement, which also looks it up.
    if (statement.actions.includes(DESCRIBE_PROFILE_ACTION)) return this.role.addToPrincipalPolicy(statement);
    const { actions, resources } = statement;
    statement.addCondition('StringEquals', { 'bedrock:GuardrailIdentifier': this.identifier });
    const added = this.role.addToPrincipalPolicy(statement);
    this.role.addToPrincipalPolicy(new PolicyStatement({
      effect: Effect.DENY,
      actions,
      resources,
      conditions: { StringNotEquals: { 'bedrock:GuardrailIdentifier': this.identifier } },
    }));
    return added;
  }

  /** No two are ever told apart. */
  public dedupeString(): undefined {
    return undefined;
  }
}
