import { OutputOptions, RESULT_EVENT } from '../../../contract/bulk-queue';
import type { BulkResult } from '../../../contract/bulk-records';
import type { Buckets } from '../aws/buckets';
import type { ServiceCalls } from '../aws/service-calls';

/** The services that results go to. */
export interface OutputServices {
  readonly sqs: ServiceCalls;
  readonly events: ServiceCalls;
  readonly dynamodb: ServiceCalls;
  readonly buckets: Buckets;
}

/** What of a message its result carries on. */
export interface Told {
  readonly messageId: string;
  /** The message group, where there is one. */
  readonly group?: string;
  readonly result: BulkResult;
  /** The result as it is written. */
  readonly text: string;
}

/**
 * Tells where results go of one result. It may be told twice, and always with the same `recordId`: an object and an item are then written over, a FIFO
 * queue drops the second one.
 */
export async function tell(options: OutputOptions, output: string, { sqs, events, dynamodb, buckets }: OutputServices, told: Told): Promise<void> {
  const { messageId, group = 'results', result, text } = told;
  switch (options.kind) {
    case 'queue':
      await sqs.json('AmazonSQS.SendMessage', {
        QueueUrl: output, MessageBody: text, ...options.fifo && { MessageGroupId: group, MessageDeduplicationId: messageId },
      });
      return;
    case 'event-bus': {
      const entry = { EventBusName: output, Source: RESULT_EVENT.source, DetailType: RESULT_EVENT.detailType, Detail: text };
      const { FailedEntryCount = 0, Entries = [] } = await events.json<Put>('AWSEvents.PutEvents', { Entries: [entry] }, '1.1');
      if (FailedEntryCount > 0) throw new Error(`EventBridge did not take the result: ${Entries[0]?.ErrorCode}`);
      return;
    }
    case 'bucket':
      await buckets.put(output, `${options.prefix}${encodeURIComponent(result.recordId)}.json`, text);
      return;
    case 'table':
      await dynamodb.json('DynamoDB_20120810.PutItem', { TableName: output, Item: { [options.partitionKey]: { S: result.recordId }, result: { S: text } } });
  }
}

interface Put {
  readonly FailedEntryCount?: number;
  readonly Entries?: ReadonlyArray<{ readonly ErrorCode?: string }>;
}
