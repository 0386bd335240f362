import { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { BulkRate } from './bulk-rate';
import { QueueOutput } from './queue-output';
import { DURATION, FLAG, JUDGED_ELSEWHERE, NUMBER, objectOf, objectWith, oneOf, PropKinds, required, TEXT } from '../private/prop-kind';
import { IInvocableModel } from '../targets/invocable-model';

/**
 * What a HaikuQueue asks, how fast, and where its results go.
 */
export interface HaikuQueueProps {
  /**
   * The model to call.
   *
   * @default - a CrossRegionInferenceProfile in the geography of the stack's own Region
   */
  readonly target?: IInvocableModel;

  /**
   * Where the result of each message goes, an error too.
   */
  readonly output: QueueOutput;

  /**
   * How fast the model is called, by all workers together.
   *
   * @default BulkRate.ofCard() - the default quotas of an account, which the card has
   */
  readonly rate?: BulkRate | undefined;

  /**
   * The system prompt of messages that bring none.
   *
   * @default - none
   */
  readonly systemPrompt?: string | undefined;

  /**
   * The most output tokens of messages that do not say. All of them count against the quota when a call begins, so a low number lets more calls run.
   *
   * @default 4096
   */
  readonly maxTokens?: number | undefined;

  /**
   * Whether the queue is a FIFO queue: the messages of a message group are asked one after another.
   *
   * @default false
   */
  readonly fifo?: boolean | undefined;

  /**
   * How often a message may fail before it goes to the dead-letter queue. Throttles are no failures.
   *
   * @default 4
   */
  readonly maxFailures?: number | undefined;

  /**
   * The message attribute that names the tenant of a message without a message group. Tenants share the rate fairly.
   *
   * @default - messages without a message group are of one tenant
   */
  readonly tenantAttribute?: string | undefined;

  /**
   * How long one invocation of a worker may take, 2 to 15 minutes. A message is hidden for six times as long while a worker has it.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration | undefined;

  /**
   * How many workers may run at a time, 2 to 1,000. Each has ten messages at most.
   *
   * @default - as many as the rate keeps busy with calls of ten seconds
   */
  readonly maxConcurrency?: number | undefined;

  /**
   * Concurrent executions of the account that are set aside for the workers, at least `maxConcurrency`.
   *
   * @default - none
   */
  readonly reservedConcurrentExecutions?: number | undefined;

  /**
   * The workers' memory, 512 to 10,240 MiB.
   *
   * @default 512
   */
  readonly memorySize?: number | undefined;

  /**
   * The key that the queue and its dead-letter queue are encrypted with.
   *
   * @default - a key of Amazon SQS
   */
  readonly encryptionKey?: IKey | undefined;

  /**
   * The age of the oldest message from which on the alarm is raised.
   *
   * @default Duration.hours(1)
   */
  readonly alarmAge?: Duration | undefined;

  /**
   * How long the workers' log is kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays | undefined;
}

export const QUEUE_PROPS: PropKinds<HaikuQueueProps> = {
  target: JUDGED_ELSEWHERE,
  output: required(objectOf(
    'QueueOutput', 'QueueOutput.queue(...), QueueOutput.eventBus(...), QueueOutput.bucket(...) or QueueOutput.table(...)', ['_parts', '_grant'])),
  rate: objectOf('BulkRate', 'BulkRate.ofCard(...) or BulkRate.of(...)', ['_part', '_limits']),
  systemPrompt: TEXT,
  maxTokens: NUMBER,
  fifo: FLAG,
  maxFailures: NUMBER,
  tenantAttribute: TEXT,
  timeout: DURATION,
  maxConcurrency: NUMBER,
  reservedConcurrentExecutions: NUMBER,
  memorySize: NUMBER,
  encryptionKey: objectWith('a key', 'a kms.Key', ['keyArn', 'grantDecrypt', 'addToResourcePolicy']),
  alarmAge: DURATION,
  logRetention: oneOf('RetentionDays', RetentionDays, 'a value such as RetentionDays.ONE_MONTH'),
};
