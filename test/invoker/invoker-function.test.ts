import { join } from 'path';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel, Architecture, LayerVersion, LoggingFormat, RuntimeManagementMode, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { filesOf } from './files-of';
import { functionOf, invokerWith, roleStatements } from './stack-with-invoker';
import { HaikuInvoker, HaikuInvokerProps, InvokerApi, InvokerFunctionUrl } from '../../src';
import { stackIn } from '../kit/stack';

const ASSETS = join(__dirname, '..', '..', 'assets');

/** The code that the cloud assembly holds for the function. */
function deployedCode(props: HaikuInvokerProps): Record<string, string> {
  const app = new App();
  const stack = stackIn('us-east-1', app);
  new HaikuInvoker(stack, 'Invoker', props);
  const { S3Key } = functionOf(stack).Code as { S3Key: string };
  return filesOf(join(app.synth().directory, `asset.${S3Key.replace('.zip', '')}`));
}

test.each<[string, HaikuInvokerProps]>([
  ['invoke-model', {}],
  ['invoke-model', { api: InvokerApi.MESSAGES, functionUrl: InvokerFunctionUrl.buffered() }],
  ['invoke-model-converse', { api: InvokerApi.CONVERSE }],
  ['invoke-model-converse', { api: InvokerApi.CONVERSE, functionUrl: InvokerFunctionUrl.buffered() }],
  ['invoke-model-stream', { functionUrl: InvokerFunctionUrl.streaming() }],
  ['invoke-model-stream', { responseStreaming: true }],
  ['invoke-model', { responseStreaming: false, functionUrl: InvokerFunctionUrl.buffered() }],
])('the bundle %s is deployed for %j', (bundle, props) => {
  const code = deployedCode(props);
  expect(Object.keys(code).sort()).toEqual(['explain.cjs', 'gen-ai.cjs', 'index.js', 'main.cjs', 'role-session.cjs', 'sentences.cjs', 'system-prompt.cjs']);
  expect(code).toEqual(filesOf(join(ASSETS, bundle)));
});

test('the function runs as it was asked to', () => {
  const invoker = invokerWith({
    timeout: Duration.minutes(15),
    memorySize: 1024,
    architecture: Architecture.X86_64,
    loggingFormat: LoggingFormat.TEXT,
    tracing: Tracing.ACTIVE,
    reservedConcurrentExecutions: 10,
  });
  expect(functionOf(Stack.of(invoker))).toMatchObject({
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Timeout: 900,
    MemorySize: 1024,
    Architectures: ['x86_64'],
    LoggingConfig: { LogFormat: 'Text', LogGroup: { Ref: expect.stringMatching(/^InvokerLogGroup/) } },
    TracingConfig: { Mode: 'Active' },
    ReservedConcurrentExecutions: 10,
  });
});

test('tracing may write traces, which have no resource', () => {
  expect(roleStatements(Stack.of(invokerWith({ tracing: Tracing.ACTIVE })))).toContainEqual(
    { Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' });
  expect(JSON.stringify(roleStatements(Stack.of(invokerWith())))).not.toContain('xray');
});

test('the key of the environment may decrypt it', () => {
  const stack = stackIn('us-east-1');
  const environmentEncryption = new Key(stack, 'Key');
  new HaikuInvoker(stack, 'Invoker', { environmentEncryption });
  const key = stack.resolve(environmentEncryption.keyArn);
  expect(functionOf(stack).KmsKeyArn).toEqual(key);
  expect(roleStatements(stack)).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: key });
});

test('the dead-letter queue may be sent to, and its key be used', () => {
  const stack = stackIn('us-east-1');
  const queue = new Queue(stack, 'Queue', { encryption: QueueEncryption.KMS });
  new HaikuInvoker(stack, 'Invoker', { deadLetterQueue: queue });
  expect(functionOf(stack).DeadLetterConfig).toEqual({ TargetArn: stack.resolve(queue.queueArn) });
  expect(roleStatements(stack)).toContainEqual({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: stack.resolve(queue.queueArn) });
  expect(roleStatements(stack)).toContainEqual(
    { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: stack.resolve(queue.encryptionMasterKey!.keyArn) });
});

test.each([QueueEncryption.SQS_MANAGED, QueueEncryption.KMS_MANAGED])('a dead-letter queue with the encryption %s has no key to grant', (encryption) => {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker', { deadLetterQueue: new Queue(stack, 'Queue', { encryption }) });
  expect(JSON.stringify(roleStatements(stack))).not.toContain('kms:');
});

test('a key encrypts the log group, and lets CloudWatch Logs of this account and Region use it', () => {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker', { logGroupEncryptionKey: new Key(stack, 'Key') });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([{
        Effect: 'Allow',
        Principal: { Service: 'logs.us-east-1.amazonaws.com' },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        Resource: '*',
        Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:us-east-1:111122223333:log-group:*']] } } },
      }]),
    },
  });
});

