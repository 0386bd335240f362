import { Duration } from 'aws-cdk-lib/core';
import { byAsker, collectState, JobStates } from './set-definition';
import { HaikuError, shown } from '../private/errors';

/** What the states of batch jobs are written with. All values may be tokens. */
export interface JobDefinition {
  readonly partition: string;
  readonly recordsArn: string;
  readonly bucket: string;
  readonly outputPrefix: string;
  readonly modelId: string;
  readonly roleArn: string;
  readonly account: string;
  /** The key that output is encrypted with. */
  readonly keyArn?: string;
  readonly timeoutHours?: number;
  readonly pollSeconds: number;
}

/** Amazon Bedrock has no room for a job, or none for the call. The records wait for it, a week if need be. */
const NO_ROOM = {
  ErrorEquals: ['Bedrock.ThrottlingException', 'Bedrock.ServiceQuotaExceededException', 'Bedrock.InternalServerException'],
  IntervalSeconds: 30,
  MaxAttempts: 700,
  BackoffRate: 2,
  MaxDelaySeconds: 900,
  JitterStrategy: 'FULL',
};

/**
 * The states in which a part is asked by jobs: a job is made, its end is awaited, and what it left is asked by another job, or on demand where it
 * is too little for one.
 *
 * Step Functions cannot wait for a job by itself. The token of a waiting state goes into an object that is named after the job, where a
 * function finds it when the job's event comes; since events may be lost, the state ends by itself after a while, and the job is asked.
 * A job has a token of its own from the part, so a step that is repeated makes no second one.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html
 */
export function jobStates(definition: JobDefinition): JobStates {
  const { partition, recordsArn, bucket, outputPrefix, keyArn, timeoutHours, pollSeconds } = definition;
  const task = (call: string) => ({ Type: 'Task', Resource: `arn:${partition}:states:::aws-sdk:${call}` });
  const onDemand = 'Ask on demand';
  const is = (status: string, next: string) => ({ Variable: '$.job.Status', StringEquals: status, Next: next });
  return {
    states: {
      'How is it asked?': byAsker({ 'job': 'Create job', 'on-demand': onDemand, 'nobody': 'Asked' }),
      'Create job': {
        ...task('bedrock:createModelInvocationJob'),
        Parameters: {
          'JobName.$': '$.asking.jobName',
          'ClientRequestToken.$': '$.asking.jobName',
          'ModelId': definition.modelId,
          'RoleArn': definition.roleArn,
          'InputDataConfig': {
            S3InputDataConfig: { 'S3Uri.$': `States.Format('s3://${bucket}/{}', $.asking.recordsKey)`, 'S3InputFormat': 'JSONL', 'S3BucketOwner': definition.account },
          },
          'OutputDataConfig': {
            S3OutputDataConfig: {
              'S3Uri.$': `States.Format('s3://${bucket}/{}', $.asking.outputPrefix)`,
              'S3BucketOwner': definition.account,
              ...keyArn !== undefined && { S3EncryptionKeyId: keyArn },
            },
          },
          ...timeoutHours !== undefined && { TimeoutDurationInHours: timeoutHours },
        },
        ResultPath: '$.job',
        Retry: [NO_ROOM],
        // No job, so nothing to pay for: the records end as errors, and the manifest says so.
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Put together' }],
        Next: 'Wait for job',
      },
      'Wait for job': {
        ...task('s3:putObject.waitForTaskToken'),
        Parameters: {
          'Bucket': bucket,
          'Key.$': `States.Format('${outputPrefix}tokens/{}', States.ArrayGetItem(States.StringSplit($.job.JobArn, '/'), 1))`,
          'Body': { 'token.$': '$$.Task.Token' },
        },
        TimeoutSeconds: pollSeconds,
        ResultPath: null,
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Get job' }],
        Next: 'Get job',
      },
      'Get job': {
        ...task('bedrock:getModelInvocationJob'),
        Parameters: { 'JobIdentifier.$': '$.job.JobArn' },
        ResultSelector: { 'JobArn.$': '$.JobArn', 'Status.$': '$.Status' },
        ResultPath: '$.job',
        Retry: [NO_ROOM],
        Next: 'Has it ended?',
      },
      'Has it ended?': {
        Type: 'Choice',
        Choices: [
          is('Completed', 'Collect'),
          is('PartiallyCompleted', 'Collect'),
          is('Expired', 'Collect'),
          // Somebody stopped it, or nothing of it can work: another job would end the same way.
          is('Stopped', 'Put together'),
          is('Failed', 'Put together'),
        ],
        Default: 'Wait for job',
      },
      'Collect': collectState(recordsArn, false, { Next: 'How is it asked?' }),
      'Asked': { Type: 'Succeed' },
    },
  };
}

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateModelInvocationJob.html */
const JOB_HOURS: [number, number] = [24, 168];
/** Below a minute a job would be asked all the time; a wait of a day is as good as none. */
const POLL_SECONDS: [number, number] = [60, 86_400];

/** Refuses times that jobs do not have. */
export function checkJobTimes(jobTimeout: Duration | undefined, pollInterval: Duration | undefined): void {
  checkTime('jobTimeout', jobTimeout, JOB_HOURS.map((hours) => hours * 3600), 'whole hours from 24 to 168', 3600);
  checkTime('pollInterval', pollInterval, POLL_SECONDS, '1 minute to 1 day', 1);
}

function checkTime(name: string, given: Duration | undefined, [least, most]: number[], expected: string, unit: number): void {
  if (!given || given.isUnresolved()) return;
  const seconds = given.toMilliseconds() / 1000;
  if (seconds % unit === 0 && seconds >= least && seconds <= most) return;
  throw new HaikuError(`${name} is out of range, got ${shown(given.toString())}; expected ${expected}. Use a duration in that range, or leave ${name} out.`);
}
