import type { Asker, SetState } from '../contract/bulk-set';

/** What a state machine over a set is written with. All values may be tokens. */
export interface SetDefinition {
  readonly partition: string;
  readonly recordsArn: string;
  readonly answersArn: string;
  readonly bucket: string;
  readonly outputPrefix: string;
  /** Parts at a time. */
  readonly parts: number;
  /** Workers at a time, of one part. */
  readonly workers: number;
  readonly toleratedFailurePercentage: number;
  /** The states that ask a part by jobs. Default: it is asked on demand. */
  readonly jobs?: JobStates;
}

/** The states of a part that come before it is asked on demand. */
export interface JobStates {
  readonly states: Record<string, object>;
}

const PASSING = {
  ErrorEquals: ['Lambda.ClientExecutionTimeoutException', 'Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException', 'Lambda.TooManyRequestsException'],
  IntervalSeconds: 2,
  MaxAttempts: 6,
  BackoffRate: 2,
};
const AGAIN = { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 3, BackoffRate: 2 };
/** A worker that ran out of time, mostly waiting for its turn. Its records are worth a day. */
const NOT_ITS_TURN = {
  ErrorEquals: ['RateLimitError', 'OverloadedError'], IntervalSeconds: 5, MaxAttempts: 300, BackoffRate: 1.5, MaxDelaySeconds: 300, JitterStrategy: 'FULL',
};
const DISTRIBUTED = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };

/**
 * The state machine over a set: it is read and checked, each of its parts is asked and put together, and a manifest is written. Records are
 * nowhere in its state, only their places, so that it stays small whatever the set.
 */
export function setDefinition(definition: SetDefinition): object {
  const { recordsArn, bucket, outputPrefix } = definition;
  const ready: SetState = 'ready';
  return {
    StartAt: 'Prepare',
    States: {
      'Prepare': {
        Type: 'Task',
        Resource: recordsArn,
        Parameters: { 'step': 'prepare', 'run.$': '$$.Execution.Name', 'input.$': '$' },
        Retry: [PASSING, AGAIN],
        Next: 'Is there something to ask?',
      },
      'Is there something to ask?': { Type: 'Choice', Choices: [{ Variable: '$.state', StringEquals: ready, Next: 'Parts' }], Default: 'Finish' },
      'Parts': {
        ...map(definition, '$.parts', `States.Format('${outputPrefix}{}/maps/parts', $.run)`),
        MaxConcurrency: definition.parts,
        // With jobs a part that fails must not stop the jobs of others; without, Step Functions can redrive what failed.
        ToleratedFailurePercentage: definition.jobs ? 100 : 0,
        ItemSelector: { 'run.$': '$.run', 'asking.$': '$$.Map.Item.Value' },
        ItemProcessor: { ProcessorConfig: DISTRIBUTED, ...partStates(definition) },
        Next: 'Finish',
      },
      'Finish': { Type: 'Task', Resource: recordsArn, Parameters: { 'step': 'finish', 'run.$': '$.run' }, Retry: [PASSING, AGAIN], Next: 'Is anything answered?' },
      'Is anything answered?': { Type: 'Choice', Choices: [{ Variable: '$.state', StringEquals: 'succeeded', Next: 'Succeeded' }], Default: 'Failed' },
      'Succeeded': { Type: 'Succeed' },
      'Failed': { Type: 'Fail', Error: 'NothingAnswered', Cause: `The manifest says why: it is in the bucket ${bucket}, below ${outputPrefix} and the name of the run.` },
    },
  };
}

function partStates(definition: SetDefinition): object {
  const { recordsArn, answersArn, outputPrefix, jobs } = definition;
  return {
    StartAt: jobs ? 'How is it asked?' : 'Ask on demand',
    States: {
      ...jobs?.states,
      'Ask on demand': {
        ...map(definition, '$.asking.batchesKey', `States.Format('${outputPrefix}{}/maps/batches-{}-{}', $.run, $.asking.part, $.asking.round)`),
        MaxConcurrency: definition.workers,
        ToleratedFailurePercentage: definition.toleratedFailurePercentage,
        ItemSelector: { 'run.$': '$.run', 'part.$': '$.asking.part', 'round.$': '$.asking.round', 'item.$': '$$.Map.Item.Value' },
        ItemProcessor: {
          ProcessorConfig: DISTRIBUTED,
          StartAt: 'Answer',
          States: { Answer: { Type: 'Task', Resource: answersArn, Retry: [NOT_ITS_TURN, PASSING, AGAIN], End: true } },
        },
        // With jobs, what is left ends as an error of its own.
        ...jobs && { Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Put together' }] },
        Next: 'Put together',
      },
      'Put together': collectState(recordsArn, true, { End: true }),
    },
  };
}

/** A state that puts the outcomes of a part together. */
export function collectState(recordsArn: string, last: boolean, next: object): object {
  return {
    Type: 'Task',
    Resource: recordsArn,
    Parameters: { 'step': 'collect', 'run.$': '$.run', 'part.$': '$.asking.part', 'round.$': '$.asking.round', last },
    ResultPath: '$.asking',
    Retry: [PASSING, AGAIN],
    ...next,
  };
}

/** A choice by who asks next. */
export function byAsker(next: Record<Asker, string>): object {
  return {
    Type: 'Choice',
    Choices: (['job', 'on-demand'] as const).map((asker) => ({ Variable: '$.asking.by', StringEquals: asker, Next: next[asker] })),
    Default: next.nobody,
  };
}

/** A map over the lines of an object; what its items return goes to the bucket, and nothing into the state. */
function map({ partition, bucket }: SetDefinition, itemsKey: string, resultsPrefix: string): object {
  return {
    Type: 'Map',
    ItemReader: { Resource: `arn:${partition}:states:::s3:getObject`, ReaderConfig: { InputType: 'JSONL' }, Parameters: { 'Bucket': bucket, 'Key.$': itemsKey } },
    ResultWriter: { Resource: `arn:${partition}:states:::s3:putObject`, Parameters: { 'Bucket': bucket, 'Prefix.$': resultsPrefix } },
    ResultPath: null,
  };
}
