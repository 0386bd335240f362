import { Stack } from 'aws-cdk-lib/core';
import { deployed, templateOf, Where } from './deployed';
import { PolicyDocument, PolicyStatement } from '../iam/policy-simulator';

/** A statement with its resources and actions as lists. CDK writes a list of one as its only member. */
export interface WrittenStatement {
  readonly Effect: string;
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: unknown;
}

/** A policy as CDK writes it: its statements are a list. */
export interface StackPolicy extends PolicyDocument {
  readonly Statement: PolicyStatement[];
}

/** The statements of every `AWS::IAM::Policy` of a stack, as a deployment would see them. */
export function statementsOf(stack: Stack, where: Where): WrittenStatement[] {
  return documentsOf(stack, 'AWS::IAM::Policy', where).flatMap(({ Statement }) => Statement)
    .map(({ Action, Resource, ...rest }) => ({ ...rest, Action: [Action ?? []].flat(), Resource: [Resource].flat() }));
}

/** The policies of a role as IAM would hold them after the deployment of the stack: plain JSON. */
export function rolePolicies(stack: Stack, roleLogicalId: string, where: Where): StackPolicy[] {
  return documentsOf(stack, 'AWS::IAM::Policy', { attributes: {}, ...where }, ({ Roles }) => (Roles as Array<{ Ref: string }>).some(({ Ref }) => Ref === roleLogicalId));
}

/** The documents of the policies of a type, each as a deployment would see it. */
export function documentsOf(
  stack: Stack, type: 'AWS::IAM::Policy' | 'AWS::IAM::ManagedPolicy', where: Where, counts: (properties: Record<string, unknown>) => boolean = () => true): StackPolicy[] {
  const template = templateOf(stack);
  return Object.values(template.Resources).filter(({ Type, Properties }) => Type === type && counts(Properties))
    .map(({ Properties }) => deployed(template, Properties.PolicyDocument, where) as StackPolicy);
}
