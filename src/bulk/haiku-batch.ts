import { EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Grant, IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Annotations, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { checkJobTimes, jobStates } from './batch-jobs';
import { batchRole, jobStatements } from './batch-role';
import { BulkSet, BulkSetParts } from './bulk-set';
import { BulkWorker } from './bulk-worker';
import { BulkSetProps, checkSetProps, SET_PROPS } from './set-props';
import { BatchLimits } from '../catalog/service-quota';
import { checkedGrantee } from '../construct/checked-props';
import { letUse } from '../construct/key-access';
import { RESUME_VARIABLES } from '../contract/bulk-set';
import { checkRequestDefaults } from '../invoker/request-checks';
import { brand, isBranded } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkKinds, checkWholeNumber, DURATION, FLAG, NUMBER, objectWith, PropKinds } from '../private/prop-kind';
import { checkedTarget } from '../targets/checked-target';
import { CrossRegionInferenceProfile } from '../targets/cross-region-inference-profile';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

/**
 * A set of records that is asked by batch jobs, and when.
 */
export interface HaikuBatchProps extends BulkSetProps {
  /**
   * When a run is started by itself.
   *
   * @default - runs are started by whoever may
   */
  readonly schedule?: Schedule | undefined;

  /**
   * Whether an object `_COMPLETE` below the input prefix starts a run: write it when all records are there. The input bucket must send its events
   * to Amazon EventBridge (`eventBridgeEnabled`).
   *
   * @default false
   */
  readonly startWhenComplete?: boolean | undefined;

  /**
   * How many jobs may be submitted or running at a time. The quota counts all jobs of the account with the model.
   *
   * @default - the default quota on the card, 100 for Claude Haiku 4.5
   */
  readonly maxJobs?: number | undefined;

  /**
   * The most records of one job.
   *
   * @default - the default quota on the card, 100,000 for Claude Haiku 4.5
   */
  readonly recordsPerJob?: number | undefined;

  /**
   * How long a job may take before Amazon Bedrock ends it, 24 to 168 whole hours. What it did not get to is asked again.
   *
   * @default - that of Amazon Bedrock
   */
  readonly jobTimeout?: Duration | undefined;

  /**
   * How often a job is asked for its state, 1 minute to 1 day, in case that the event of its end is lost.
   *
   * @default Duration.minutes(15)
   */
  readonly pollInterval?: Duration | undefined;
}

const PROPS: PropKinds<HaikuBatchProps> = {
  ...SET_PROPS,
  schedule: objectWith('a Schedule', 'an events.Schedule such as Schedule.cron(...)', ['expressionString']),
  startWhenComplete: FLAG,
  maxJobs: NUMBER,
  recordsPerJob: NUMBER,
  jobTimeout: DURATION,
  pollInterval: DURATION,
};

/** The object whose creation says that all records are there. */
const COMPLETE = '_COMPLETE';
const GIGABYTE = 1_000_000_000;
/** What a card without limits of batch inference has at least: a part of that size can be put together. */
const PART = { records: 100_000, bytes: GIGABYTE };

/**
 * A set of records in a bucket that is asked by batch inference jobs, at half the price of calls: JSONL or CSV in, results and a manifest out.
 *
 * Start it with `grantStartExecution`, on a schedule or when the input says that it is complete. All records are checked first, since Amazon
 * Bedrock bills jobs that it did not check: where one is wrong, nothing is asked. The set is split into jobs within the quotas; a
 * job's end is told by an event, and looked up now and then. Records that failed for a passing reason are asked by a second job, or on
 * demand where they are fewer than a job takes. Below the least of a job, or where the Region takes no batch jobs, records are asked on
 * demand, at twice the price; in such a Region synthesis warns with the id `cdk-bedrock-haiku:HaikuBatch.onDemand`.
 *
 * Each run makes a folder below `outputPrefix`, named after the execution, as a HaikuMap does, with exactly one result for each record, also
 * where jobs were stopped, expired or failed. An execution that is stopped leaves its jobs running: stop them in Amazon Bedrock.
 *
 * Creates the state machine with its functions, log groups and roles, the service role of the jobs, a DynamoDB table, and rules.
 *
 * Throws if a prop is not one that the model or Amazon Bedrock takes, the target is on bedrock-mantle, a bucket is in another Region, or
 * results would be read as records.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference.html
 */
