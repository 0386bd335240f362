import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { definitionOf, places, roleOf } from './scene';
import { BulkRate, CrossRegionInferenceProfile, HaikuBatch, HaikuBatchProps, InRegionInference, ModelCard } from '../../src';
import { stackIn } from '../kit/stack';
import { everywhere, failures } from '../kit/three-ways';

const ENV = { account: '111122223333', region: 'us-east-1' };
type Given = Partial<HaikuBatchProps>;
type States = Record<string, Record<string, unknown>>;

function batchIn(stack: Stack, props: Given = {}): HaikuBatch {
  return new HaikuBatch(stack, 'Batch', { ...places(stack), ...props });
}

function partStates(stack: Stack): States {
  return (definitionOf(stack).States.Parts as { ItemProcessor: { States: States } }).ItemProcessor.States;
}

test('a part is asked by a job, which is waited for by event and by a slow poll, and what it left by another or on demand', () => {
  const stack = stackIn('us-east-1');
  batchIn(stack, { jobTimeout: Duration.hours(48), pollInterval: Duration.minutes(5) });
  const states = partStates(stack);
  expect(states['How is it asked?']).toMatchObject({
    Choices: [{ Variable: '$.asking.by', StringEquals: 'job', Next: 'Create job' }, { StringEquals: 'on-demand', Next: 'Ask on demand' }], Default: 'Asked',
  });
  expect(states['Create job']).toMatchObject({
    Resource: 'arn:aws:states:::aws-sdk:bedrock:createModelInvocationJob',
    Parameters: {
      'JobName.$': '$.asking.jobName',
      'ClientRequestToken.$': '$.asking.jobName',
      'ModelId': 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
      'InputDataConfig': { S3InputDataConfig: { S3InputFormat: 'JSONL', S3BucketOwner: '111122223333' } },
      'TimeoutDurationInHours': 48,
    },
    Next: 'Wait for job',
  });
  expect(states['Wait for job']).toMatchObject({ Resource: 'arn:aws:states:::aws-sdk:s3:putObject.waitForTaskToken', TimeoutSeconds: 300, Next: 'Get job' });
  const ends = (states['Has it ended?'].Choices as Array<{ StringEquals: string; Next: string }>).map(({ StringEquals, Next }) => [StringEquals, Next]);
  expect(ends).toEqual([['Completed', 'Collect'], ['PartiallyCompleted', 'Collect'], ['Expired', 'Collect'], ['Stopped', 'Put together'], ['Failed', 'Put together']]);
  expect(states['Has it ended?'].Default).toBe('Wait for job');
  expect(states.Collect).toMatchObject({ Parameters: { last: false }, Next: 'How is it asked?' });
});

test('every state that is named is there, and every state is reached', () => {
  const stack = stackIn('us-east-1');
  batchIn(stack);
  const states = partStates(stack);
  const named = JSON.stringify(states).matchAll(/"(?:Next|Default|StartAt)":"([^"]+)"/g);
  const reached = new Set([...[...named].map(([, name]) => name), 'How is it asked?', 'Answer']);
  expect([...reached].sort()).toEqual([...Object.keys(states), 'Answer'].sort());
});

test('jobs keep to the quotas on the card, or to those that are said', () => {
  const stack = stackIn('us-east-1');
  batchIn(stack);
  const options = (of: Stack) => JSON.parse(Object.values(Template.fromStack(of).findResources('AWS::Lambda::Function', { Properties: { Handler: 'index.records' } }))[0]
    .Properties.Environment.Variables.HAIKU_SET_OPTIONS);
  expect(definitionOf(stack).States.Parts.MaxConcurrency).toBe(100);
  expect(options(stack)).toMatchObject({ part: { records: 100_000, bytes: 1_000_000_000 }, leastPerJob: 100 });
  const other = stackIn('us-east-1');
  batchIn(other, { maxJobs: 7, recordsPerJob: 5000 });
  expect(definitionOf(other).States.Parts.MaxConcurrency).toBe(7);
  expect(options(other)).toMatchObject({ part: { records: 5000 } });
});

