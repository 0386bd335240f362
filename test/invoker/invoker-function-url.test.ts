import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType, HttpMethod } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import { invokerWith, messageOf, stackIn } from './stack-with-invoker';
import { HaikuInvoker, InvokerFunctionUrl } from '../../src';

test('there is no URL unless it is asked for', () => {
  const invoker = invokerWith();
  expect(invoker.functionUrl).toBeUndefined();
  Template.fromStack(Stack.of(invoker)).resourceCountIs('AWS::Lambda::Url', 0);
});

test.each([
  ['BUFFERED', InvokerFunctionUrl.buffered()],
  ['RESPONSE_STREAM', InvokerFunctionUrl.streaming()],
])('a URL in mode %s wants AWS_IAM', (InvokeMode, functionUrl) => {
  const invoker = invokerWith({ functionUrl });
  Template.fromStack(Stack.of(invoker)).hasResourceProperties('AWS::Lambda::Url', { AuthType: 'AWS_IAM', InvokeMode, Cors: Match.absent() });
  Annotations.fromStack(Stack.of(invoker)).hasNoWarning('*', Match.anyValue());
});

test('a public URL is warned about', () => {
  const invoker = invokerWith({ functionUrl: InvokerFunctionUrl.streaming({ authType: FunctionUrlAuthType.NONE }) });
  Template.fromStack(Stack.of(invoker)).hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE' });
  Annotations.fromStack(Stack.of(invoker)).hasWarning('/Stack/Invoker',
    'The function URL takes calls from anyone who knows it, and they are paid for by this account. Remove authType to require AWS_IAM. '
    + '[ack: cdk-bedrock-haiku:HaikuInvoker.publicUrl]');
});

test('web pages may be let in', () => {
  const invoker = invokerWith({ functionUrl: InvokerFunctionUrl.buffered({ cors: { allowedOrigins: ['https://example.com'], allowedMethods: [HttpMethod.POST] } }) });
  Template.fromStack(Stack.of(invoker)).hasResourceProperties('AWS::Lambda::Url', {
    Cors: { AllowOrigins: ['https://example.com'], AllowMethods: ['POST'] },
  });
});

test('the URL of an invoker with an alias is the alias\'s', () => {
  const invoker = invokerWith({ alias: { aliasName: 'live' }, functionUrl: InvokerFunctionUrl.buffered() });
  Template.fromStack(Stack.of(invoker)).hasResourceProperties('AWS::Lambda::Url', { Qualifier: 'live' });
});

test('who may call the URL may call the function by way of it only', () => {
  const stack = stackIn('us-east-1');
  const invoker = new HaikuInvoker(stack, 'Invoker', { functionUrl: InvokerFunctionUrl.buffered() });
  const caller = new Role(stack, 'Caller', { assumedBy: new AccountRootPrincipal() });
  invoker.grantInvokeUrl(caller);
  const Resource = stack.resolve(invoker.lambdaFunction.functionArn);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [stack.resolve(caller.roleName)],
    PolicyDocument: {
      Statement: [
        { Effect: 'Allow', Action: 'lambda:InvokeFunctionUrl', Resource, Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } } },
        { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource, Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': true } } },
      ],
    },
  });
});

test('nobody can be let in to a URL that is not there', () => {
  const stack = stackIn('us-east-1');
  const invoker = new HaikuInvoker(stack, 'Invoker');
  expect(messageOf(() => invoker.grantInvokeUrl(new AccountRootPrincipal()))).toBe(
    'Stack/Invoker has no function URL, got none; expected one to grant access to. Pass functionUrl: InvokerFunctionUrl.buffered() or .streaming().');
});
