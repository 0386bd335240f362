import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { checkedGrantee } from '../construct/checked-props';
import { ANY_ACCOUNT, Passing } from '../policy/endpoint-statements';
import { HaikuError, shown } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';
import { callerAccount } from '../targets/model-grants';

/** Principals who may pass, and their account, which stands in the ARNs of what they call. */
export interface Passers {
  readonly account: string;
  readonly passing: Passing;
}

/** Who may pass, those that are named one by one together by their account. */
export function passersOf(scope: IConstruct, callers: IGrantable[] | undefined): Passers[] {
  const { account: own } = Stack.of(scope);
  if (callers === undefined) return [{ account: own, passing: { account: own } }];
  const named = new Map<string, string[]>();
  const others = callers.flatMap((caller): Passers[] => {
    const principal = checkedGrantee(caller).grantPrincipal;
    if (has(principal, 'organizationId')) return [{ account: ANY_ACCOUNT, passing: { organizationId: principal.organizationId } }];
    if (has(principal, 'accountId')) return [{ account: principal.accountId, passing: { account: principal.accountId } }];
    const account = callerAccount(principal) ?? own;
    named.set(account, [...named.get(account) ?? [], arnOf(principal)]);
    return [];
  });
  return [...[...named].map(([account, principalArns]) => ({ account, passing: { principalArns: [...new Set(principalArns)] } })), ...others];
}

/** The callers that have security groups, as functions in a VPC have. */
export function connectionsOf(callers: IGrantable[] = []): Connections[] {
  return callers.flatMap((caller) => {
    try {
      const { connections } = caller as Partial<IConnectable>;
      return connections && connections.securityGroups.length > 0 ? [connections] : [];
    } catch {
      // A function that is in no VPC refuses to be asked.
      return [];
    }
  });
}

function has<Name extends string>(principal: IPrincipal, name: Name): principal is IPrincipal & Record<Name, string> {
  return name in principal;
}

/** The ARN that `aws:PrincipalArn` has in a call. */
function arnOf(principal: IPrincipal): string {
  const arn = soleArnOf(principal);
  if (arn === undefined || (!Token.isUnresolved(arn) && !/^arn:[a-z-]+:iam::\d{12}:(role|user)\/./.test(arn))) {
    throw new HaikuError(
      `callers has a member that is not a role, a user, an account or an organization, got ${shown(arn ?? principal)}; expected what calls sign with. `
      + 'Pass a role, a function or a user, or AccountPrincipal or OrganizationPrincipal for all of one; for a session, the role that it is of.');
  }
  checkExactArn('callers', arn, 'the ARN of one role or user');
  return arn;
}

function soleArnOf(principal: IPrincipal): string | undefined {
  try {
    const { principalJson: { AWS: arns, ...others }, conditions } = principal.policyFragment;
    return arns?.length === 1 && Object.keys({ ...others, ...conditions }).length === 0 ? arns[0] : undefined;
  } catch {
    // CDK does not know the role of an imported function.
    return undefined;
  }
}