describe('roles', () => {
  const stack = stackIn('us-east-1');
  new HaikuBatch(stack, 'Batch', places(stack, Bucket.fromBucketName(stack, 'Data', 'data')));
  const own = { 'aws:ResourceAccount': '111122223333' };
  const job = 'arn:aws:bedrock:us-east-1:111122223333:model-invocation-job/abc123def456';
  const model = (region: string) => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0`;
  const profile = 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0';

  test('the service role is for jobs of this account, reads and writes below the output, and calls the model through the profile', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'bedrock.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': '111122223333' },
            ArnEquals: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':bedrock:us-east-1:111122223333:model-invocation-job/*']] } },
          },
        }],
      },
    });
    const role = roleOf(stack, /^BatchJobRole/);
    const out = 'arn:aws:s3:::data/out/run/records/000001.jsonl';
    expect([
      role.allows({ action: 's3:GetObject', resource: out, context: own }),
      role.allows({ action: 'bedrock:InvokeModel', resource: model('us-west-2'), context: { 'bedrock:InferenceProfileArn': profile } }),
    ]).toEqual([true, true]);
    expect([
      role.allows({ action: 's3:GetObject', resource: out, context: { 'aws:ResourceAccount': '444455556666' } }),
      role.allows({ action: 's3:GetObject', resource: 'arn:aws:s3:::data/in/a.jsonl', context: own }),
      role.allows({ action: 'bedrock:InvokeModel', resource: model('us-west-2') }),
      role.allows({ action: 'bedrock:CreateModelInvocationJob', resource: job }),
    ]).toEqual([false, false, false, false]);
  });

  test('the state machine makes jobs of this model only, hands the service role to Amazon Bedrock only, and calls no model', () => {
    const role = roleOf(stack, /^BatchSetRole/);
    const create = (resource: string) => role.allows({ action: 'bedrock:CreateModelInvocationJob', resource });
    expect([create(model('us-east-1')), create(profile), create(job), role.allows({ action: 'bedrock:GetModelInvocationJob', resource: job })]).toEqual([true, true, true, true]);
    expect([create('arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-5-20251101-v1:0'), role.allows({ action: 'bedrock:InvokeModel', resource: profile })])
      .toEqual([false, false]);
    const pass = (service: string) => role.decide({
      action: 'iam:PassRole',
      resource: `GetAtt(${Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Role')).find((id) => /^BatchJobRole/.test(id))}.Arn)`,
      context: { 'iam:PassedToService': service },
    });
    expect([pass('bedrock.amazonaws.com').decision, pass('lambda.amazonaws.com').decision]).toEqual(['allowed', 'denied']);
  });

  test('what tells of a job\'s end reads tokens only', () => {
    const role = roleOf(stack, /^BatchResumeRole/);
    expect(role.allows({ action: 's3:GetObject', resource: 'arn:aws:s3:::data/out/tokens/abc123def456' })).toBe(true);
    expect(role.allows({ action: 's3:GetObject', resource: 'arn:aws:s3:::data/out/run/results/000001.jsonl' })).toBe(false);
  });
});

test('a run starts on a schedule, and when the input says that it is complete', () => {
  const stack = stackIn('us-east-1');
  batchIn(stack, { schedule: Schedule.rate(Duration.days(1)), startWhenComplete: true });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [Match.objectLike({ Input: '{}' })] });
  template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { source: ['aws.s3'], detail: { object: { key: ['in/_COMPLETE'] } } } });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'source': ['aws.bedrock'],
      'detail-type': ['Batch Inference Job State Change'],
      'detail': { status: ['Completed', 'PartiallyCompleted', 'Failed', 'Stopped', 'Expired'] },
    },
  });
});

test('jobs encrypt with the key of the output, which their role may use', () => {
  const stack = stackIn('us-east-1');
  const bucket = new Bucket(stack, 'Encrypted', { encryptionKey: new Key(stack, 'Key') });
  new HaikuBatch(stack, 'Batch', places(stack, bucket));
  expect(partStates(stack)['Create job']).toMatchObject({ Parameters: { OutputDataConfig: { S3OutputDataConfig: { S3EncryptionKeyId: expect.stringMatching(/^GetAtt\(Key/) as string } } } });
  const statements = (roleOf(stack, /^BatchJobRole/) as unknown as { statements: Array<{ Action: string | string[] }> }).statements;
  expect(statements.map(({ Action }) => Action)).toContainEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
});

test('where the Region takes no jobs all is asked on demand, and the price is said', () => {
  const stack = stackIn('us-east-1');
  const facts = ModelCard.CLAUDE_HAIKU_4_5._toProps();
  const model = ModelCard.of({ ...facts, batch: { ...facts.batch!, regions: facts.batch!.regions.filter((region) => region !== 'us-east-1') } });
  const batch = batchIn(stack, { target: new CrossRegionInferenceProfile(stack, 'Target', { model }) });
  expect(batch.takesJobs).toBe(false);
  expect(Object.keys(partStates(stack))).toEqual(['Ask on demand', 'Put together']);
  Annotations.fromStack(stack).hasWarning('/Stack/Batch', Match.stringLikeRegexp('us-east-1 takes no batch jobs of Claude Haiku 4.5.*A million input tokens cost 1.1 US dollars then, and 0.55 by a job'));
});

test.each<[Given, string]>([
  [{ jobTimeout: Duration.hours(12) }, 'jobTimeout is out of range, got "Duration.hours(12)"; expected whole hours from 24 to 168. Use a duration in that range, or leave jobTimeout out.'],
  [{ pollInterval: Duration.seconds(5) }, 'pollInterval is out of range, got "Duration.seconds(5)"; expected 1 minute to 1 day. Use a duration in that range, or leave pollInterval out.'],
  [{ maxJobs: 0 }, 'maxJobs is out of range, got 0; expected a whole number from 1 to 10000. With no job at a time nothing would ever be asked: use what Service Quotas shows.'],
  [{ recordsPerJob: 99 }, 'recordsPerJob is out of range, got 99; expected a whole number of at least 100. A job with fewer is refused by Amazon Bedrock.'],
])('%j is refused', (props, message) => {
  expect(failures((scope) => batchIn(scope as Stack, props), ENV)).toEqual(everywhere(message));
});

test('bedrock-mantle takes no jobs', () => {
  const define = (scope: Stack) => batchIn(scope, { target: new InRegionInference(scope, 'Mantle'), rate: BulkRate.of({ requestsPerMinute: 1, tokensPerMinute: 1 }) });
  expect(failures((scope) => define(scope as Stack), ENV)).toEqual(everywhere(
    'target is on bedrock-mantle, which takes no batch jobs, got "anthropic.claude-haiku-4-5"; expected a CrossRegionInferenceProfile or an ApplicationInferenceProfile. Choose one of these, or use a HaikuMap.'));
});
