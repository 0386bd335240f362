import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, Duration, Size, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { BulkRate, rateFor } from './bulk-rate';
import { BulkWorker } from './bulk-worker';
import { workersFor } from './queue-timing';
import { JobStates, setDefinition } from './set-definition';
import { BulkSetProps } from './set-props';
import { workTable } from './work-table';
import { letUse } from '../construct/key-access';
import { knownToDiffer } from '../construct/tokens';
import type { BulkPrices } from '../contract/bulk-records';
import { SET_VARIABLES, SetOptions } from '../contract/bulk-set';
import { invokerEnvironment } from '../invoker/invoker-environment';
import { invokerOptions } from '../invoker/request-defaults';
import { grantTarget } from '../invoker/target-access';
import { IInvocableModel } from '../targets/invocable-model';

/** What a set is asked with besides the props. */
export interface BulkSetParts {
  readonly target: IInvocableModel;
  readonly part: SetOptions['part'];
  readonly leastPerJob?: number;
  readonly partsAtATime: number;
  readonly toleratedFailurePercentage: number;
  /** The states that ask a part by jobs, given the ARN of the function that puts parts together. */
  readonly jobs?: (recordsArn: string) => JobStates;
  /** What these states need. */
  readonly statements: PolicyStatement[];
}

/** What one worker asks: some minutes of work, so that little is asked again if it dies. */
const BATCH = { records: 50, bytes: 5_000_000 };
const LAMBDA_TIME = Duration.minutes(15);
const RETRY = { maxAttempts: 2, maxDelayMs: 1000 };

/** The state machine over a set of records, with its functions, its table and its roles. */
export class BulkSet extends Construct {
  public readonly stateMachine: StateMachine;
  public readonly role: Role;
  private readonly table: Table;

  constructor(scope: Construct, id: string, private readonly props: BulkSetProps, private readonly parts: BulkSetParts) {
    super(scope, id);
    this.table = workTable(this);
    const { target } = parts;
    const rate = rateFor(props.rate ?? BulkRate.ofCard(), target.model, target.inferenceOption);
    const environment = this.environment({
      inputPrefix: props.inputPrefix,
      outputPrefix: props.outputPrefix,
      template: props.promptTemplate === undefined ? undefined : { modelInput: { prompt: props.promptTemplate }, idField: props.recordIdField },
      part: parts.part,
      batch: BATCH,
      leastPerJob: parts.leastPerJob,
      prices: pricesOf(target),
      rate,
    });
    const records = this.records(environment);
    const answers = this.answers(environment);
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    const { partition } = Stack.of(this);
    const definition = setDefinition({
      partition,
      recordsArn: records.lambdaFunction.functionArn,
      answersArn: answers.lambdaFunction.functionArn,
      bucket: props.output.bucketName,
      outputPrefix: props.outputPrefix,
      parts: parts.partsAtATime,
      workers: props.maxConcurrency ?? workersFor(rate, props.maxTokens),
      toleratedFailurePercentage: parts.toleratedFailurePercentage,
      jobs: parts.jobs?.(records.lambdaFunction.functionArn),
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      role: this.role,
      logs: {
        destination: new LogGroup(this, 'LogGroup', { retention: props.logRetention ?? RetentionDays.ONE_MONTH }),
        level: LogLevel.ALL,
        // Input may hold what users passed; records are never in it.
        includeExecutionData: false,
      },
      tracingEnabled: true,
    });
    this.letRun(records, answers);
    this.finishWhatEnded(records);
  }

  private environment(options: SetOptions): Record<string, string> {
    const { target } = this.parts;
    const { input, output, systemPrompt, maxTokens } = this.props;
    const { account } = Stack.of(this);
    const own = ![input, output].some((bucket) => knownToDiffer(bucket.env.account, account));
    const request = { ...invokerOptions(this, target, { systemPrompt, maxTokens }), retry: RETRY };
    return invokerEnvironment(target, request, {
      [SET_VARIABLES.options]: JSON.stringify(options),
      [SET_VARIABLES.inputBucket]: input.bucketName,
      [SET_VARIABLES.outputBucket]: output.bucketName,
      [SET_VARIABLES.table]: this.table.tableName,
      ...own && { [SET_VARIABLES.account]: account },
    }, { timeout: LAMBDA_TIME, streams: false });
  }

