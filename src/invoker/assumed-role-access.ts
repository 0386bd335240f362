import { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { grantTarget, grantWith, letApply } from './guardrail-access';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { keepsStatements, UnattachedPolicy } from './unattached-policy';
import { checkAssumption, shownRole, trust } from '../construct/assumed-role';
import { knownToDiffer } from '../construct/tokens';
import { HaikuError, shown } from '../private/errors';
import { IInvocableModel } from '../targets/invocable-model';
import { callerAccount } from '../targets/model-grants';

/** Two roles, of which the function's assumes the other. */
interface Roles {
  readonly functionRole: IRole;
  /** The name that the function's role was made with. */
  readonly roleName?: string;
  readonly assumedRole: IRole;
}

/** Refuses a role that the function cannot assume, and what the function's stack cannot name because it is made in another account. */
export function checkAssumedRole(scope: Construct, target: IInvocableModel, props: HaikuInvokerProps): void {
  const { assumedRole, guardrail } = props;
  checkAssumption(scope, props);
  if (!assumedRole) return;
  const here = Stack.of(scope).account;
  if (knownToDiffer(accountOf(target.modelId), here)) {
    throw new HaikuError(
      `target is an application inference profile that is made in another account than the function, got ${shown(target)}; `
      + 'expected one whose ARN is known, since AWS gives it its ID when it is made. '
      + 'Deploy it first, and pass ApplicationInferenceProfile.fromApplicationInferenceProfileArn(...) with its ARN.');
  }
  const account = accountOf(guardrail?.guardrailIdentifier) ?? accountOf(guardrail?.guardrailVersion);
  const central = callerAccount(assumedRole);
  if (!knownToDiffer(account, here) && !knownToDiffer(account, central)) return;
  throw new HaikuError(
    `guardrail is made in this app in the account ${shown(account)}, and the function of ${shown(here)} calls as a role of ${shown(central)}; `
    + 'expected one of the assumed role\'s account whose ID is known. Deploy it first in that account, and pass its ID or ARN, and its version, as text.');
}

/** Gives the assumed role what the function's would need to call the target itself, and lets it trust the function's. */
export function grantThrough(
  scope: Construct, { functionRole, roleName, assumedRole }: Roles, target: IInvocableModel, { guardrail, externalId }: HaikuInvokerProps): void {
  const account = callerAccount(assumedRole) ?? Stack.of(scope).account;
  // Whether the role keeps statements shows when one is added. Then one policy says all that is missing; without a guardrail the target's grant does.
  const access = guardrail && letApply(scope, assumedRole, target, guardrail, account);
  if (!access || keepsStatements(assumedRole)) {
    grantWith(scope, assumedRole, target, access);
  } else {
    const policy = new UnattachedPolicy(assumedRole);
    grantTarget(scope, policy, target, guardrail, account);
    policy.warn(scope, 'HaikuInvoker.assumedRoleNotAttached', `The assumed role ${shownRole(assumedRole)} gets nothing: this app cannot change its policies.`);
  }
  trust(scope, 'HaikuInvoker', functionRole, roleName, { assumedRole, externalId });
}

/** The account in which the app makes the Bedrock resource that a value refers to. */
function accountOf(value: string | undefined): string | undefined {
  if (value === undefined || !Token.isUnresolved(value)) return undefined;
  const made = Tokenization.reverseString(value).tokens
    .flatMap((token) => Reference.isReference(token) && CfnResource.isCfnResource(token.target) ? token.target : [])
    .find(({ cfnResourceType }) => cfnResourceType.startsWith('AWS::Bedrock::'));
  return made && Stack.of(made).account;
}
