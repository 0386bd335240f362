import { Template } from 'aws-cdk-lib/assertions';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { HaikuInvoker, HaikuInvokerProps } from '../../src';
import { ACCOUNT, stackIn } from '../kit/stack';

/** What keeps the messages without an answer in their queue. */
export const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
export const MAPPING = 'AWS::Lambda::EventSourceMapping';
export const visibilityTimeout = Duration.minutes(30);

/** The properties of a stack's event source mappings. */
export function mappingsIn(stack: Stack): Record<string, unknown>[] {
  return Object.values(Template.fromStack(stack).findResources(MAPPING)).map(({ Properties }) => Properties as Record<string, unknown>);
}

/** The variable that tells the handler which queues keep what it reports. */
export function listed(stack: Stack): unknown {
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function', { Properties: { Runtime: 'nodejs24.x' } }));
  return (functions[0].Properties as { Environment: { Variables: Record<string, unknown> } }).Environment.Variables.SQS_REPORTS_ITEM_FAILURES;
}

/** An invoker with an alias, and a stack beside its own. */
export interface Scene { readonly invoker: HaikuInvoker; readonly own: Stack; readonly other: Stack }

export function scene(props: HaikuInvokerProps = {}, app = new App()): Scene {
  const own = stackIn('us-east-1', app, 'Own');
  return { invoker: new HaikuInvoker(own, 'Invoker', { alias: { aliasName: 'live' }, ...props }), own, other: stackIn('us-east-1', app, 'Other') };
}

export const ARN = `arn:aws:sqs:us-east-1:${ACCOUNT}:elsewhere`;

/** Gives the function a name that is known at synth time. */
export function literalName({ lambdaFunction }: HaikuInvoker): string {
  (lambdaFunction.node.defaultChild as CfnFunction).functionName = 'haiku';
  return 'haiku';
}
