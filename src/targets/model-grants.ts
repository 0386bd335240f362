import { ArnPrincipal, Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { apiKeyStatements } from './api-key-access';
import { countTokensStatements } from './count-tokens-access';
import { checkEnforcedGuardrail } from './enforced-guardrail';
import { IInvocableModel, InferenceEndpoint } from './invocable-model';
import { ApiKeyGrantOptions, ApiKeyType, IInvocationGrants, InvocationGrantOptions } from './invocation-grants';
import { checkedGrantee } from '../construct/checked-props';
import { grantStatements } from '../construct/grant-statements';
import { GrantedProfile } from '../construct/held-grants';
import { Printing } from '../construct/plain-policy';
import { applyStatement } from '../policy/guardrail-statements';
import { Statement } from '../policy/statement';
import { brand, isBranded } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';
import { checkKinds, DURATION, oneOf, PropKinds, TEXT } from '../private/prop-kind';

const OPTIONS: PropKinds<InvocationGrantOptions> = { enforcedGuardrailArn: TEXT };

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
    private readonly target: IInvocableModel,
    private readonly className: string,
    private readonly access: ModelAccess,
    private readonly accountOf = (principal: IPrincipal): string => callerAccount(principal) ?? Stack.of(target).account,
  ) {}

  public invoke(grantee: IGrantable, options: InvocationGrantOptions = {}): Grant {
    checkKinds<InvocationGrantOptions>('invoke', options, OPTIONS);
    return this.together(grantee, this.enforced(options), () => this._grant(grantee));
  }

  public invokeWithApiKey(grantee: IGrantable, options: ApiKeyGrantOptions = {}): Grant {
    checkKinds<ApiKeyGrantOptions>('invokeWithApiKey', options, { ...OPTIONS, keyType: oneOf('ApiKeyType', ApiKeyType), maxAge: DURATION });
    const service = this.target.endpoint === InferenceEndpoint.BEDROCK_MANTLE ? 'bedrock-mantle' : 'bedrock';
    const statements = [...this.enforced(options), ...apiKeyStatements(service, checkedGrantee(grantee), options)];
    return this.together(grantee, statements, () => this._grant(grantee));
  }

  public countTokens(grantee: IGrantable): Grant {
    const account = this.accountOf(checkedGrantee(grantee).grantPrincipal);
    return this.give(grantee, countTokensStatements(this.target, account));
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

  /** A grant, and statements that are no part of what several profiles share. */
  private together(grantee: IGrantable, statements: Statement[], grant: () => Grant): Grant {
    const given = grant();
    return statements.length > 0 ? given.combine(this.give(grantee, statements)) : given;
  }

  private give(grantee: IGrantable, statements: Statement[]): Grant {
    return grantStatements(grantee, { scope: this.target, className: this.className, statements, printing: this.access.printing });
  }

  private enforced({ enforcedGuardrailArn: guardrailArn }: InvocationGrantOptions): Statement[] {
    if (guardrailArn === undefined) return [];
    checkEnforcedGuardrail(guardrailArn, this.target);
    return [applyStatement({ guardrailArn })];
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
