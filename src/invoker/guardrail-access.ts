import { IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { InvokerGuardrail, isDraft } from './invoker-guardrail';
import { UnattachedPolicy } from './unattached-policy';
import { letDecrypt } from '../construct/key-access';
import { applyStatement, GuardrailAccess, requiredIdentifier } from '../policy/guardrail-statements';
import { HaikuError, shown } from '../private/errors';
import { IInvocableModel } from '../targets/invocable-model';
import { grantGuarded } from '../targets/model-grants';

/** Where a role keeps who calls which model with it, and the guardrail without which IAM refuses the calls. */
const CALLERS = Symbol.for('cdk-bedrock-haiku.callers.1');

interface Caller {
  readonly path: string;
  readonly modelId: string;
  readonly identifier?: string;
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
export function grantWith(scope: IConstruct, role: IPrincipal, target: IInvocableModel, access?: GuardrailAccess): void {
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
export function letApply(
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
