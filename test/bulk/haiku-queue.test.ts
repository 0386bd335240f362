import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { BulkRate, HaikuQueue, HaikuQueueProps, InferenceRouting, InRegionInference, CrossRegionInferenceProfile, ModelCard, QueueOutput } from '../../src';
import { CITED, stackIn } from '../kit/stack';
import { everywhere, failures } from '../kit/three-ways';

const ENV = { account: '111122223333', region: 'us-east-1' };
type Given = Partial<HaikuQueueProps>;

function queueIn(stack: Stack, props: Given = {}): HaikuQueue {
  return new HaikuQueue(stack, 'Work', { output: QueueOutput.queue(new Queue(stack, 'Results')), ...props });
}

function queueWith(props: Given = {}): { template: Template; queue: HaikuQueue } {
  const stack = stackIn('us-east-1');
  const queue = queueIn(stack, props);
  return { queue, template: Template.fromStack(stack) };
}

const misuse = (props: Given) => failures((scope) => queueIn(scope as Stack, props), ENV);

test('the role of the workers may do what they do, and nothing else', () => {
  const { template } = queueWith();
  const [{ Properties: role }] = Object.values(template.findResources('AWS::IAM::Role'));
  expect(role.Policies[0].PolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^WorkQueue/), 'Arn'] },
    },
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^WorkDeadLetterQueue/), 'Arn'] } },
    { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/^WorkTable/), 'Arn'] } },
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/^WorkWorkerLogGroup/), 'Arn'] } },
  ]);
  const [{ Properties: policy }] = Object.values(template.findResources('AWS::IAM::Policy'));
  expect(policy.PolicyDocument.Statement.map(({ Action }: { Action: unknown }) => Action)).toEqual([
    'sqs:SendMessage',
    ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:GetInferenceProfile'],
    ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
  ]);
});

test('queue, workers and mapping fit one another, and the numbers can be read', () => {
  const { queue, template } = queueWith({ timeout: Duration.minutes(3) });
  template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 1080, RedrivePolicy: { maxReceiveCount: 1000 }, MessageRetentionPeriod: 1_209_600 });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BatchSize: 10, ScalingConfig: { MaximumConcurrency: 17 }, FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  expect([queue.visibilityTimeout.toMinutes(), queue.batchSize, queue.maxConcurrency]).toEqual([18, 10, 17]);
});

test.each<[BulkRate | undefined, number | undefined, number]>([
  // 5,000,000 tokens a minute are 4562 calls of 1096 tokens: 76 a second, 760 at a time.
  [undefined, 96, 77],
  [BulkRate.ofCard(0.1), undefined, 2],
  [BulkRate.of({ requestsPerMinute: 1, tokensPerMinute: 1 }), undefined, 2],
  [BulkRate.of({ requestsPerMinute: 10_000_000, tokensPerMinute: 10_000_000_000 }), undefined, 1000],
])('with the rate %j and maxTokens %j there are %i workers', (rate, maxTokens, workers) => {
  expect(queueWith({ rate, maxTokens }).queue.maxConcurrency).toBe(workers);
});

test('the worker is told the rate, the output and its places', () => {
  const { template } = queueWith({ maxTokens: 500, rate: BulkRate.of({ requestsPerMinute: 10, tokensPerMinute: 2000, tokensPerDay: 90_000 }), tenantAttribute: 'team' });
  const [{ Properties }] = Object.values(template.findResources('AWS::Lambda::Function'));
  const { HAIKU_QUEUE_OPTIONS: options, INVOKER_OPTIONS: defaults, ...places } = Properties.Environment.Variables;
  expect(JSON.parse(options)).toEqual({
    rate: { requestsPerMinute: 10, tokensPerMinute: 2000, tokensPerDay: 90_000, outputWeight: 5 }, output: { kind: 'queue', fifo: false }, maxFailures: 4, tenantAttribute: 'team',
  });
  expect(JSON.parse(defaults)).toMatchObject({ maxTokens: 500, retry: { maxAttempts: 2, maxDelayMs: 1000 } });
  expect(places).toMatchObject({
    HAIKU_QUEUE_TABLE: { Ref: expect.stringMatching(/^WorkTable/) },
    HAIKU_QUEUE_URL: { Ref: expect.stringMatching(/^WorkQueue/) },
    HAIKU_QUEUE_DEAD_LETTER_URL: { Ref: expect.stringMatching(/^WorkDeadLetterQueue/) },
    HAIKU_QUEUE_OUTPUT: { Ref: expect.stringMatching(/^Results/) },
    MODEL_ID: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
  });
});

test('the rate is that of the target\'s inference option, or the part of it', () => {
  const stack = stackIn('us-east-1');
  queueIn(stack, { target: new CrossRegionInferenceProfile(stack, 'Global', { routing: InferenceRouting.globalCrossRegion() }), rate: BulkRate.ofCard(0.25) });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  const { rate } = JSON.parse(Properties.Environment.Variables.HAIKU_QUEUE_OPTIONS);
  expect(rate).toEqual({ requestsPerMinute: 2500, tokensPerMinute: 1_250_000, outputWeight: 5 });
});

test('a FIFO queue has a FIFO dead-letter queue', () => {
  const { template } = queueWith({ fifo: true });
  expect(Object.values(template.findResources('AWS::SQS::Queue', { Properties: { FifoQueue: true } }))).toHaveLength(2);
});

test('both queues are encrypted with the key, which the workers may use', () => {
  const stack = stackIn('us-east-1');
  queueIn(stack, { encryptionKey: new Key(stack, 'Key') });
  const template = Template.fromStack(stack);
  expect(Object.values(template.findResources('AWS::SQS::Queue', { Properties: { KmsMasterKeyId: Match.anyValue() } }))).toHaveLength(2);
  const use = { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } };
  template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: Match.arrayWith([use]) } });
});

