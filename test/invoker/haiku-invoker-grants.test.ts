import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { HaikuInvoker, InvokerFunctionUrl } from '../../src';
import { stackIn } from '../kit/stack';

function scene(): { stack: Stack; invoker: HaikuInvoker } {
  const stack = stackIn('us-east-1');
  return { stack, invoker: new HaikuInvoker(stack, 'Invoker', { alias: { aliasName: 'live' }, functionUrl: InvokerFunctionUrl.buffered() }) };
}

test('the short forms grant the same', () => {
  const [long, short] = [scene(), scene()].map(({ stack, invoker }, index) => {
    const caller = new Role(stack, 'Caller', { assumedBy: new AccountRootPrincipal() });
    if (index === 0) [invoker.grants.invoke(caller), invoker.grants.invokeUrl(caller)].forEach(({ success }) => expect(success).toBe(true));
    else [invoker.grantInvoke(caller), invoker.grantInvokeUrl(caller)].forEach(({ success }) => expect(success).toBe(true));
    return Template.fromStack(stack).toJSON() as unknown;
  });
  expect(long).toEqual(short);
});

test('a service is let in by the function\'s own policy, and nothing is warned of', () => {
  const { stack, invoker } = scene();
  invoker.grants.invoke(new ServicePrincipal('s3.amazonaws.com'));
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', FunctionName: { Ref: Match.stringLikeRegexp('^InvokerAlias') },
  });
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

test('for a role that this app cannot change the policy is printed', () => {
  const { stack, invoker } = scene();
  const role = Role.fromRoleArn(stack, 'Caller', 'arn:aws:iam::111122223333:role/caller', { mutable: false });
  invoker.grants.invoke(role);
  invoker.grants.invokeUrl(role);
  const warnings = Annotations.fromStack(stack).findWarning('/Stack/Invoker', Match.stringLikeRegexp('HaikuInvokerGrants.notAttached')).map(({ entry }) => String(entry.data));
  expect(warnings.map((text) => text.slice(0, text.indexOf('Replace')))).toEqual(
    Array(2).fill('The grant to Stack/Caller has no effect: this app cannot change that principal\'s policies. '));
  const statements = warnings.map((text) => JSON.parse(/\n(\{.*\}) \[ack/s.exec(text)![1]).Statement as { Action: string; Condition?: unknown }[]);
  expect(statements.map((list) => list.map(({ Action, Condition }) => [Action, Condition]))).toEqual([
    [['lambda:InvokeFunction', undefined]],
    [
      ['lambda:InvokeFunctionUrl', { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } }],
      ['lambda:InvokeFunction', { Bool: { 'lambda:InvokedViaFunctionUrl': true } }],
    ],
  ]);
});

test('what is printed for a URL is what CDK grants', () => {
  const { stack, invoker } = scene();
  const caller = new Role(stack, 'Caller', { assumedBy: new AccountRootPrincipal() });
  invoker.grants.invokeUrl(caller);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [stack.resolve(caller.roleName)],
    PolicyDocument: {
      Statement: [
        { Effect: 'Allow', Action: 'lambda:InvokeFunctionUrl', Resource: { Ref: Match.anyValue() }, Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } } },
        { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { Ref: Match.anyValue() }, Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': true } } },
      ],
    },
  });
});
