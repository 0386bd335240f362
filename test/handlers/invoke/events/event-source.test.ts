import { sourceOf } from '../../../../src/handlers/invoke/events/event-source';
import { respond } from '../../../../src/handlers/invoke/events/respond';
import { respondStreaming } from '../../../../src/handlers/invoke/events/respond-streaming';
import { eachWithStandIn } from '../../../invoker/each-with-stand-in';
import { ResponseSink, withHead } from '../../../invoker/response-sink';
import { contextWith, TestInvoker } from '../../../invoker/test-invoker';
import { BedrockStandIn } from '../../../stand-ins/bedrock-runtime';

let standIn: BedrockStandIn;
let invoker: TestInvoker;
eachWithStandIn((started) => ({ standIn, invoker } = started));

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';

/** The events of other services as their pages show them, shortened to what is there in every one. */
const EVENTS: [string, string, object][] = [
  [`${GUIDE}/with-kinesis.html`, 'aws:kinesis', {
    Records: [{
      kinesis: { kinesisSchemaVersion: '1.0', partitionKey: '1', sequenceNumber: '495', data: 'SGVsbG8=', approximateArrivalTimestamp: 1545084650.987 },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: 'shardId-0:495',
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: 'arn:aws:iam::111122223333:role/r',
      awsRegion: 'us-east-2',
      eventSourceARN: 'arn:aws:kinesis:us-east-2:111122223333:stream/s',
    }],
  }],
  [`${GUIDE}/with-ddb.html`, 'aws:dynamodb', {
    Records: [{
      eventID: '1',
      eventVersion: '1.0',
      dynamodb: { Keys: { Id: { N: '101' } }, NewImage: { Message: { S: 'New item!' } }, SequenceNumber: '111' },
      awsRegion: 'us-west-2',
      eventName: 'INSERT',
      eventSourceARN: 'arn:aws:dynamodb:us-west-2:111122223333:table/t/stream/x',
      eventSource: 'aws:dynamodb',
    }],
  }],
  [`${GUIDE}/with-msk.html`, 'aws:kafka', {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/c/1',
    bootstrapServers: 'b-1:9092',
    records: { 'topic-0': [{ topic: 'topic', partition: 0, offset: 15, timestamp: 1545084650987, timestampType: 'CREATE_TIME', value: 'SGVsbG8=', headers: [] }] },
  }],
  [`${GUIDE}/with-kafka.html`, 'SelfManagedKafka', {
    eventSource: 'SelfManagedKafka',
    bootstrapServers: 'b-1:9092',
    records: { 'topic-0': [{ topic: 'topic', partition: 0, offset: 15, timestamp: 1545084650987, timestampType: 'CREATE_TIME', value: 'SGVsbG8=', headers: [] }] },
  }],
  [`${GUIDE}/with-mq.html`, 'aws:mq', {
    eventSource: 'aws:mq',
    eventSourceArn: 'arn:aws:mq:us-west-2:111122223333:broker:b:b-1',
    messages: [{ messageID: 'ID:1', messageType: 'jms/text-message', data: 'QUJD', connectionId: 'myJMSCoID', destination: { physicalName: 'testQueue' } }],
  }],
  [`${GUIDE}/with-mq.html`, 'aws:rmq', {
    eventSource: 'aws:rmq',
    eventSourceArn: 'arn:aws:mq:us-west-2:111122223333:broker:b:b-1',
    rmqMessagesByQueue: { 'pizzaQueue::/': [{ basicProperties: { contentType: 'text/plain' }, redelivered: false, data: 'eyJ9' }] },
  }],
  [`${GUIDE}/with-documentdb.html`, 'aws:docdb', {
    eventSourceArn: 'arn:aws:rds:us-east-1:111122223333:cluster:c',
    eventSource: 'aws:docdb',
    events: [{ event: { _id: { _data: '01' }, clusterTime: {}, documentKey: {}, fullDocument: {}, ns: { coll: 'c', db: 'd' }, operationType: 'insert' } }],
  }],
  [`${GUIDE}/with-sns.html`, 'aws:sns', {
    Records: [{ EventVersion: '1.0', EventSubscriptionArn: 'arn:aws:sns:us-east-1:111122223333:t:1', EventSource: 'aws:sns', Sns: { Type: 'Notification', MessageId: '1', Message: 'Hello' } }],
  }],
  [`${GUIDE}/with-s3.html`, 'aws:s3', {
    Records: [{ eventVersion: '2.1', eventSource: 'aws:s3', awsRegion: 'us-east-2', eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'b' }, object: { key: 'k' } } }],
  }],
  [`${GUIDE}/services-ses.html`, 'aws:ses', { Records: [{ eventVersion: '1.0', ses: { mail: {}, receipt: {} }, eventSource: 'aws:ses' }] }],
  [`${GUIDE}/services-codecommit.html`, 'aws:codecommit', { Records: [{ awsRegion: 'us-east-2', codecommit: { references: [] }, eventName: 'ReferenceChanges', eventSource: 'aws:codecommit' }] }],
  ['https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html', 'Amazon EventBridge', {
    'version': '0',
    'id': '6a7e8feb',
    'detail-type': 'EC2 Instance State-change Notification',
    'source': 'aws.ec2',
    'account': '111122223333',
    'time': '2017-12-22T18:43:48Z',
    'region': 'us-west-1',
    'resources': [],
    'detail': { state: 'terminated' },
  }],
  [`${GUIDE}/services-cloudwatchlogs.html`, 'Amazon CloudWatch Logs', { awslogs: { data: 'H4sIAAAA' } }],
  ['https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html', 'an Amazon CloudWatch alarm', {
    source: 'aws.cloudwatch', alarmArn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:a', accountId: '111122223333', alarmData: { alarmName: 'a', state: { value: 'ALARM' } },
  }],
  ['https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html', 'Amazon SNS', { Type: 'Notification', MessageId: '1', TopicArn: 'arn:aws:sns:us-east-2:111122223333:t', Message: 'Hello' }],
  ['https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html', 'Amazon Cognito', {
    version: '1', triggerSource: 'PreSignUp_SignUp', region: 'us-east-1', userPoolId: 'us-east-1_x', userName: 'u', request: {}, response: {},
  }],
  [`${GUIDE}/services-config.html`, 'AWS Config', { invokingEvent: '{}', ruleParameters: '{}', resultToken: 't', configRuleName: 'r', version: '1.0' }],
  ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html', 'AWS CloudFormation', { RequestType: 'Create', ResponseURL: 'https://example.com', StackId: 's', RequestId: '1', LogicalResourceId: 'r' }],
  ['https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html', 'Amazon Data Firehose', { invocationId: '1', deliveryStreamArn: 'arn:aws:firehose:us-east-1:111122223333:deliverystream/d', records: [] }],
  ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html', 'Amazon S3 Batch Operations', { invocationSchemaVersion: '1.0', invocationId: '1', job: { id: '1' }, tasks: [] }],
  [`${GUIDE}/invocation-async-retain-records.html`, 'an AWS Lambda destination', {
    version: '1.0', timestamp: '2019-11-14T18:16:05.568Z', requestContext: { requestId: '1', functionArn: 'arn', condition: 'Success' }, requestPayload: {}, responseContext: {}, responsePayload: {},
  }],
  [`${GUIDE}/services-codepipeline.html`, 'AWS CodePipeline', { 'CodePipeline.job': { id: '1', accountId: '111122223333', data: {} } }],
];

