import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Annotations, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/** Warns that a statement is missing from a policy that this app cannot change, and prints it. The warning is of a class and a condition. */
export function warnNotAttached(scope: IConstruct, warning: string, policy: string, statement: PolicyStatement): void {
  const json = JSON.stringify(Stack.of(scope).resolve(statement.toStatementJson()), undefined, 2);
  Annotations.of(scope).addWarningV2(`cdk-bedrock-haiku:${warning}`, `The ${policy} is not this app's to change. Attach this statement to it:\n${json}`);
}
