import { Function } from 'aws-cdk-lib/aws-lambda';
import { CfnResource } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { ResolvedResource, typeOf } from '../construct/resolved-resource';
import { shown } from '../private/errors';

/** An invoker as event source mappings see it. */
export interface MappedInvoker {
  readonly invoker: IConstruct;
  readonly lambdaFunction: Function;
  /** Whether the function streams its answers. */
  readonly streams: boolean;
}

/**
 * What hands events to Lambda through a mapping, besides queues: by the service in its ARN, by its resource, or by what only its
 * mappings set.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 */
const SOURCES: { readonly name: string; readonly service?: string; readonly resources?: string; readonly properties?: string[] }[] = [
  { name: 'Amazon Kinesis', service: 'kinesis', resources: 'AWS::Kinesis::' },
  { name: 'Amazon DynamoDB Streams', service: 'dynamodb', resources: 'AWS::DynamoDB::' },
  {
    name: 'Apache Kafka',
    service: 'kafka',
    resources: 'AWS::MSK::',
    properties: ['Topics', 'SelfManagedEventSource', 'AmazonManagedKafkaEventSourceConfig', 'SelfManagedKafkaEventSourceConfig'],
  },
  { name: 'Amazon MQ', service: 'mq', resources: 'AWS::AmazonMQ::', properties: ['Queues'] },
  { name: 'Amazon DocumentDB', service: 'rds', resources: 'AWS::DocDB::', properties: ['DocumentDBEventSourceConfig'] },
  { name: 'a stream', properties: ['StartingPosition', 'StartingPositionTimestamp'] },
];

/** What an event source mapping reads from. */
export class MappedSource {
  public static of(mapping: ResolvedResource): MappedSource {
    const referred = mapping.referred('EventSourceArn');
    const service = mapping.text('EventSourceArn').split(':')[2] ?? '*';
    const queue = referred.find((resource) => typeOf(resource) === 'AWS::SQS::Queue');
    if (queue || service === 'sqs') return new MappedSource(undefined, queue);
    const source = SOURCES.find((one) => one.service === service)
      ?? SOURCES.find(({ resources }) => resources && referred.some((resource) => typeOf(resource).startsWith(resources)))
      ?? SOURCES.find(({ properties }) => properties?.some((property) => mapping.properties[property] !== undefined));
    if (source) return new MappedSource(source.name);
    // Each other source needs one of those properties, so what is known only at deploy time is a queue.
    return new MappedSource(service === '*' ? undefined : service);
  }

  private constructor(
    /** What it is, unless it is a queue. */
    public readonly otherThanQueue: string | undefined,
    /** The queue, if it is made in this app. */
    public readonly queue?: CfnResource,
  ) {}
}

const REPORT = 'ReportBatchItemFailures';
/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
const DEFAULT_VISIBILITY_SECONDS = 30;

/** Whether Lambda keeps the messages of a batch that a result names, and them alone. */
export function reportsItemFailures({ properties: { FunctionResponseTypes: types } }: ResolvedResource): boolean {
  return Array.isArray(types) && types.includes(REPORT);
}

/** The response types that a queue's mapping is to have; nothing, if it has them or they are known only at deploy time. */
export function withItemFailures(mapping: ResolvedResource): string[] | undefined {
  const { FunctionResponseTypes: types = [] } = mapping.properties;
  const literal = Array.isArray(types) && types.every((type) => typeof type === 'string');
  return literal && !reportsItemFailures(mapping) ? [...types as string[], REPORT] : undefined;
}

/** What of an invoker's event source mapping would lose records or fail the deployment. */
export function mappingFindings(path: string, mapping: ResolvedResource, { lambdaFunction, streams }: MappedInvoker): string[] {
  const { otherThanQueue, queue } = MappedSource.of(mapping);
  if (otherThanQueue) {
    return [`Event source mapping ${shown(path)} reads from ${otherThanQueue}; expected an SQS queue, since this function takes request bodies and fails on `
      + 'anything else, so that Lambda hands it the same records again until they are lost. Remove the mapping, and let a function of your own or an '
      + 'EventBridge pipe read the source and invoke this function with request bodies.'];
  }
  if (streams) {
    return [`Event source mapping ${shown(path)} reads from a queue, which cannot take the answers that this function streams; `
      + 'expected a function whose answers come whole. Point the mapping at a HaikuInvoker that does not stream.'];
  }
  return [
    ...reportsItemFailures(mapping) ? [] : [notReported(path, mapping)],
    ...queue ? visibilityFindings(queue, ResolvedResource.of(lambdaFunction.node.defaultChild as CfnResource).properties.Timeout) : [],
  ];
}

function notReported(path: string, mapping: ResolvedResource): string {
  const late = withItemFailures(mapping) !== undefined;
  return `Event source mapping ${shown(path)} ${late ? 'does not report batch item failures' : 'has response types that are known only at deploy time'}; `
    + `expected FunctionResponseTypes with ${shown(REPORT)}, without which Lambda deletes the messages that got no answer. `
    + (late ? 'It was added or changed too late for HaikuInvoker to see to it: set reportBatchItemFailures to true.'
      : 'Pass the response types as a literal list, or leave them out and HaikuInvoker adds them.');
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
function visibilityFindings(queue: CfnResource, timeout: unknown): string[] {
  const visibility = Number(ResolvedResource.of(queue).properties.VisibilityTimeout ?? DEFAULT_VISIBILITY_SECONDS);
  // What is known only at deploy time is no number, and no number is less than another.
  if (!(visibility < Number(timeout))) return [];
  return [`visibilityTimeout of the queue ${shown(queue.node.path)} is shorter than the function's timeout, got ${visibility} seconds; `
    + `expected at least ${String(timeout)}, or Lambda refuses the event source mapping. Raise it, best to six times the timeout as AWS advises, `
    + 'or lower the timeout of the HaikuInvoker.'];
}
