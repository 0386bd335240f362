import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { IEventBus } from 'aws-cdk-lib/aws-events';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IResource, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { letUse } from '../construct/key-access';
import { knownToDiffer } from '../construct/tokens';
import type { OutputOptions } from '../contract/bulk-queue';
import { brand, FACTORY, onlyByFactory } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';
import { checkKind, objectWith, PropKind, required, TEXT } from '../private/prop-kind';

const QUEUE = objectWith('a queue', 'an sqs.Queue', ['queueArn', 'queueUrl', 'fifo']);
const BUS = objectWith('an event bus', 'an events.EventBus', ['eventBusArn', 'eventBusName']);
const BUCKET = objectWith('a bucket', 'an s3.Bucket', ['bucketArn', 'bucketName', 'arnForObjects']);
const TABLE = objectWith('a table', 'a dynamodb.Table', ['tableArn', 'tableName']);

/** What an output is made of. */
interface OutputParts {
  readonly options: OutputOptions;
  readonly resource: IResource;
  /** What requests name. */
  readonly name: string;
  readonly action: string;
  readonly arn: string;
  readonly key?: IKey;
  readonly keyActions: string[];
}

/**
 * Where a HaikuQueue sends its results, each of them once or, rarely, twice with the same `recordId`.
 */
export class QueueOutput {
  /**
   * A queue: each message is a result. A FIFO queue gets the message group that the request had, and drops a result that comes twice within
   * five minutes.
   */
  public static queue(queue: IQueue): QueueOutput {
    return new QueueOutput(FACTORY, {
      options: { kind: 'queue', fifo: checked('queue', queue, QUEUE).fifo },
      resource: queue,
      name: queue.queueUrl,
      action: 'sqs:SendMessage',
      arn: queue.queueArn,
      key: queue.encryptionMasterKey,
      keyActions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    });
  }

  /**
   * An event bus: each event has the source `cdk-bedrock-haiku`, the type `Haiku Result` and a result as its detail. EventBridge
   * refuses a long one, and the message then stays in the queue.
   */
  public static eventBus(bus: IEventBus): QueueOutput {
    const { eventBusArn, eventBusName } = checked('bus', bus, BUS);
    return new QueueOutput(FACTORY, { options: { kind: 'event-bus' }, resource: bus, name: eventBusName, action: 'events:PutEvents', arn: eventBusArn, keyActions: [] });
  }

  /**
   * A bucket: each object is a result, with the `recordId` in its key.
   *
   * Throws if the prefix is not text that ends with a slash.
   *
   * @param prefix - `results/` if left out
   */
  public static bucket(bucket: IBucket, prefix: string = 'results/'): QueueOutput {
    checkKind('prefix', prefix, required(TEXT));
    if (!/^[\w!.'()/-]{1,500}\/$/.test(prefix)) {
      throw new HaikuError(`prefix is not one of objects, got ${shown(prefix)}; expected text that ends with a slash, such as "results/". Choose such a prefix.`);
    }
    return new QueueOutput(FACTORY, {
      options: { kind: 'bucket', prefix },
      resource: checked('bucket', bucket, BUCKET),
      name: bucket.bucketName,
      action: 's3:PutObject',
      arn: bucket.arnForObjects(`${prefix}*`),
      key: bucket.encryptionKey,
      keyActions: ['kms:GenerateDataKey'],
    });
  }

  /**
   * A table: each item has the `recordId` as its partition key, and the result, as JSON text, as `result`. DynamoDB takes items of at
   * most 400 KB.
   *
   * @param partitionKey - the name of the table's partition key, of type string
   */
  public static table(table: ITable, partitionKey: string): QueueOutput {
    checkKind('partitionKey', partitionKey, required(TEXT));
    return new QueueOutput(FACTORY, {
      options: { kind: 'table', partitionKey },
      resource: checked('table', table, TABLE),
      name: table.tableName,
      action: 'dynamodb:PutItem',
      arn: table.tableArn,
      key: table.encryptionKey,
      keyActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
    });
  }

  /** @internal */
  public readonly _parts: OutputParts;

  private constructor(caller: symbol, parts: OutputParts) {
    onlyByFactory(caller, 'QueueOutput', 'QueueOutput.queue(...), QueueOutput.eventBus(...), QueueOutput.bucket(...) or QueueOutput.table(...)');
    checkExactArn('output', parts.arn.replace(/\*$/, ''), 'one resource');
    this._parts = parts;
  }

  /**
   * Lets the worker send results. Throws for a resource of another Region, where the worker does not send to.
   * @internal
   */
  public _grant(scope: IConstruct, role: IRole): void {
    const { resource, action, arn, key, keyActions } = this._parts;
    const { region } = Stack.of(scope);
    if (knownToDiffer(resource.env.region, region)) {
      throw new HaikuError(`output is in another Region, got ${shown(resource.env.region)}; expected ${shown(region)}, where the results are made. Choose a resource there, and replicate it from there.`);
    }
    role.addToPrincipalPolicy(new PolicyStatement({ actions: [action], resources: [arn] }));
    if (key) letUse(role, key, ...keyActions);
  }
}

brand(QueueOutput, 'QueueOutput');

function checked<T>(name: string, value: T, kind: PropKind): T {
  checkKind(name, value, required(kind));
  return value;
}
