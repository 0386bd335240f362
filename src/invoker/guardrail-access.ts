import { IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { InvokerGuardrail, isDraft } from './invoker-guardrail';
import { letDecrypt } from '../construct/key-access';
import { applyStatement, GuardrailAccess, requiredIdentifier } from '../policy/guardrail-statements';
import { IInvocableModel } from '../targets/invocable-model';
import { grantGuarded } from '../targets/model-grants';

/**
 * Lets the role call the target; and apply the guardrail, without which it may not call the target if the guardrail is enforced.
 *
 * @param account - that of the role: a guardrail that is named by its ID is one of this account
 */
export function grantTarget(
  scope: IConstruct, role: IPrincipal, target: IInvocableModel, guardrail: InvokerGuardrail | undefined, account = Stack.of(scope).account): void {
  const access = guardrail && letApply(scope, role, target, guardrail, account);
  grantGuarded(target, role, access && requiredIdentifier(access));
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
