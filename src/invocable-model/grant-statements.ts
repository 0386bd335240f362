import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Annotations, Stack } from 'aws-cdk-lib/core';
import { Dependable, IConstruct } from 'constructs';
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
  // An immutable imported role reports success, but nothing stands behind it that could be depended on.
  if (!grant.success || Dependable.of(grant).dependencyRoots.length === 0) {
    const policy = JSON.stringify(Stack.of(scope).resolve(policyDocument(statements)), undefined, 2);
    Annotations.of(scope).addWarningV2(warningId,
      `The grant to ${grantee.grantPrincipal} has no effect: this app cannot change that principal's policies. Attach this policy to it:\n${policy}`);
  }
  return grant;
}
