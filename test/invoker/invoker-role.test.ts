import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { IRole, LazyRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { functionOf, invokerWith, messageOf, stackIn, statementsOf } from './stack-with-invoker';
import { HaikuInvoker, InvokerGuardrail } from '../../src';

const CHANGE = ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'];
const DESCRIBE = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'];
const arn = (...parts: string[]) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, parts.join('')]] });

test('in a VPC the role can manage the account\'s network interfaces, for Lambda but not for the code', () => {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker', { vpc: new Vpc(stack, 'Vpc') });
  expect(statementsOf(stack).slice(-3)).toEqual([
    { Effect: 'Allow', Action: CHANGE, Resource: arn(':ec2:us-east-1:111122223333:*/*') },
    { Effect: 'Allow', Action: DESCRIBE, Resource: '*' },
    {
      Effect: 'Deny',
      Action: [...CHANGE, ...DESCRIBE],
      Resource: '*',
      Condition: { ArnLike: { 'lambda:SourceFunctionArn': arn(':lambda:us-east-1:111122223333:function:*') } },
    },
  ]);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
});

test('outside a VPC there is no EC2 permission', () => {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker');
  expect(JSON.stringify(statementsOf(stack))).not.toContain('ec2:');
});

test('the function runs in the subnets that were chosen', () => {
  const stack = stackIn('us-east-1');
  const vpc = new Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'Inside', subnetType: SubnetType.PRIVATE_ISOLATED }], maxAzs: 2 });
  new HaikuInvoker(stack, 'Invoker', { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } });
  expect(functionOf(stack).VpcConfig).toEqual({
    SecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^InvokerFunctionSecurityGroup/), 'GroupId'] }],
    SubnetIds: [{ Ref: expect.stringMatching(/^VpcInsideSubnet1/) }, { Ref: expect.stringMatching(/^VpcInsideSubnet2/) }],
  });
});

const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/** The statements of all policies of a stack. */
function allStatements(stack: Stack): { Action: string | string[] }[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

/** The policy that a warning prints, and the words before it. */
function printed(stack: Stack, id: string): { words: string; statements: { Action: string | string[]; Effect: string; Condition?: unknown }[] }[] {
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(id)).map(({ entry }) => {
    const [, words, json] = /^(.*?)\n(\{.*\}) \[ack: /s.exec(String(entry.data))!;
    return { words, statements: JSON.parse(json).Statement };
  });
}

test.each<[string, (stack: Stack) => IRole]>([
  ['a role of the app', (stack) => new Role(stack, 'Mine', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })],
  ['an imported role', (stack) => Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::111122223333:role/mine')],
  ['a lazy role', (stack) => new LazyRole(stack, 'Mine', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })],
])('%s is given what a new role is given', (_, make) => {
  const own = stackIn('us-east-1');
  new HaikuInvoker(own, 'Invoker', { tracing: Tracing.ACTIVE });
  const stack = stackIn('us-east-1');
  const role = make(stack);
  const invoker = new HaikuInvoker(stack, 'Invoker', { role, tracing: Tracing.ACTIVE });
  expect(invoker.role).toBe(role);
  expect(invoker.node.tryFindChild('Role')).toBeUndefined();
  expect(functionOf(stack).Role).toEqual(stack.resolve(role.roleArn));
  expect(allStatements(stack)).toEqual(allStatements(own));
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

test.each<[string, (stack: Stack) => IRole, string]>([
  ['an imported role that may not be changed', (stack) => Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::111122223333:role/mine', { mutable: false }), 'Stack/Mine'],
  ['a role without policy updates', (stack) => new Role(stack, 'Mine', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }).withoutPolicyUpdates(),
    'Stack/ImmutableRoleMine'],
])('for %s the whole policy is printed', (_, make, path) => {
  const stack = stackIn('us-east-1');
  const role = make(stack);
  const queue = new Queue(stack, 'Queue');
  const guardrail = InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '3', enforce: true });
  const invoker = new HaikuInvoker(stack, 'Invoker', {
    role,
    guardrail,
    vpc: new Vpc(stack, 'Vpc'),
    tracing: Tracing.ACTIVE,
    deadLetterQueue: queue,
    onFailure: new SqsDestination(queue),
    environmentEncryption: new Key(stack, 'Key'),
  });
  expect(JSON.stringify(allStatements(stack))).not.toContain('bedrock');
  const [{ words, statements }, ...more] = printed(stack, 'HaikuInvoker.notAttached');
  expect(more).toEqual([]);
  expect(words).toMatch(new RegExp(`^The function's role ${path} gets nothing: this app cannot change its policies\\. `
    + 'Let it also send to the destinations of onFailure and onSuccess\\. Replace .* Attach this policy to it:$'));
  expect(statements.map(({ Effect, Action }) => [Effect, Action])).toEqual([
    ['Allow', LOGS],
    ['Allow', 'bedrock:ApplyGuardrail'],
    ['Allow', [...INVOKE, 'bedrock:GetInferenceProfile']],
    ['Allow', INVOKE],
    ['Deny', INVOKE],
    ['Allow', CHANGE],
    ['Allow', DESCRIBE],
    ['Deny', [...CHANGE, ...DESCRIBE]],
    ['Allow', 'kms:Decrypt'],
    ['Allow', 'sqs:SendMessage'],
    ['Allow', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']],
  ]);
  Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('InferenceProfileGrants'));
  invoker.addToRolePolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
  expect(printed(stack, 'HaikuInvoker.notAttached')[1]).toEqual({
    words: `The function's role ${path} gets nothing: this app cannot change its policies. Attach this policy to it:`,
    statements: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
  });
});

test('the policy that is printed is what a new role is given', () => {
  const own = stackIn('us-east-1');
  new HaikuInvoker(own, 'Invoker', { tracing: Tracing.ACTIVE });
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker', { role: Role.fromRoleName(stack, 'Mine', 'mine', { mutable: false }), tracing: Tracing.ACTIVE });
  const [{ statements }] = printed(stack, 'HaikuInvoker.notAttached');
  expect(statements.slice(1)).toEqual(allStatements(own).slice(1));
});

test('where the Region is not known, the policy is for one', () => {
  const stack = stackIn(undefined);
  new HaikuInvoker(stack, 'Invoker', { role: Role.fromRoleName(stack, 'Mine', 'mine', { mutable: false }) });
  expect(printed(stack, 'HaikuInvoker.notAttached')[0].words).toContain(
    'The Region of the stack is known only when it is deployed, so this policy is for us-east-1: for another Region, replace us-east-1 with that Region.');
});

test('a statement is added to the policy of the role', () => {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker').addToRolePolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
  expect(statementsOf(stack).at(-1)).toEqual({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
  expect(messageOf(() => invokerWith().addToRolePolicy({ actions: ['s3:GetObject'] } as never))).toBe(
    'statement is not a statement, got {"actions":["s3:GetObject"]}; expected an iam.PolicyStatement. It cannot be left out.');
});
