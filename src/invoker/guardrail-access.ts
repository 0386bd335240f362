import { IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { InvokerGuardrail, isDraft } from './invoker-guardrail';
import { letDecrypt } from '../construct/key-access';
import { applyStatement, requiredIdentifier } from '../policy/guardrail-statements';
import { IInvocableModel } from '../targets/invocable-model';
import { grantGuarded } from '../targets/model-grants';

/** Lets the role call the target; and apply the guardrail, without which it may not call the target if the guardrail is enforced. */
export function grantTarget(scope: IConstruct, role: IPrincipal, target: IInvocableModel, guardrail: InvokerGuardrail | undefined): void {
  const access = guardrail && {
    guardrailArn: guardrail._arnFor(scope, target.sourceRegion),
    guardrailProfileArns: guardrail._profileArns,
    requiredVersion: guardrail._enforce ? draftOr(guardrail.guardrailVersion) : undefined,
  };
  if (access) {
    const { Action: actions, Resource: resources } = applyStatement(access);
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
    if (guardrail._encryptionKey) letDecrypt(scope, role, guardrail._encryptionKey, 'InvokerGuardrail');
  }
  grantGuarded(target, role, access && requiredIdentifier(access));
}

function draftOr(version: string): string {
  return isDraft(version) ? 'DRAFT' : version;
}
