import { Grant, IGrantable, IPrincipal, LazyRole, Policy, Role } from 'aws-cdk-lib/aws-iam';
import { Annotations, Stack } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { policyDocument, Statement } from '../policy/statement';

/**
 * Gives the statements to a principal. Where they land nowhere, because the principal's policies are not this app's to change,
 * a warning prints the policy to attach by hand.
 */
export function grantStatements(scope: IConstruct, grantee: IGrantable, statements: Statement[], warningId: string): Grant {
  const grant = statements
    .map(({ Action, Resource, Condition }) => Grant.addToPrincipal({
      grantee, actions: Action, resourceArns: Resource, ...(Condition && { conditions: Condition }),
    }))
    .reduce((first, next) => first.combine(next));
  if (!grant.success || isImmutableRole(grantee.grantPrincipal)) {
    const policy = JSON.stringify(Stack.of(scope).resolve(policyDocument(statements)), undefined, 2);
    Annotations.of(scope).addWarningV2(warningId,
      `The grant to ${grantee.grantPrincipal} has no effect: this app cannot change that principal's policies. Attach this policy to it:\n${policy}`);
  }
  return grant;
}

/**
 * An imported role that is immutable, or of another account, reports success but adds nothing. CDK exports no class to recognise
 * it by, so this asks what it did: every other imported role has a policy by now.
 */
function isImmutableRole(principal: IPrincipal): boolean {
  return Construct.isConstruct(principal) && 'roleArn' in principal
    && !Role.isRole(principal) && !(principal instanceof LazyRole)
    && !principal.node.children.some((child) => child instanceof Policy);
}