export class HaikuBatch extends Construct {
  /** Whether a value is a HaikuBatch, also one of another installed copy of this package. */
  public static isHaikuBatch(value: unknown): value is HaikuBatch {
    return isBranded(value, 'HaikuBatch');
  }

  /** The model that is called. */
  public readonly target: IInvocableModel;
  /** The state machine. An execution of it is a run. */
  public readonly stateMachine: StateMachine;
  /** Whether batch jobs ask the records. Where the Region takes none, they are asked on demand. */
  public readonly takesJobs: boolean;

  constructor(scope: Construct, id: string, props: HaikuBatchProps) {
    super(scope, id);
    checkKinds('HaikuBatch', props, PROPS);
    const target = props.target === undefined ? undefined : checkedTarget('target', props.target);
    checkSetProps(this, props);
    checkJobTimes(props.jobTimeout, props.pollInterval);
    this.target = target ?? new CrossRegionInferenceProfile(this, 'Target');
    checkRequestDefaults(this.target.model, props);
    checkEndpoint(this.target);
    const { model, sourceRegion } = this.target;
    const limits = model.batchLimits;
    // What is known only at deploy time is taken to have jobs: to submit one fails where it does not.
    this.takesJobs = limits !== undefined && (Token.isUnresolved(sourceRegion) || model.takesBatchJobs(sourceRegion));
    checkQuotas(props, limits);
    this.stateMachine = new BulkSet(this, 'Set', props, this.takesJobs ? this.byJobs(props, limits!) : {
      target: this.target, part: PART, partsAtATime: 1, toleratedFailurePercentage: 100, statements: [],
    }).stateMachine;
    if (this.takesJobs) this.tellOfJobs(props);
    else this.warnOfPrice();
    this.startBy(props);
  }

  /** Lets a principal start runs. */
  public grantStartExecution(grantee: IGrantable): Grant {
    return this.stateMachine.grantStartExecution(checkedGrantee(grantee));
  }

  private byJobs(props: HaikuBatchProps, limits: BatchLimits): BulkSetParts {
    const { output, outputPrefix, jobTimeout, pollInterval = Duration.minutes(15) } = props;
    const { partition, account } = Stack.of(this);
    const role = batchRole(this, this.target, output, outputPrefix);
    const quota = (of: RegExp) => limits.quotas.find(({ name }) => of.test(name))?.defaultValue;
    return {
      target: this.target,
      part: {
        records: props.recordsPerJob ?? Math.min(quota(/records per batch/i) ?? PART.records, quota(/records per input file/i) ?? PART.records),
        bytes: Math.min(limits.maxFileGigabytes, limits.maxJobGigabytes) * GIGABYTE,
      },
      leastPerJob: limits.minRecordsPerJob,
      partsAtATime: props.maxJobs ?? quota(/in-progress and submitted/i) ?? 1,
      toleratedFailurePercentage: 100,
      statements: jobStatements(this, this.target, role),
      jobs: (recordsArn) => jobStates({
        partition,
        recordsArn,
        bucket: output.bucketName,
        outputPrefix,
        modelId: this.target.modelId,
        roleArn: role.roleArn,
        account,
        keyArn: output.encryptionKey?.keyArn,
        timeoutHours: jobTimeout?.toHours(),
        pollSeconds: pollInterval.toSeconds(),
      }),
    };
  }

