import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, Function } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { BulkRate, rateFor } from './bulk-rate';
import { BulkWorker } from './bulk-worker';
import { HaikuQueueProps, QUEUE_PROPS } from './haiku-queue-props';
import { queueTiming, QueueTiming } from './queue-timing';
import { workTable } from './work-table';
import { keyFor, letUse } from '../construct/key-access';
import { QUEUE_VARIABLES, QueueOptions } from '../contract/bulk-queue';
import { invokerEnvironment } from '../invoker/invoker-environment';
import { checkRequestDefaults } from '../invoker/request-checks';
import { invokerOptions } from '../invoker/request-defaults';
import { grantTarget } from '../invoker/target-access';
import { brand, isBranded } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkKinds, checkWholeNumber } from '../private/prop-kind';
import { checkedTarget } from '../targets/checked-target';
import { CrossRegionInferenceProfile } from '../targets/cross-region-inference-profile';
import { IInvocableModel } from '../targets/invocable-model';

/** The longest that Amazon SQS keeps a message. */
const RETENTION = Duration.days(14);
/**
 * The most that Amazon SQS takes. Each time that a message is put back counts for the queue, throttles too: the worker itself counts failures, and
 * this is for messages that no worker can even read.
 */
const MOST_RECEIVES = 1000;
/** A connection that broke is made again; a throttle goes back to the queue, which can wait longer than a worker. */
const RETRY = { maxAttempts: 2, maxDelayMs: 1000 };