test.each(EVENTS)('an event as %s shows it fails and names %s, on either bundle, and nothing is called', async (_, service, event) => {
  const error = {
    name: 'InvalidRequestError',
    message: `The event comes from ${service} and is no request body; send a request body with "messages", or { "prompt": "..." }. `
      + 'A rule\'s input transformer, a pipe or a function of your own can make one of it.',
  };
  await expect(respond(event, contextWith(30_000), invoker)).rejects.toMatchObject(error);
  await expect(respondStreaming(event, new ResponseSink(), contextWith(30_000), invoker, withHead)).rejects.toMatchObject(error);
  expect(invoker.lines.map(({ message, source }) => [message, source])).toEqual([['failed', 'direct'], ['failed', 'direct']]);
  expect(standIn.calls).toEqual([]);
});

test('the event of another service in a queue\'s message, such as one of S3 or SNS, fails that message alone', async () => {
  const ok = { messageId: 'ok', eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-west-2:111122223333:work', body: '{"prompt":"Hello"}' };
  const [, , s3] = EVENTS.find(([, service]) => service === 'aws:s3')!;
  const event = { Records: [ok, { ...ok, messageId: 's3', body: JSON.stringify(s3) }] };
  await expect(respond(event, contextWith(30_000), invoker)).rejects.toMatchObject({ name: 'InvalidRequestError' });
  expect(standIn.calls).toHaveLength(1);
});

test('a request body is direct, whatever its text says', async () => {
  const body = { messages: [{ role: 'user', content: '{"eventSource":"aws:kinesis","Records":[],"detail-type":"x"}' }], max_tokens: 5, metadata: { user_id: 'aws:sqs' } };
  expect(sourceOf(body)).toBe('direct');
  await expect(respond(body, contextWith(30_000), invoker)).resolves.toMatchObject({ type: 'message' });
});
