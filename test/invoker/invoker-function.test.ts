import { join } from 'path';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture, LoggingFormat, Tracing } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
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
  expect(Object.keys(code).sort()).toEqual(['index.js', 'main.cjs']);
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
  new HaikuInvoker(stack, 'Invoker', { logEncryption: new Key(stack, 'Key') });
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
  const logEncryption = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012');
  new HaikuInvoker(stack, 'Invoker', { logEncryption });
  const [{ entry }] = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('HaikuInvoker.keyPolicyNotAttached'));
  expect(String(entry.data)).toMatch(/^The policy of the key arn:aws:kms:us-east-1:111122223333:key\/12345678-1234-1234-1234-123456789012 is not this app's to change\. Attach this statement to it:\n\{/);
});