test('for a log key that is not this app\'s to change the statement is printed', () => {
  const stack = stackIn('us-east-1');
  const logGroupEncryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012');
  new HaikuInvoker(stack, 'Invoker', { logGroupEncryptionKey });
  const [{ entry }] = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('HaikuInvoker.keyPolicyNotAttached'));
  expect(String(entry.data)).toMatch(/^The policy of the key arn:aws:kms:us-east-1:111122223333:key\/12345678-1234-1234-1234-123456789012 is not this app's to change\. Attach this statement to it:\n\{/);
});

test('what Lambda has, the function has under the same name', () => {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker', {
    functionName: 'haiku',
    description: 'Answers',
    layers: [LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:us-east-1:111122223333:layer:mine:1')],
    runtimeManagementMode: RuntimeManagementMode.FUNCTION_UPDATE,
    applicationLogLevelV2: ApplicationLogLevel.WARN,
    systemLogLevelV2: SystemLogLevel.DEBUG,
  });
  expect(functionOf(stack)).toMatchObject({
    FunctionName: 'haiku',
    Description: 'Answers',
    Layers: ['arn:aws:lambda:us-east-1:111122223333:layer:mine:1'],
    RuntimeManagementConfig: { UpdateRuntimeOn: 'FunctionUpdate' },
    LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN', SystemLogLevel: 'DEBUG' },
  });
});

test('in a VPC the new security group and IPv6 are as they were asked for', () => {
  const stack = stackIn('us-east-1');
  const vpc = new Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'Public', subnetType: SubnetType.PUBLIC }], maxAzs: 1 });
  new HaikuInvoker(stack, 'Invoker', { vpc, vpcSubnets: { subnetType: SubnetType.PUBLIC }, allowPublicSubnet: true, allowAllOutbound: false, ipv6AllowedForDualStack: true });
  expect(functionOf(stack).VpcConfig).toMatchObject({ Ipv6AllowedForDualStack: true });
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupEgress: [Match.objectLike({ Description: 'Disallow all traffic' })] });
});

test('a log group of one\'s own is written to, and no other is made', () => {
  const stack = stackIn('us-east-1');
  const logGroup = new LogGroup(stack, 'Mine');
  const invoker = new HaikuInvoker(stack, 'Invoker', { logGroup });
  expect(invoker.logGroup).toBe(logGroup);
  expect(invoker.node.children.map(({ node }) => node.id)).toEqual(['Target', 'Role', 'Function']);
  expect(functionOf(stack).LoggingConfig).toEqual({ LogFormat: 'JSON', LogGroup: stack.resolve(logGroup.logGroupName) });
  expect(roleStatements(stack)[0]).toEqual({ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: stack.resolve(logGroup.logGroupArn) });
});

test('asynchronous invocations are dealt with as asked, by the alias if there is one', () => {
  const stack = stackIn('us-east-1');
  const queue = (id: string) => new SqsDestination(new Queue(stack, id));
  const asked = { maxEventAge: Duration.minutes(5), retryAttempts: 0, onFailure: queue('Failed'), onSuccess: queue('Done') };
  const invoker = new HaikuInvoker(stack, 'Invoker', { alias: { aliasName: 'live' }, ...asked });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Lambda::EventInvokeConfig', 1);
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    FunctionName: { Ref: Match.stringLikeRegexp('^InvokerFunction') },
    Qualifier: { 'Fn::Select': [7, { 'Fn::Split': [':', { Ref: Match.stringLikeRegexp('^InvokerAlias') }] }] },
    MaximumEventAgeInSeconds: 300,
    MaximumRetryAttempts: 0,
    DestinationConfig: {
      OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Failed'), 'Arn'] } },
      OnSuccess: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Done'), 'Arn'] } },
    },
  });
  expect(invoker.alias!.node.tryFindChild('EventInvokeConfig')).toBeDefined();
  expect(JSON.stringify(roleStatements(stack))).toContain('sqs:SendMessage');
});

test('without an alias it is the function, and the numbers may be known only at deploy time', () => {
  const stack = stackIn('us-east-1');
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  new HaikuInvoker(stack, 'Invoker', { maxEventAge: Duration.seconds(number), retryAttempts: number });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    Qualifier: '$LATEST', MaximumEventAgeInSeconds: { Ref: 'Number' }, MaximumRetryAttempts: { Ref: 'Number' }, DestinationConfig: Match.absent(),
  });
});

test('unless asked, nothing is said of asynchronous invocations', () => {
  Template.fromStack(Stack.of(invokerWith())).resourceCountIs('AWS::Lambda::EventInvokeConfig', 0);
});
