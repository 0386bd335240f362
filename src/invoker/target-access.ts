import { IPrincipal, PolicyStatement, IRole } from 'aws-cdk-lib/aws-iam';
import { Stack, CfnResource, Reference, Token, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct, Construct } from 'constructs';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { InvokerGuardrail, isDraft } from './invoker-guardrail';
import { checkAssumption, shownRole, trust } from '../construct/assumed-role';
import { letDecrypt } from '../construct/key-access';
import { knownToDiffer } from '../construct/tokens';
import { UnattachedPolicy, keepsStatements } from '../construct/unattached-policy';
import { applyStatement, GuardrailAccess, requiredIdentifier } from '../policy/guardrail-statements';
import { HaikuError, shown } from '../private/errors';
import { IInvocableModel } from '../targets/invocable-model';
import { grantGuarded, callerAccount } from '../targets/model-grants';

/** Where a role keeps who calls which model with it, and the guardrail without which IAM refuses the calls. */
const CALLERS = Symbol.for('cdk-bedrock-haiku.callers.1');

interface Caller {
  readonly path: string;
  readonly modelId: string;
  readonly identifier?: string;
}

/** Every model that the function calls. */
export function modelsOf(target: IInvocableModel, { escalation, traffic }: HaikuInvokerProps): IInvocableModel[] {
  const others = [...escalation?._rungs ?? [], ...traffic && !traffic._shadows ? [traffic] : []].map(({ _target }) => _target);
  // The model to move on to may be one of the ladder too.
  return [...new Set([target, ...others])];
}

/**
 * Lets the role call the target; and apply the guardrail, without which it may not call the target if the guardrail is enforced.
 *
 * @param account - that of the role: a guardrail that is named by its ID is one of this account
 */
export function grantTarget(
  scope: IConstruct, role: IPrincipal, target: IInvocableModel, guardrail: InvokerGuardrail | undefined, account = Stack.of(scope).account): void {
  grantWith(scope, role, target, guardrail && letApply(scope, role, target, guardrail, account));
}

/** Lets the role call the target, where what it needs for the guardrail is given already. */
function grantWith(scope: IConstruct, role: IPrincipal, target: IInvocableModel, access?: GuardrailAccess): void {
  const identifier = access && requiredIdentifier(access);
  checkShared(scope, role instanceof UnattachedPolicy ? role.role : role, target, identifier);
  grantGuarded(target, role, identifier);
}

/** Refuses a role of which another HaikuInvoker's calls would be denied for want of this one's guardrail, or this one's for want of that one's. */
function checkShared(
  scope: IConstruct, role: IPrincipal & { [CALLERS]?: Caller[] }, { model: { modelId } }: IInvocableModel, identifier?: string): void {
  if (!role[CALLERS]) Object.defineProperty(role, CALLERS, { value: [] });
  const other = role[CALLERS]!.find((caller) => caller.modelId === modelId && caller.identifier !== identifier);
  if (other) {
    throw new HaikuError(
      `${other.path} and ${scope.node.path} call the same model with one role, got ${shown(role)} for both, and an enforced guardrail denies all calls of the role that do not name it; `
      + 'expected the same guardrail and version, enforced in both, or none that is enforced. Give each a role of its own, or enforce the same guardrail.');
  }
  role[CALLERS]!.push({ path: scope.node.path, modelId, identifier });
}

/** Lets the role apply the guardrail, and decrypt it. */
function letApply(
  scope: IConstruct, role: IPrincipal, { sourceRegion }: IInvocableModel, guardrail: InvokerGuardrail, account: string): GuardrailAccess {
  const access = {
    guardrailArn: guardrail._arnFor(scope, sourceRegion, account),
    guardrailProfileArns: guardrail._profileArns,
    requiredVersion: guardrail._enforce ? draftOr(guardrail.guardrailVersion) : undefined,
  };
  const { Action: actions, Resource: resources } = applyStatement(access);
  role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
  if (guardrail._encryptionKey) letDecrypt(scope, role, guardrail._encryptionKey, 'InvokerGuardrail', {}, account);
  return access;
}

function draftOr(version: string): string {
  return isDraft(version) ? 'DRAFT' : version;
}

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
  const arn = [guardrail?.guardrailIdentifier, ...guardrail?._profileArns ?? []].find((given) => accountIn(given) === here);
  if (arn !== undefined && knownToDiffer(here, central)) {
    throw new HaikuError(
      `guardrail is one of the function's own account, got ${shown(arn)}, and the calls are made as a role of ${shown(central)}; expected one of that account. `
      + 'Create the guardrail there, and pass the ID or the ARN that it has there.');
  }
  if (!knownToDiffer(account, here) && !knownToDiffer(account, central)) return;
  throw new HaikuError(
    `guardrail is made in this app in the account ${shown(account)}, and the function of ${shown(here)} calls as a role of ${shown(central)}; `
    + 'expected one of the assumed role\'s account whose ID is known. Deploy it first in that account, and pass its ID or ARN, and its version, as text.');
}

/** Gives the assumed role what the function's would need to call the models itself, and lets it trust the function's. */
export function grantThrough(
  scope: Construct, { functionRole, roleName, assumedRole }: Roles, targets: IInvocableModel[], { guardrail, externalId }: HaikuInvokerProps): void {
  const account = callerAccount(assumedRole) ?? Stack.of(scope).account;
  // Whether the role keeps statements shows when one is added. Then one policy says all that is missing; without a guardrail the targets' grants do.
  const accesses = targets.map((target) => guardrail && letApply(scope, assumedRole, target, guardrail, account));
  if (!guardrail || keepsStatements(assumedRole)) {
    targets.forEach((target, index) => grantWith(scope, assumedRole, target, accesses[index]));
  } else {
    const policy = new UnattachedPolicy(assumedRole);
    for (const target of targets) grantTarget(scope, policy, target, guardrail, account);
    policy.warn(scope, 'HaikuInvoker.assumedRoleNotAttached', `The assumed role ${shownRole(assumedRole)} gets nothing: this app cannot change its policies.`);
  }
  trust(scope, 'HaikuInvoker', functionRole, roleName, { assumedRole, externalId });
}

/** The account in an ARN of Bedrock's that is known. */
function accountIn(given: string | undefined): string | undefined {
  return given === undefined || Token.isUnresolved(given) ? undefined : /^arn:[^:]+:bedrock:[^:]+:(\d{12}):/.exec(given)?.[1];
}

/** The account in which the app makes the Bedrock resource that a value refers to. */
function accountOf(value: string | undefined): string | undefined {
  if (value === undefined || !Token.isUnresolved(value)) return undefined;
  const made = Tokenization.reverseString(value).tokens
    .flatMap((token) => Reference.isReference(token) && CfnResource.isCfnResource(token.target) ? token.target : [])
    .find(({ cfnResourceType }) => cfnResourceType.startsWith('AWS::Bedrock::'));
  return made && Stack.of(made).account;
}
