import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Annotations } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { forOneRegion, plainPolicy } from './plain-policy';

/** Warns that a statement is missing from a policy that this app cannot change, and prints it. The warning is of a class and a condition. */
export function warnNotAttached(scope: IConstruct, warning: string, policy: string, statement: PolicyStatement): void {
  const name = JSON.parse(plainPolicy(scope, policy).json) as string;
  const { json, exampleRegion, replacements } = plainPolicy(scope, statement.toStatementJson());
  Annotations.of(scope).addWarningV2(`cdk-bedrock-haiku:${warning}`,
    [`The ${name} is not this app's to change.`, ...(exampleRegion ? [forOneRegion('this statement', exampleRegion)] : []), ...replacements, `Attach this statement to it:\n${json}`].join(' '));
}
