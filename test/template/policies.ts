import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { Deployment, evaluated, TemplateJson } from './evaluated';

/** A statement with its resources and actions as lists. CDK writes a list of one as its only member. */
export interface WrittenStatement {
  readonly Effect: string;
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: unknown;
}

/** The statements of every `AWS::IAM::Policy` of a stack, as a deployment would see them. */
export function statementsOf(stack: Stack, deployment: Deployment): WrittenStatement[] {
  const template = Template.fromStack(stack).toJSON() as TemplateJson;
  const resources = Object.values(template.Resources as Record<string, { Type: string; Properties: { PolicyDocument: { Statement: unknown } } }>);
  return resources.filter(({ Type }) => Type === 'AWS::IAM::Policy').flatMap(({ Properties }) => {
    const statements = evaluated(template, Properties.PolicyDocument.Statement, deployment) as Array<Record<string, unknown>>;
    return statements.map((statement) =>
      ({ ...statement, Action: listed(statement.Action), Resource: listed(statement.Resource) }) as WrittenStatement);
  });
}

function listed(value: unknown): string[] {
  return Array.isArray(value) ? value as string[] : [value as string];
}
