import { Match, Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { HaikuInvoker, HaikuInvokerProps } from '../../src';
import { stackIn } from '../kit/stack';


/** An invoker in a stack of its own. */
export function invokerWith(props: HaikuInvokerProps = {}, region: string | undefined = 'us-east-1'): HaikuInvoker {
  return new HaikuInvoker(stackIn(region), 'Invoker', props);
}

export interface WrittenFunction {
  readonly Environment: { readonly Variables: Record<string, unknown> };
  readonly [property: string]: unknown;
}

/** The properties of the stack's only function of ours. */
export function functionOf(stack: Stack): WrittenFunction {
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function', { Properties: { Runtime: 'nodejs24.x' } }));
  return Properties;
}

/** The statements of the function's role. */
export function roleStatements(stack: Stack): unknown[] {
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy', {
    Properties: { PolicyName: Match.stringLikeRegexp('^InvokerRoleDefaultPolicy') },
  }));
  return policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

/** What the handler reads of INVOKER_OPTIONS, in a stack where it holds no token. */
export function optionsOf(stack: Stack): Record<string, unknown> {
  return JSON.parse(functionOf(stack).Environment.Variables.INVOKER_OPTIONS as string);
}
