import { Annotations as Found, Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ModelInvocationData, ModelInvocationLogging, ModelInvocationLoggingProps } from '../../src';
import { ACCOUNT, stackIn } from '../kit/stack';

const onBehalf = { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': expect.anything() as unknown } };

function stackWith(props: (stack: Stack) => ModelInvocationLoggingProps = () => ({})): Stack {
  const stack = stackIn('eu-west-2');
  new ModelInvocationLogging(stack, 'Logging', props(stack));
  return stack;
}

function documents(template: Template, type: string, property: string): unknown[] {
  const resources = Object.values(template.findResources(type)) as Array<{ Properties: Record<string, { Statement: unknown }> }>;
  return resources.map(({ Properties }) => Properties[property].Statement);
}

test('by itself it makes a log group that stays, with the documented role', () => {
  const template = Template.fromStack(stackWith());
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Retain' });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [{
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'bedrock.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': ACCOUNT },
          ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:bedrock:eu-west-2:${ACCOUNT}:*`]] } },
        },
      }],
    },
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [{
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:logs:eu-west-2:${ACCOUNT}:log-group:`, { Ref: Match.stringLikeRegexp('LoggingLogGroup') },
            ':log-stream:aws/bedrock/modelinvocations']],
        },
      }],
    },
  });
  template.hasResource('Custom::BedrockModelInvocationLogging', {
    Properties: {
      LoggingConfig: {
        cloudWatchConfig: { logGroupName: { Ref: Match.stringLikeRegexp('LoggingLogGroup') }, roleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('LoggingRole'), 'Arn'] } },
        s3Config: Match.absent(),
        textDataDeliveryEnabled: true,
        imageDataDeliveryEnabled: true,
        embeddingDataDeliveryEnabled: false,
        videoDataDeliveryEnabled: false,
        audioDataDeliveryEnabled: false,
      },
      ReplaceExisting: false,
    },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('LoggingRoleDefaultPolicy')]),
  });
});

test('its handler may set the configuration and hand the role to Amazon Bedrock, nothing else', () => {
  const roles = Template.fromStack(stackWith()).findResources('AWS::IAM::Role', { Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] } } });
  const [{ Properties }] = Object.values(roles) as Array<{ Properties: { Policies: Array<{ PolicyDocument: { Statement: unknown } }> } }>;
  expect(Properties.Policies[0].PolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Resource: '*',
      Action: [
        'bedrock:GetModelInvocationLoggingConfiguration', 'bedrock:PutModelInvocationLoggingConfiguration', 'bedrock:DeleteModelInvocationLoggingConfiguration',
      ],
    },
    {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^LoggingRole/), 'Arn'] },
      Condition: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } },
    },
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/^LoggingHandlerLogGroup/), 'Arn'] } },
  ]);
});

test('a bucket and its key let Amazon Bedrock write, as documented', () => {
  const template = Template.fromStack(stackWith((stack) => ({
    bucket: new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS }), keyPrefix: 'haiku', data: [ModelInvocationData.TEXT],
  })));
  expect(documents(template, 'AWS::S3::BucketPolicy', 'PolicyDocument')).toEqual([[{
    Effect: 'Allow',
    Action: 's3:PutObject',
    Principal: { Service: 'bedrock.amazonaws.com' },
    Condition: onBehalf,
    Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^Bucket/), 'Arn'] }, `/haiku/AWSLogs/${ACCOUNT}/BedrockModelInvocationLogs/*`]] },
  }]]);
  expect(documents(template, 'AWS::KMS::Key', 'KeyPolicy')).toEqual([expect.arrayContaining([
    { Effect: 'Allow', Action: 'kms:GenerateDataKey', Principal: { Service: 'bedrock.amazonaws.com' }, Condition: onBehalf, Resource: '*' },
  ])]);
  template.hasResource('Custom::BedrockModelInvocationLogging', {
    Properties: {
      LoggingConfig: { s3Config: { bucketName: { Ref: Match.stringLikeRegexp('Bucket') }, keyPrefix: 'haiku' }, cloudWatchConfig: Match.absent(), imageDataDeliveryEnabled: false },
      PassableRoleArns: [],
    },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('BucketPolicy')]),
  });
});

test('a key encrypts the new log group', () => {
  const template = Template.fromStack(stackWith((stack) => ({ encryptionKey: new Key(stack, 'Key'), logRetention: RetentionDays.ONE_YEAR })));
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } });
  expect(documents(template, 'AWS::KMS::Key', 'KeyPolicy')).toEqual([expect.arrayContaining([
    expect.objectContaining({ Principal: { Service: 'logs.eu-west-2.amazonaws.com' }, Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'] }),
  ])]);
});

