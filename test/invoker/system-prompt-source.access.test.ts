import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { App, CfnElement, Stack } from 'aws-cdk-lib/core';
import { invokerWith, roleStatements } from './stack-with-invoker';
import { HaikuInvoker, SystemPromptSource } from '../../src';
import { PolicySimulator } from '../iam/policy-simulator';
import { rolePolicies } from '../kit/policies';
import { ACCOUNT, stackIn } from '../kit/stack';

const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/11111111-1111-1111-1111-111111111111`;
const OTHER_KEY = KEY.replace(ACCOUNT, '444455556666');
const through = (service: string, region: unknown = 'us-east-1') =>
  ({ 'kms:ViaService': { 'Fn::Join': ['', [`${service}.${region as string}.`, { Ref: 'AWS::URLSuffix' }]] } });
const decrypt = (Resource: unknown, StringEquals: object) => ({ Effect: 'Allow', Action: 'kms:Decrypt', Resource, Condition: { StringEquals } });

/** The statements of the role that it would not have without the prompt's source. */
function more(make: (stack: Stack) => SystemPromptSource, stack = stackIn('us-east-1')): unknown[] {
  new HaikuInvoker(stack, 'Invoker', { systemPromptSource: make(stack) });
  const known = roleStatements(Stack.of(invokerWith())).map((statement) => JSON.stringify(statement));
  return roleStatements(stack).filter((statement) => !known.includes(JSON.stringify(statement)));
}

function warningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

const getObject = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::prompts/team/a.txt' };
const bucketIn = (stack: Stack, more_: object = {}) => Bucket.fromBucketAttributes(stack, 'Bucket', { bucketArn: 'arn:aws:s3:::prompts', ...more_ });

test('the role may get the one object', () => {
  expect(more((stack) => SystemPromptSource.fromBucket(bucketIn(stack), 'team/a.txt'))).toEqual([getObject]);
});

test('of a version that is named it may get that alone', () => {
  expect(more((stack) => SystemPromptSource.fromBucket(bucketIn(stack), 'team/a.txt', '3HL4'))).toEqual([
    { ...getObject, Action: 's3:GetObjectVersion', Condition: { StringEquals: { 's3:VersionId': '3HL4' } } },
  ]);
});

test.each<[string, (stack: Stack) => Bucket]>([
  ['a key of its own', (stack) => new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS })],
  ['a key of the app', (stack) => new Bucket(stack, 'Bucket', { encryptionKey: new Key(stack, 'Key') })],
])('it may decrypt through S3 with %s, and has no statement more', (_, bucket) => {
  expect(more((stack) => SystemPromptSource.fromBucket(bucket(stack), 'p'))).toEqual([
    { Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^Bucket/), 'Arn'] }, '/p']] } },
    decrypt({ 'Fn::GetAtt': [expect.stringMatching(/Key/), 'Arn'] }, through('s3')),
  ]);
});

test('the key of an imported bucket counts too, in the bucket\'s Region, and an alias by its name', () => {
  const withKey = (encryptionKey: (stack: Stack) => Key) => (stack: Stack) =>
    SystemPromptSource.fromBucket(bucketIn(stack, { region: 'eu-west-1', encryptionKey: encryptionKey(stack) }), 'team/a.txt');
  expect(more(withKey((stack) => Key.fromKeyArn(stack, 'Key', KEY) as Key))).toEqual([getObject, decrypt(KEY, through('s3', 'eu-west-1'))]);
  expect(more(withKey((stack) => Alias.fromAliasName(stack, 'Alias', 'alias/mine') as unknown as Key))).toEqual([getObject, {
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: expect.anything(),
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/mine' }, 'StringEquals': through('s3', 'eu-west-1') },
  }]);
});

test('a bucket and a key of another account must say so too, and a warning prints what', () => {
  const stack = stackIn('us-east-1');
  const make = () => SystemPromptSource.fromBucket(bucketIn(stack, { account: '444455556666', encryptionKey: Key.fromKeyArn(stack, 'Key', OTHER_KEY) }), 'team/a.txt');
  expect(more(make, stack)).toEqual([getObject, decrypt(OTHER_KEY, through('s3'))]);
  const warnings = warningsOf(stack);
  expect(warnings).toHaveLength(2);
  const printed = warnings.map((warning) => JSON.parse(warning.slice(warning.indexOf('{'), warning.lastIndexOf('}') + 1)) as unknown);
  const Principal = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const ofRole = { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/InvokerRoleB87900DB` } };
  expect(printed).toEqual([
    { ...getObject, Principal, Condition: ofRole },
    { Effect: 'Allow', Action: 'kms:Decrypt', Principal, Resource: '*', Condition: { ...ofRole, StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } } },
  ]);
  expect(warnings[0]).toMatch(/^The policy of the bucket prompts is not this app's to change\. .*\[ack: cdk-bedrock-haiku:SystemPromptSource\.bucketPolicyNotAttached\]$/s);
  expect(warnings[1]).toMatch(/\[ack: cdk-bedrock-haiku:SystemPromptSource\.keyPolicyNotAttached\]$/);
});

