import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType, HttpMethod } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import { invokerWith } from './stack-with-invoker';
import { CrossRegionInferenceProfile, HaikuInvoker, InferenceRouting, InvokerFunctionUrl } from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

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

describe('Regions without function URLs', () => {
  test.each([
    'ap-east-2', 'ap-south-2', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2', 'eu-south-2',
    'il-central-1', 'me-central-1',
  ])('in %s synthesis warns', (region) => {
    const stack = stackIn(region);
    const target = new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() });
    new HaikuInvoker(stack, 'Invoker', { target, functionUrl: InvokerFunctionUrl.buffered() });
    new HaikuInvoker(stack, 'Streaming', { target, functionUrl: InvokerFunctionUrl.streaming() });
    const warning = (instead: string) =>
      `AWS Lambda lists no function URLs in ${region}, and the deployment fails if that still holds. Leave functionUrl out, and ${instead}. `
      + 'Or deploy to another Region, or acknowledge this if AWS has added them since. [ack: cdk-bedrock-haiku:HaikuInvoker.noFunctionUrls]';
    Annotations.fromStack(stack).hasWarning('/Stack/Invoker', warning('put an API Gateway in front of the function'));
    Annotations.fromStack(stack).hasWarning('/Stack/Streaming', warning(
      'set responseStreaming to true, and put a REST API of API Gateway in front of the function, with the response transfer mode STREAM'));
  });

  test('what is said there can be done: long answers stream without a function URL', () => {
    const advice = thrown(() => invokerWith({ maxTokens: 32_000, thinkingBudgetTokens: 2048 }, 'eu-central-2'));
    expect(advice).toMatch(/or stream the answers with responseStreaming\.$/);
    const invoker = invokerWith({ maxTokens: 32_000, thinkingBudgetTokens: 2048, responseStreaming: true }, 'eu-central-2');
    Annotations.fromStack(Stack.of(invoker)).hasNoWarning('*', Match.anyValue());
    Template.fromStack(Stack.of(invoker)).resourceCountIs('AWS::Lambda::Url', 0);
  });

  test('a function without a URL is at home there', () => {
    Annotations.fromStack(Stack.of(invokerWith({}, 'eu-south-2'))).hasNoWarning('*', Match.anyValue());
  });

  test('it is the Region of the function that counts, not the one that it calls', () => {
    const stack = stackIn('eu-west-1');
    new HaikuInvoker(stack, 'Invoker', {
      target: new CrossRegionInferenceProfile(stack, 'Haiku', { sourceRegion: 'eu-south-2' }), functionUrl: InvokerFunctionUrl.buffered(),
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('a Region that is known only at deploy time is not warned about', () => {
    const stack = stackIn(undefined);
    new HaikuInvoker(stack, 'Invoker', { functionUrl: InvokerFunctionUrl.buffered() });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
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
  expect(thrown(() => invoker.grantInvokeUrl(new AccountRootPrincipal()))).toBe(
    'Stack/Invoker has no function URL to grant access to. Pass InvokerFunctionUrl.buffered() or InvokerFunctionUrl.streaming() as functionUrl.');
});