test('alarms are there by default, on the age of messages and on any in the dead-letter queue', () => {
  const { template } = queueWith({ alarmAge: Duration.minutes(20) });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ApproximateAgeOfOldestMessage', Threshold: 1200, ComparisonOperator: 'GreaterThanThreshold' });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
});

test.each<[string, (stack: Stack) => QueueOutput, object]>([
  ['an encrypted queue', (stack) => QueueOutput.queue(new Queue(stack, 'Out', { encryptionMasterKey: new Key(stack, 'Key') })),
    [{ Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Out/), 'Arn'] } }, { Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }]],
  ['an event bus', (stack) => QueueOutput.eventBus(new EventBus(stack, 'Out')),
    [{ Action: 'events:PutEvents', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Out/), 'Arn'] } }]],
  ['a bucket', (stack) => QueueOutput.bucket(new Bucket(stack, 'Out'), 'answers/'),
    [{ Action: 's3:PutObject', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^Out/), 'Arn'] }, '/answers/*']] } }]],
  ['a table', (stack) => QueueOutput.table(new Table(stack, 'Out', { partitionKey: { name: 'pk', type: AttributeType.STRING } }), 'pk'),
    [{ Action: 'dynamodb:PutItem', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Out/), 'Arn'] } }]],
])('%s may be written to, with its key and with no other action', (_, output, statements) => {
  const stack = stackIn('us-east-1');
  new HaikuQueue(stack, 'Work', { output: output(stack) });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const given = Properties.PolicyDocument.Statement as Array<{ Action: string | string[] }>;
  expect(given.slice(0, -2)).toMatchObject(statements);
});

test.each<[Given, string]>([
  [{ timeout: Duration.minutes(1) },
    'timeout is out of range, got "Duration.minutes(1)"; expected 2 to 15 minutes, of which a worker waits one for a message\'s turn. Use a duration in that range.'],
  [{ maxConcurrency: 1 }, 'maxConcurrency is out of range, got 1; expected a whole number from 2 to 1000. Amazon SQS takes no other for a function. Leave it out to have it follow the rate.'],
  [{ maxConcurrency: 20, reservedConcurrentExecutions: 10 },
    'reservedConcurrentExecutions is less than maxConcurrency, got 10 and 20; expected at least as many, since what is beyond it is throttled and goes back to the queue. Raise it, or lower maxConcurrency.'],
  [{ tenantAttribute: 'AWS.team' },
    'tenantAttribute is not the name of a message attribute, got "AWS.team"; expected 1 to 256 letters, digits, "_", "-" and ".". Choose such a name, for example "tenant".'],
  [{ maxFailures: -1 }, 'maxFailures is out of range, got -1; expected a whole number from 0 to 100. A message that fails more often will hardly ever be answered.'],
  [{ maxTokens: 64_001 }, 'maxTokens is out of range, got 64001; expected a whole number from 1 to 64000. It limits the answer, not the prompt: use a number in that range.'],
])('%j is refused', (props, message) => {
  expect(misuse(props)).toEqual(everywhere(message));
});

test('fewer reserved executions than the rate would use are the bound', () => {
  expect(queueWith({ reservedConcurrentExecutions: 5 }).queue.maxConcurrency).toBe(5);
});

test('quotas of 0 are refused, and a part that is none', () => {
  expect(() => BulkRate.of({ requestsPerMinute: 0, tokensPerMinute: 1 })).toThrow(
    'requestsPerMinute is out of range, got 0; expected a whole number of at least 1. With a quota of 0 nothing would ever be asked: ask AWS for more in Service Quotas.');
  expect(() => BulkRate.ofCard(0)).toThrow('part is out of range, got 0; expected more than 0 and at most 1. For less than nothing of a quota, make no HaikuQueue.');
});

test('a target without published quotas needs a rate', () => {
  const define = (props: Given) => failures((scope) => queueIn(scope as Stack, { target: new InRegionInference(scope, 'InRegion'), ...props }), ENV);
  expect(define({})).toEqual(everywhere(
    'rate is not known for this target, got BulkRate.ofCard(...): the card of Claude Haiku 4.5 has no quotas for IN_REGION inference (as of 2026-10). '
    + 'Pass BulkRate.of(...) with the quotas that Service Quotas shows.'));
  const stack = stackIn('us-east-1');
  expect(() => queueIn(stack, { target: new InRegionInference(stack, 'InRegion'), rate: BulkRate.of({ requestsPerMinute: 1, tokensPerMinute: 1 }) })).not.toThrow();
  const model = ModelCard.of({ ...CITED, name: 'Mine', modelId: 'anthropic.mine-v1:0', geoRoutes: ModelCard.CLAUDE_HAIKU_4_5.geoRoutes });
  expect(failures((scope) => queueIn(scope as Stack, { target: new CrossRegionInferenceProfile(scope, 'Mine', { model }) }), ENV).new).toContain('the card of Mine has no quotas for GEO inference');
});

test('an output of another Region is refused, and a prefix that is no folder', () => {
  const bucket = (scope: Stack) => Bucket.fromBucketAttributes(scope, 'Out', { bucketName: 'out', region: 'eu-west-1' });
  expect(failures((scope) => new HaikuQueue(scope, 'Work', { output: QueueOutput.bucket(bucket(scope as Stack)) }), ENV)).toEqual(everywhere(
    'output is in another Region, got "eu-west-1"; expected "us-east-1", where the results are made. Choose a resource there, and replicate it from there.'));
  expect(failures((scope) => QueueOutput.bucket(new Bucket(scope, 'Out'), 'results'), ENV).new).toBe(
    'prefix is not one of objects, got "results"; expected text that ends with a slash, such as "results/". Choose such a prefix.');
});