test('a bucket of this app in another account is told', () => {
  const stack = stackIn('us-east-1');
  const other = new Stack(stack.node.root as App, 'Other', { env: { account: '444455556666', region: 'us-east-1' } });
  const bucket = new Bucket(other, 'Bucket', { bucketName: 'prompts' });
  new HaikuInvoker(stack, 'Invoker', { systemPromptSource: SystemPromptSource.fromBucket(bucket, 'p') });
  Template.fromStack(other).hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: [Match.objectLike({ Action: 's3:GetObject', Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${ACCOUNT}:root`]] } } })],
    },
  });
  expect(warningsOf(stack)).toEqual([]);
});

test('the role may get the one parameter, and decrypt through Parameter Store with its key', () => {
  const arn = `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/team/prompt`;
  expect(more((stack) => SystemPromptSource.fromParameter(StringParameter.fromStringParameterArn(stack, 'P', arn), 'live'))).toEqual([
    { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: arn },
  ]);
  const secure = (stack: Stack) => SystemPromptSource.fromParameter(
    StringParameter.fromSecureStringParameterAttributes(stack, 'P', { parameterName: '/team/prompt', encryptionKey: Key.fromKeyArn(stack, 'Key', KEY) }));
  expect(more(secure)).toEqual([
    { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ssm:us-east-1:${ACCOUNT}:parameter/team/prompt`]] } },
    decrypt(KEY, through('ssm')),
  ]);
});

test('a role that this app cannot change is told what it lacks', () => {
  const stack = stackIn('us-east-1');
  const role = Role.fromRoleArn(stack, 'Mine', `arn:aws:iam::${ACCOUNT}:role/mine`, { mutable: false });
  new HaikuInvoker(stack, 'Invoker', { role, systemPromptSource: SystemPromptSource.fromBucket(bucketIn(stack, { encryptionKey: Key.fromKeyArn(stack, 'Key', KEY) }), 'team/a.txt') });
  const [warning] = warningsOf(stack).filter((text) => text.includes('HaikuInvoker.notAttached'));
  const { Statement } = JSON.parse(warning.slice(warning.indexOf('{'), warning.lastIndexOf('}') + 1)) as { Statement: unknown[] };
  expect(Statement).toEqual(expect.arrayContaining([
    getObject, { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY, Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } } },
  ]));
});

test('IAM lets the role read the prompt, and nothing beside it', () => {
  const stack = stackIn(undefined);
  const bucket = new Bucket(stack, 'Bucket', { bucketName: 'prompts', encryptionKey: Key.fromKeyArn(stack, 'Key', KEY) });
  const invoker = new HaikuInvoker(stack, 'Invoker', { systemPromptSource: SystemPromptSource.fromBucket(bucket, 'team/a.txt', '3HL4') });
  const [roleId] = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Role')).find(([id]) => id.startsWith('InvokerRole'))!;
  const where = {
    region: 'us-east-1',
    account: ACCOUNT,
    attributes: {
      [`${stack.getLogicalId(bucket.node.defaultChild as CfnElement)}.Arn`]: 'arn:aws:s3:::prompts',
      [`${stack.getLogicalId(invoker.logGroup.node.defaultChild as CfnElement)}.Arn`]: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:x`,
    },
  };
  const simulator = new PolicySimulator(...rolePolicies(stack, roleId, where));
  const decide = (action: string, resource: string, context = {}) => simulator.decide({ action, resource, context }).decision;
  const object = 'arn:aws:s3:::prompts/team/a.txt';
  expect([
    decide('s3:GetObjectVersion', object, { 's3:VersionId': '3HL4' }),
    decide('s3:GetObjectVersion', object, { 's3:VersionId': '2HL4' }),
    decide('s3:GetObject', object),
    decide('s3:GetObjectVersion', `${object}x`, { 's3:VersionId': '3HL4' }),
    decide('s3:ListBucket', 'arn:aws:s3:::prompts'),
    decide('s3:PutObject', object),
    decide('kms:Decrypt', KEY, { 'kms:ViaService': 's3.us-east-1.amazonaws.com' }),
    decide('kms:Decrypt', KEY, { 'kms:ViaService': 'ssm.us-east-1.amazonaws.com' }),
    decide('kms:Decrypt', KEY),
  ]).toEqual(['allowed', 'denied', 'denied', 'denied', 'denied', 'denied', 'allowed', 'denied', 'denied']);
});
