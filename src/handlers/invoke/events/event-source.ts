import { isObject, JsonObject, objectsIn, textOf } from '../json/json-object';

/** The way in which Lambda was called. */
export type EventSource = 'direct' | 'rest-api' | 'http-api' | 'function-url' | 'alb' | 'sqs';

/** Tells the sources apart by their event's own marks; whatever has none is a direct invocation or a Step Functions task. */
export function sourceOf(event: unknown): EventSource {
  if (!isObject(event)) return 'direct';
  if (Array.isArray(event.Records) && event.Records.length > 0 && event.Records.every((record) => isObject(record) && record.eventSource === 'aws:sqs')) {
    return 'sqs';
  }
  const { requestContext } = event;
  if (!isObject(requestContext)) return 'direct';
  if (isObject(requestContext.http)) {
    return textOf(requestContext.domainName).includes('.lambda-url.') ? 'function-url' : 'http-api';
  }
  if (typeof event.httpMethod !== 'string') return 'direct';
  if (isObject(requestContext.elb)) return 'alb';
  // An HTTP API may send the REST APIs' format, with a version that those do not have.
  return event.version === '1.0' ? 'http-api' : 'rest-api';
}

/**
 * Fields of other services' events, none of which stands in a request body.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
 */
const MARKS = {
  'detail-type': 'Amazon EventBridge',
  'awslogs': 'Amazon CloudWatch Logs',
  'alarmData': 'an Amazon CloudWatch alarm',
  'TopicArn': 'Amazon SNS',
  'triggerSource': 'Amazon Cognito',
  'invokingEvent': 'AWS Config',
  'ResponseURL': 'AWS CloudFormation',
  'deliveryStreamArn': 'Amazon Data Firehose',
  'invocationSchemaVersion': 'Amazon S3 Batch Operations',
  'responsePayload': 'an AWS Lambda destination',
  'CodePipeline.job': 'AWS CodePipeline',
};

/**
 * Where an event comes from that AWS made itself, as the event says it: in each record (`aws:kinesis`, `aws:dynamodb`, `aws:s3`,
 * `aws:sns`), or once (`aws:kafka`, `SelfManagedKafka`, `aws:mq`, `aws:rmq`, `aws:docdb`). Only names go on from here, no content.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html and with-ddb, with-s3, with-sns, with-msk, with-kafka, with-mq, with-documentdb
 */
export function serviceOf(event: JsonObject): string | undefined {
  const [record = event] = objectsIn(event.Records);
  const name = textOf(record.eventSource ?? record.EventSource);
  if (/^(aws:[a-z0-9-]{1,32}|SelfManagedKafka)$/.test(name)) return name;
  return Object.entries(MARKS).find(([field]) => Object.hasOwn(event, field))?.[1];
}