test('for a bucket that is not this app\'s to change the statement is printed', () => {
  const stack = stackWith((scope) => ({ bucket: Bucket.fromBucketName(scope, 'Bucket', 'elsewhere') }));
  const [{ entry }] = Found.fromStack(stack).findWarning('*', Match.anyValue());
  expect(String(entry.data)).toMatch(/^The policy of the bucket elsewhere is not this app's to change\. Attach this statement to it:\n\{/);
  expect(String(entry.data)).toContain('[ack: cdk-bedrock-haiku:ModelInvocationLogging.bucketPolicyNotAttached]');
});

test('a configuration that is replaced needs its role to be brought back', () => {
  const stack = stackWith((scope) => ({ replaceExisting: true, replacedRole: Role.fromRoleArn(scope, 'Other', `arn:aws:iam::${ACCOUNT}:role/other`) }));
  Template.fromStack(stack).hasResourceProperties('Custom::BedrockModelInvocationLogging', {
    ReplaceExisting: true, PassableRoleArns: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('LoggingRole'), 'Arn'] }, `arn:aws:iam::${ACCOUNT}:role/other`],
  });
});

test.each<[string, (stack: Stack) => ModelInvocationLoggingProps, string]>([
  ['no data', () => ({ data: [] }), 'data is empty, got []; expected at least one ModelInvocationData. Name what the logs should hold, or leave data out.'],
  ['a folder without a bucket', () => ({ keyPrefix: 'x' }), 'keyPrefix is given without bucket, got "x"; expected both. Pass bucket as well, or leave keyPrefix out.'],
  ['a folder with a slash', (stack) => ({ bucket: new Bucket(stack, 'B'), keyPrefix: 'x/' }),
    'keyPrefix is not a folder, got "x/"; expected a folder such as "bedrock/logs", without a slash at either end. Leave the slash out.'],
  ['a key beside a log group', (stack) => ({ logGroup: new LogGroup(stack, 'L'), encryptionKey: new Key(stack, 'K') }),
    'encryptionKey and logRetention are for the log group that this construct makes, got a logGroup or bucket as well; expected one or the other. '
    + 'Set the key and the retention where the log group or the bucket is made.'],
  ['a role to bring back without replacing', (stack) => ({ replacedRole: Role.fromRoleArn(stack, 'R', `arn:aws:iam::${ACCOUNT}:role/other`) }),
    'replacedRole is given without replaceExisting; expected both. Set replaceExisting to true, or leave replacedRole out.'],
])('%s is refused', (_, props, message) => {
  expect(() => stackWith(props)).toThrow(expect.objectContaining({ message }) as Error);
});

const again = (place: string, one: string, other: string) =>
  `There are two ModelInvocationLogging constructs ${place}, got "${one}" and "${other}"; expected one, since an account has one configuration in a Region, `
  + 'which counts for every model. Keep one of the two, with both destinations if both are wanted.';

test.each<[string, (app: App) => Construct[], string]>([
  ['one stack', (app) => {
    const stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region: 'eu-west-2' } });
    return [new Construct(stack, 'A'), new Construct(stack, 'B')];
  }, again(`for account ${ACCOUNT} in eu-west-2`, 'Stack/A/Logging', 'Stack/B/Logging')],
  ['one stack that may go anywhere', (app) => {
    const stack = new Stack(app, 'Stack');
    return [new Construct(stack, 'A'), new Construct(stack, 'B')];
  }, again('for the account and Region of one stack', 'Stack/A/Logging', 'Stack/B/Logging')],
  ['a stack and one that is nested in it', (app) => {
    const stack = new Stack(app, 'Stack');
    return [stack, new NestedStack(stack, 'Nested')];
  }, again('for the account and Region of one stack', 'Stack/Logging', 'Stack/Nested/Logging')],
  ['two stacks of an account and Region, in different stages', (app) => ['Beta', 'Prod'].map((id) =>
    new Stack(new Stage(app, id), 'Stack', { env: { account: ACCOUNT, region: 'eu-west-2' } })),
  again(`for account ${ACCOUNT} in eu-west-2`, 'Beta/Stack/Logging', 'Prod/Stack/Logging')],
])('%s cannot have two', (_, scopes, message) => {
  const [one, other] = scopes(new App());
  new ModelInvocationLogging(one, 'Logging');
  expect(() => new ModelInvocationLogging(other, 'Logging')).toThrow(expect.objectContaining({ message }) as Error);
});

test('stacks of other accounts or Regions each have one, and so may those of which it is not known', () => {
  const app = new App();
  const environments = [
    { account: ACCOUNT, region: 'eu-west-2' }, { account: ACCOUNT, region: 'eu-west-1' }, { account: '444455556666', region: 'eu-west-2' },
    { region: 'eu-west-2' }, { account: ACCOUNT }, {}, {},
  ];
  for (const [index, env] of environments.entries()) new ModelInvocationLogging(new Stack(app, `Stack${index}`, { env }), 'Logging');
  expect(() => app.synth()).not.toThrow();
});

test('one that was removed does not count', () => {
  const stack = stackWith();
  stack.node.tryRemoveChild('Logging');
  expect(() => new ModelInvocationLogging(stack, 'Another')).not.toThrow();
});

test('its function can be reached, and has a role of its own beside that of Amazon Bedrock', () => {
  const stack = stackIn('eu-west-2');
  const { lambdaFunction, role } = new ModelInvocationLogging(stack, 'Logging');
  lambdaFunction.addEnvironment('HTTPS_PROXY', 'http://proxy:3128');
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { HTTPS_PROXY: 'http://proxy:3128' } } });
  expect(lambdaFunction.role).not.toBe(role);
});
