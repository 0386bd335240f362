import { Template } from 'aws-cdk-lib/assertions';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { BulkSetProps } from '../../src';
import { PolicyDocument, PolicySimulator } from '../iam/policy-simulator';
import { deployed, templateOf } from '../kit/deployed';

/** Two places in one bucket. */
export function places(scope: Construct, bucket: IBucket = new Bucket(scope, 'Records')): BulkSetProps {
  return { input: bucket, inputPrefix: 'in/', output: bucket, outputPrefix: 'out/' };
}

/** The states of a stack's one state machine as they would be deployed. */
export function definitionOf(stack: Stack, region = 'us-east-1'): { StartAt: string; States: Record<string, Record<string, unknown>> } {
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'));
  return JSON.parse(deployed(templateOf(stack), Properties.DefinitionString, { region }) as string) as ReturnType<typeof definitionOf>;
}

/** What the policies of a role decide, whose logical ID begins so, inline ones included. */
export function roleOf(stack: Stack, beginning: RegExp, region = 'us-east-1'): PolicySimulator {
  const template = templateOf(stack);
  const [[id, role]] = Object.entries(template.Resources).filter(([name, { Type }]) => Type === 'AWS::IAM::Role' && beginning.test(name));
  const inline = (role.Properties.Policies as Array<{ PolicyDocument: unknown }> | undefined ?? []).map((policy) => policy.PolicyDocument);
  const attached = Object.values(template.Resources)
    .filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && (Properties.Roles as Array<{ Ref: string }>).some(({ Ref }) => Ref === id))
    .map(({ Properties }) => Properties.PolicyDocument);
  return new PolicySimulator(...[...inline, ...attached].map((document) => deployed(template, document, { region }) as PolicyDocument));
}