  private records(environment: Record<string, string>): BulkWorker {
    const { input, inputPrefix, logRetention } = this.props;
    const worker = new BulkWorker(this, 'Records', {
      description: 'Checks records, and puts results together',
      bundle: 'bulk-records',
      handler: 'records',
      environment,
      statements: [
        new PolicyStatement({ actions: ['s3:GetObject'], resources: [input.arnForObjects(`${inputPrefix}*`)] }),
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [input.bucketArn], conditions: { StringLike: { 's3:prefix': `${inputPrefix}*` } } }),
        ...this.outputStatements('s3:AbortMultipartUpload'),
      ],
      timeout: LAMBDA_TIME,
      memorySize: 2048,
      // A part, what a job answered to it, and what was asked again.
      ephemeralStorage: Size.gibibytes(10),
      logRetention,
    });
    if (input.encryptionKey) letUse(worker.role, input.encryptionKey, 'kms:Decrypt');
    this.letUseOutputKey(worker.role);
    return worker;
  }

  private answers(environment: Record<string, string>): BulkWorker {
    const { target } = this.parts;
    const worker = new BulkWorker(this, 'Answers', {
      description: `Answers records with ${target.model.name}`,
      bundle: 'bulk-records',
      handler: 'answers',
      environment,
      statements: [
        ...this.outputStatements(),
        new PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], resources: [this.table.tableArn] }),
      ],
      timeout: LAMBDA_TIME,
      memorySize: 1024,
      logRetention: this.props.logRetention,
    });
    this.letUseOutputKey(worker.role);
    grantTarget(this, worker.role, target, undefined);
    return worker;
  }

  private outputStatements(...more: string[]): PolicyStatement[] {
    const { output, outputPrefix } = this.props;
    return [
      new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', ...more], resources: [output.arnForObjects(`${outputPrefix}*`)] }),
      // Without it S3 does not tell an object that is not there from one that is forbidden.
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [output.bucketArn], conditions: { StringLike: { 's3:prefix': `${outputPrefix}*` } } }),
    ];
  }

  private letUseOutputKey(role: Role): void {
    const { output: { encryptionKey } } = this.props;
    if (encryptionKey) letUse(role, encryptionKey, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  /** What the state machine needs for its functions, its maps and its jobs. A policy of its own, since it names the state machine. */
  private letRun(...workers: BulkWorker[]): void {
    const { output, outputPrefix } = this.props;
    const stack = Stack.of(this);
    const executions = (resourceName: string) => stack.formatArn({ service: 'states', resource: 'execution', resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    const { stateMachineName: name } = this.stateMachine;
    new Policy(this, 'Policy', {
      roles: [this.role],
      statements: [
        new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: workers.map(({ lambdaFunction }) => lambdaFunction.functionArn) }),
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [this.stateMachine.stateMachineArn] }),
        new PolicyStatement({ actions: ['states:DescribeExecution', 'states:RedriveExecution', 'states:StopExecution'], resources: [executions(`${name}:*`), executions(`${name}/*`)] }),
        new PolicyStatement({
          actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'], resources: [output.arnForObjects(`${outputPrefix}*`)],
        }),
        ...this.parts.statements,
      ],
    });
    this.letUseOutputKey(this.role);
  }

  /** A run that was stopped, failed or timed out has a manifest too. */
  private finishWhatEnded({ lambdaFunction }: BulkWorker): void {
    new Rule(this, 'Ended', {
      description: 'Writes the manifest of a run that was stopped or failed',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [this.stateMachine.stateMachineArn], status: ['ABORTED', 'FAILED', 'TIMED_OUT'] },
      },
      targets: [new LambdaFunction(lambdaFunction, { event: RuleTargetInput.fromObject({ step: 'finish', run: EventField.fromPath('$.detail.name') }) })],
    });
  }
}

/** What tokens cost, where the card has it. */
function pricesOf({ model, inferenceOption }: IInvocableModel): BulkPrices | undefined {
  const price = model.prices.find((one) => one.inferenceOption === inferenceOption && one.geography === undefined);
  if (!price) return undefined;
  const { asOf, sourceUrl, batchInputPerMillion: input, batchOutputPerMillion: output } = price;
  const { inputPerMillion, outputPerMillion, cacheReadPerMillion: cacheRead, cacheWritePerMillion: cacheWrite } = price;
  const onDemand = { input: inputPerMillion, output: outputPerMillion, cacheRead, cacheWrite };
  return { asOf, sourceUrl, onDemand, batch: input === undefined || output === undefined ? undefined : { input, output } };
}