  /** A function that tells the state that waits for a job that the job has ended. */
  private tellOfJobs({ output, outputPrefix, logRetention }: HaikuBatchProps): void {
    const worker = new BulkWorker(this, 'Resume', {
      description: 'Tells a run that one of its jobs has ended',
      bundle: 'bulk-resume',
      environment: { [RESUME_VARIABLES.bucket]: output.bucketName, [RESUME_VARIABLES.prefix]: outputPrefix },
      statements: [
        new PolicyStatement({ actions: ['s3:GetObject'], resources: [output.arnForObjects(`${outputPrefix}tokens/*`)] }),
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [output.bucketArn], conditions: { StringLike: { 's3:prefix': `${outputPrefix}tokens/*` } } }),
        new PolicyStatement({ actions: ['states:SendTaskSuccess'], resources: [this.stateMachine.stateMachineArn] }),
      ],
      timeout: Duration.minutes(1),
      memorySize: 256,
      logRetention,
    });
    if (output.encryptionKey) letUse(worker.role, output.encryptionKey, 'kms:Decrypt');
    new Rule(this, 'JobEnded', {
      description: 'Batch inference jobs that have ended',
      eventPattern: {
        source: ['aws.bedrock'],
        detailType: ['Batch Inference Job State Change'],
        detail: { status: ['Completed', 'PartiallyCompleted', 'Failed', 'Stopped', 'Expired'] },
      },
      targets: [new LambdaFunction(worker.lambdaFunction, { event: RuleTargetInput.fromObject({ jobArn: EventField.fromPath('$.detail.batchJobArn') }) })],
    });
  }

  private startBy({ schedule, startWhenComplete, input, inputPrefix }: HaikuBatchProps): void {
    const targets = [new SfnStateMachine(this.stateMachine, { input: RuleTargetInput.fromObject({}) })];
    if (schedule) new Rule(this, 'Schedule', { description: 'Starts runs', schedule, targets });
    if (!startWhenComplete) return;
    new Rule(this, 'InputComplete', {
      description: 'Starts a run when its records are there',
      eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail: { bucket: { name: [input.bucketName] }, object: { key: [inputPrefix + COMPLETE] } } },
      targets,
    });
  }

  private warnOfPrice(): void {
    const { model, sourceRegion, inferenceOption } = this.target;
    const price = model.prices.find((one) => one.inferenceOption === inferenceOption && one.geography === undefined);
    const cost = price?.batchInputPerMillion === undefined ? '' : ` A million input tokens cost ${price.inputPerMillion} US dollars then, and ${price.batchInputPerMillion} by a job (as of ${price.asOf}).`;
    Annotations.of(this).addWarningV2('cdk-bedrock-haiku:HaikuBatch.onDemand',
      `${sourceRegion} takes no batch jobs of ${model.name}, as its card has it, so all records are asked on demand.${cost} Move the stack to a Region that takes them: npx cdk-bedrock-haiku regions --batch lists them.`);
  }
}

brand(HaikuBatch, 'HaikuBatch');

function checkEndpoint({ endpoint, modelId }: IInvocableModel): void {
  if (endpoint !== InferenceEndpoint.BEDROCK_MANTLE) return;
  throw new HaikuError(`target is on bedrock-mantle, which takes no batch jobs, got ${shown(modelId)}; expected a CrossRegionInferenceProfile or an ApplicationInferenceProfile. Choose one of these, or use a HaikuMap.`);
}

/** The quotas may be raised, the least of a job is fixed. */
function checkQuotas({ maxJobs, recordsPerJob }: HaikuBatchProps, limits: BatchLimits | undefined): void {
  checkWholeNumber('maxJobs', maxJobs, [1, 10_000], 'With no job at a time nothing would ever be asked: use what Service Quotas shows.');
  checkWholeNumber('recordsPerJob', recordsPerJob, [limits?.minRecordsPerJob ?? 1], 'A job with fewer is refused by Amazon Bedrock.');
}
