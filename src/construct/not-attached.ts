import { IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Annotations } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { forOneRegion, plainPolicy, Printing } from './plain-policy';
import { policyDocument, Statement } from '../policy/statement';

/** Warns that a statement is missing from a policy that this app cannot change, and prints it. The warning is of a class and a condition. */
export function warnNotAttached(scope: IConstruct, warning: string, policy: string, statement: PolicyStatement): void {
  const name = JSON.parse(plainPolicy(scope, policy).json) as string;
  warn(scope, warning, `The ${name} is not this app's to change.`, 'statement', statement.toStatementJson());
}

/** Warns that a principal gets nothing, because this app cannot change its policies, and prints the policy. */
export function warnNoEffect(scope: IConstruct, warning: string, principal: IPrincipal, statements: Statement[], printing?: Printing): void {
  warn(scope, warning, `The grant to ${principal} has no effect: this app cannot change that principal's policies.`, 'policy', policyDocument(statements), printing);
}

/** Warns of a problem, and prints the policy that makes up for it. */
export function warnPolicy(scope: IConstruct, warning: string, problem: string, statements: unknown[]): void {
  warn(scope, warning, problem, 'policy', policyDocument(statements));
}

function warn(scope: IConstruct, warning: string, problem: string, what: 'policy' | 'statement', content: unknown, printing?: Printing): void {
  const { json, exampleRegion, replacements } = plainPolicy(scope, content, printing);
  const region = exampleRegion ? [forOneRegion(`this ${what}`, exampleRegion, printing)] : [];
  Annotations.of(scope).addWarningV2(`cdk-bedrock-haiku:${warning}`, [problem, ...region, ...replacements, `Attach this ${what} to it:\n${json}`].join(' '));
}
