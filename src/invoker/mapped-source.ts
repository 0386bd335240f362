import { CfnResource } from 'aws-cdk-lib/core';
import { ResolvedResource, typeOf } from '../construct/resolved-resource';

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
