import { ArnPrincipal, Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { IInvocableModel, IInvocationGrants } from './invocable-model';
import { checkedGrantee } from '../construct/checked-props';
import { grantStatements } from '../construct/grant-statements';
import { GrantedProfile } from '../construct/held-grants';
import { Printing } from '../construct/plain-policy';
import { Statement } from '../policy/statement';
import { brand, isBranded } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';

/** Access to a model, as a value: what a caller gets, whoever it is. */
export interface ModelAccess {
  /** How the statements are printed, if they must be attached by hand. */
  readonly printing?: Printing;
  /** The statements for a caller of this account. With a guardrail, calls that do not name it are refused. */
  statementsFor(account: string, requiredGuardrail?: string): Statement[];
  /** The profile that they are of, if others of its route may share them. */
  profileFor?(account: string): GrantedProfile;
}

/** Gives principals access to a model: the grants of every target. */
export class ModelGrants implements IInvocationGrants {
  /**
   * @param target - the construct that is granted, on which warnings stand
   * @param className - its class, which the ids of warnings begin with
   * @param accountOf - the account whose statements a principal gets: that of the principal, since IAM compares ARNs in the account of the caller
   */
  constructor(
    private readonly target: IConstruct,
    private readonly className: string,
    private readonly access: ModelAccess,
    private readonly accountOf = (principal: IPrincipal): string => callerAccount(principal) ?? Stack.of(target).account,
  ) {}

  public invoke(grantee: IGrantable): Grant {
    return this._grant(grantee);
  }

  /** What a caller of this account is given, whoever it is. */
  public _statementsFor(account: string): Statement[] {
    return this.access.statementsFor(account);
  }

  /** With a guardrail the statements are those of this grant alone, and no other profile shares them. */
  public _grant(grantee: IGrantable, requiredGuardrail?: string): Grant {
    const account = this.accountOf(checkedGrantee(grantee).grantPrincipal);
    return grantStatements(grantee, {
      scope: this.target,
      className: this.className,
      statements: this.access.statementsFor(account, requiredGuardrail),
      printing: this.access.printing,
      profile: requiredGuardrail === undefined ? this.access.profileFor?.(account) : undefined,
    });
  }
}

brand(ModelGrants, 'ModelGrants');

/**
 * Gives a principal access to a model, all of whose calls must name the guardrail if there is one. Throws for a target of the user's
 * own: nobody knows what its grants allow.
 */
export function grantGuarded({ grants }: IInvocableModel, grantee: IGrantable, requiredGuardrail: string | undefined): Grant {
  if (requiredGuardrail === undefined) return grants.invoke(grantee);
  if (isBranded(grants, 'ModelGrants')) return (grants as ModelGrants)._grant(grantee, requiredGuardrail);
  throw new HaikuError(
    `guardrail cannot be enforced with this target, whose grants are ${shown(grants)}; expected a CrossRegionInferenceProfile or an ApplicationInferenceProfile, `
    + 'the policies of which can ask for the guardrail. Use one of these as target, or leave enforce out.');
}

/**
 * The account that a principal calls from, which the ARN of what it calls carries. Nothing if CDK does not know it.
 *
 * CDK reads the account out of the ARN of an imported role, but not of an `ArnPrincipal`. Throws if it stands for several accounts.
 */
export function callerAccount(principal: IPrincipal): string | undefined {
  const account = principal.principalAccount;
  if (account !== undefined) checkExactArn(`Account of the principal ${principal}`, account, 'an account of 12 digits such as "111122223333"');
  if (account !== undefined || !(principal instanceof ArnPrincipal)) return account;
  return /^arn:[a-z-]+:(?:iam|sts)::(\d{12}):/.exec(principal.arn)?.[1];
}
