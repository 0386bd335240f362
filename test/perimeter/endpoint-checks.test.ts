import { Template } from 'aws-cdk-lib/assertions';
import { ArnPrincipal, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import { BedrockVpcEndpoint, CrossRegionInferenceProfile, InRegionInference } from '../../src';
import { ACCOUNT, isolatedVpc, stackIn } from '../kit/stack';
import { everywhere, failures, thrown } from '../kit/three-ways';

const made = (props: (stack: Stack) => object, region = 'eu-west-2') => failures((scope) => {
  const stack = Stack.of(scope);
  new BedrockVpcEndpoint(stack, 'Bedrock', { vpc: isolatedVpc(stack), targets: [new CrossRegionInferenceProfile(stack, 'Haiku')], ...props(stack) });
}, { account: ACCOUNT, region });

test.each<[string, (stack: Stack) => object, string]>([
  ['no targets', () => ({ targets: [] }), 'targets is not a list with anything in it, got []; expected what may be called, such as a CrossRegionInferenceProfile. Name it.'],
  ['no callers', () => ({ callers: [] }), 'callers is not a list with anything in it, got []; expected who may call, such as a role. Name it, or leave callers out.'],
  ['no security groups', () => ({ securityGroups: [] }), 'securityGroups is not a list with anything in it, got []; expected an ec2.SecurityGroup. Name it, or leave securityGroups out.'],
  ['a target elsewhere', (stack) => ({ targets: [new CrossRegionInferenceProfile(stack, 'There', { sourceRegion: 'eu-west-1' })] }),
    'targets has one that is called in another Region than the VPC\'s, got "Stack/There" in "eu-west-1"; expected "eu-west-2", since a VPC endpoint leads to its own Region. '
    + 'Leave sourceRegion out of the target, or make the endpoint in a stack of that Region.'],
  ['a Region without FIPS', () => ({ fipsEndpoint: true }),
    'fipsEndpoint is not available in "eu-west-2"; Amazon Bedrock has FIPS services for VPC endpoints in "us-east-1", "us-east-2", "us-west-2", "ca-central-1", "us-gov-east-1", "us-gov-west-1". '
    + 'Leave fipsEndpoint out, or deploy the stack to one of these Regions.'],
  ['a guardrail with its version', () => ({ guardrailArns: [`arn:aws:bedrock:eu-west-2:${ACCOUNT}:guardrail/a1b2c3:1`] }),
    `guardrailArns is not the ARN of a guardrail, got "arn:aws:bedrock:eu-west-2:${ACCOUNT}:guardrail/a1b2c3:1"; `
    + 'expected "arn:aws:bedrock:<Region>:<account>:guardrail/<ID>", without a version. Name each guardrail by its ARN, whatever its version.'],
  ['a service', () => ({ callers: [new ServicePrincipal('lambda.amazonaws.com')] }),
    'callers has a member that is not a role, a user, an account or an organization, got a ServicePrincipal; expected what calls sign with. '
    + 'Pass a role, a function or a user, or AccountPrincipal or OrganizationPrincipal for all of one; for a session, the role that it is of.'],
  ['a session', () => ({ callers: [new ArnPrincipal(`arn:aws:sts::${ACCOUNT}:assumed-role/app/me`)] }),
    `callers has a member that is not a role, a user, an account or an organization, got "arn:aws:sts::${ACCOUNT}:assumed-role/app/me"; expected what calls sign with. `
    + 'Pass a role, a function or a user, or AccountPrincipal or OrganizationPrincipal for all of one; for a session, the role that it is of.'],
  ['every role', () => ({ callers: [new ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/*`)] }),
    `callers would stand in a policy for more than one resource, got "arn:aws:iam::${ACCOUNT}:role/*"; expected the ARN of one role or user, without "*", "?" and "\${...}". Name the one resource that is meant.`],
])('%s', (_, props, message) => {
  expect(made(props)).toEqual(everywhere(message));
});

test('bedrock-mantle has no FIPS service', () => {
  expect(made((stack) => ({ fipsEndpoint: true, targets: [new InRegionInference(stack, 'In')] }), 'us-east-1').new).toBe(
    'fipsEndpoint is not available on bedrock-mantle, which has no FIPS endpoint, got "Stack/In" as a target. Leave fipsEndpoint out, or give that target a BedrockVpcEndpoint of its own.');
});

test('an imported function whose role is not known', () => {
  expect(made((stack) => ({ callers: [Function.fromFunctionName(stack, 'Imported', 'mine')] })).new).toMatch(
    /^callers has a member that is not a role, a user, an account or an organization, got .*; expected what calls sign with\./);
});

test('a policy that no endpoint takes', () => {
  const stack = stackIn('eu-west-2');
  const callers = Array.from({ length: 200 }, (_, index) => new ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/app-${index}-${'x'.repeat(40)}`));
  new BedrockVpcEndpoint(stack, 'Bedrock', { vpc: isolatedVpc(stack), targets: [new CrossRegionInferenceProfile(stack, 'Haiku')], callers });
  expect(thrown(() => Template.fromStack(stack))).toMatch(new RegExp('Endpoint policy of Stack/Bedrock/Runtime is too large, got 3\\d{4} characters once deployed; expected at most 20480\\. '
    + 'Pass an AccountPrincipal or an OrganizationPrincipal in place of many callers, or make several BedrockVpcEndpoints in VPCs of their own\\.'));
});