/**
 * A queue whose messages are answered by the model, at a rate that all its workers share: request bodies in, results out.
 *
 * A message is a Messages request body, `{ "prompt": "..." }`, or a record with a `recordId` of its own. Its result, an answer or an error,
 * goes to the output. Throttles put a message back for as long as the service asks, and never bring it to the dead-letter queue; other
 * failures do after `maxFailures`. What was answered is not paid for again when its message comes twice within a day.
 *
 * Creates the queue and its dead-letter queue, the function of the workers with its log group and role, an event source mapping, two alarms,
 * and a DynamoDB table in which workers keep the rate and the answers of a day. The table takes some four to six writes a message: about
 * 3 to 6 US dollars for a million messages, more for long answers.
 *
 * Throws if a prop is not one that the model or Amazon SQS takes, or if the card has no quotas for the target and `rate` says none.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class HaikuQueue extends Construct {
  /** Whether a value is a HaikuQueue, also one of another installed copy of this package. */
  public static isHaikuQueue(value: unknown): value is HaikuQueue {
    return isBranded(value, 'HaikuQueue');
  }

  /** The model that is called. */
  public readonly target: IInvocableModel;
  /** The queue. Whoever is to send messages needs `queue.grantSendMessages(grantee)`. */
  public readonly queue: Queue;
  /** Where messages go that failed too often. Amazon SQS sends them back to the queue when it is asked to (redrive). */
  public readonly deadLetterQueue: Queue;
  /** The workers' function. */
  public readonly lambdaFunction: Function;
  /** Raised when the oldest message is older than `alarmAge`: more comes in than the rate lets out, or nothing goes out. */
  public readonly ageAlarm: Alarm;
  /** Raised when a message is in the dead-letter queue. */
  public readonly deadLetterAlarm: Alarm;
  /** How long a message is hidden while a worker has it. */
  public readonly visibilityTimeout: Duration;
  /** How many messages a worker is given at a time. */
  public readonly batchSize: number;
  /** How many workers may run at a time. */
  public readonly maxConcurrency: number;

  constructor(scope: Construct, id: string, props: HaikuQueueProps) {
    super(scope, id);
    checkKinds('HaikuQueue', props, QUEUE_PROPS);
    const target = props.target === undefined ? undefined : checkedTarget('target', props.target);
    checkAttribute(props.tenantAttribute);
    checkWholeNumber('maxFailures', props.maxFailures, [0, 100], 'A message that fails more often will hardly ever be answered.');
    checkWholeNumber('memorySize', props.memorySize, [512, 10_240], 'The unit is MiB: use a number in that range.');
    this.target = target ?? new CrossRegionInferenceProfile(this, 'Target');
    checkRequestDefaults(this.target.model, props);
    const rate = rateFor(props.rate ?? BulkRate.ofCard(), this.target.model, this.target.inferenceOption);
    const timing = queueTiming(props, rate);
    ({ visibilityTimeout: this.visibilityTimeout, batchSize: this.batchSize, maxConcurrency: this.maxConcurrency } = timing);

    const encryptionMasterKey = keyFor('Amazon SQS', 'encryptionKey', props.encryptionKey);
    const kept = {
      // A standard queue takes false for an attribute that it does not have.
      fifo: props.fifo || undefined,
      encryption: encryptionMasterKey ? QueueEncryption.KMS : QueueEncryption.SQS_MANAGED,
      encryptionMasterKey,
      enforceSSL: true,
      retentionPeriod: RETENTION,
    };
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', kept);
    this.queue = new Queue(this, 'Queue', {
      ...kept, visibilityTimeout: timing.visibilityTimeout, deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MOST_RECEIVES },
    });
    const table = workTable(this);
    const { output: { _parts: output }, maxFailures = 4, tenantAttribute } = props;
    const options: QueueOptions = { rate, output: output.options, maxFailures, tenantAttribute };
    this.lambdaFunction = this.worker(props, timing, {
      [QUEUE_VARIABLES.options]: JSON.stringify(options),
      [QUEUE_VARIABLES.table]: table.tableName,
      [QUEUE_VARIABLES.queueUrl]: this.queue.queueUrl,
      [QUEUE_VARIABLES.deadLetterUrl]: this.deadLetterQueue.queueUrl,
      [QUEUE_VARIABLES.output]: output.name,
    }, table);
    new EventSourceMapping(this, 'Mapping', {
      target: this.lambdaFunction,
      eventSourceArn: this.queue.queueArn,
      batchSize: timing.batchSize,
      maxConcurrency: timing.maxConcurrency,
      reportBatchItemFailures: true,
    });
    this.ageAlarm = new Alarm(this, 'AgeAlarm', {
      metric: this.queue.metricApproximateAgeOfOldestMessage(),
      threshold: (props.alarmAge ?? Duration.hours(1)).toSeconds(),
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: 'Messages wait too long: more come in than the rate lets out, or none are answered.',
    });
    this.deadLetterAlarm = new Alarm(this, 'DeadLetterAlarm', {
      metric: this.deadLetterQueue.metricApproximateNumberOfMessagesVisible(),
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: 'Messages failed too often. Their attribute "reason" says why.',
    });
  }

  private worker(props: HaikuQueueProps, { timeout }: QueueTiming, variables: Record<string, string>, table: Table): Function {
    const options = { ...invokerOptions(this, this.target, { systemPrompt: props.systemPrompt, maxTokens: props.maxTokens }), retry: RETRY };
    const { lambdaFunction, role } = new BulkWorker(this, 'Worker', {
      description: `Answers the messages of a queue with ${this.target.model.name}`,
      bundle: 'bulk-queue',
      environment: invokerEnvironment(this.target, options, variables, { timeout, streams: false }),
      statements: [
        new PolicyStatement({
          actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], resources: [this.queue.queueArn],
        }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetterQueue.queueArn] }),
        new PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], resources: [table.tableArn] }),
      ],
      timeout,
      memorySize: props.memorySize ?? 512,
      logRetention: props.logRetention,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
    });
    if (props.encryptionKey) letUse(role, props.encryptionKey, 'kms:Decrypt', 'kms:GenerateDataKey');
    props.output._grant(this, role);
    grantTarget(this, role, this.target, undefined);
    return lambdaFunction;
  }
}

brand(HaikuQueue, 'HaikuQueue');

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
function checkAttribute(name: string | undefined): void {
  if (name === undefined || /^(?!aws\.|amazon\.)[\w.-]{1,256}$/i.test(name)) return;
  throw new HaikuError(`tenantAttribute is not the name of a message attribute, got ${shown(name)}; expected 1 to 256 letters, digits, "_", "-" and ".". Choose such a name, for example "tenant".`);
}
