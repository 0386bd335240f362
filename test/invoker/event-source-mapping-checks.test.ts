import { Template } from 'aws-cdk-lib/assertions';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnEventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Aspects, CfnParameter, CfnResource, Duration, Fn } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ARN, mappingsIn, REPORTS, scene, visibilityTimeout } from './mapping-scene';
import { InvokerFunctionUrl } from '../../src';
import { ACCOUNT } from '../kit/stack';
import { thrown } from '../kit/three-ways';

test('what cannot be repaired any more is refused', () => {
  const { invoker, own } = scene();
  new CfnEventSourceMapping(own, 'Mapping', { functionName: invoker.lambdaFunction.functionName, eventSourceArn: ARN });
  const late = new Construct(own, 'TheLast');
  Aspects.of(late).add({ visit: () => (own.node.findChild('Mapping') as CfnEventSourceMapping).addPropertyOverride('FunctionResponseTypes', []) });
  expect(thrown(() => Template.fromStack(own))).toContain(
    '[Own/Invoker] Event source mapping "Own/Mapping" does not report batch item failures; expected FunctionResponseTypes with "ReportBatchItemFailures", '
    + 'without which Lambda deletes the messages that got no answer. It was added or changed too late for HaikuInvoker to see to it: '
    + 'set reportBatchItemFailures to true.');
});

test('response types that are known only at deploy time are refused', () => {
  const { invoker, own } = scene();
  const functionResponseTypes = new CfnParameter(own, 'Types', { type: 'CommaDelimitedList' }).valueAsList;
  new CfnEventSourceMapping(own, 'Mapping', { functionName: invoker.lambdaFunction.functionName, eventSourceArn: ARN, functionResponseTypes });
  expect(thrown(() => (own.node.root as App).synth())).toContain(
    '[Own/Invoker] Event source mapping "Own/Mapping" has response types that are known only at deploy time; '
    + 'expected FunctionResponseTypes with "ReportBatchItemFailures", without which Lambda deletes the messages that got no answer. '
    + 'Pass the response types as a literal list, or leave them out and HaikuInvoker adds them.');
});

const OTHERS: [string, Partial<ConstructorParameters<typeof CfnEventSourceMapping>[2]> & { type?: [string, string] }][] = [
  ['Amazon Kinesis', { eventSourceArn: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s`, startingPosition: 'LATEST' }],
  ['Amazon Kinesis', { type: ['AWS::Kinesis::Stream', 'Arn'] }],
  ['Amazon Kinesis', { type: ['AWS::Kinesis::StreamConsumer', 'ConsumerARN'] }],
  ['Amazon DynamoDB Streams', { eventSourceArn: `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/t/stream/1` }],
  ['Amazon DynamoDB Streams', { type: ['AWS::DynamoDB::Table', 'StreamArn'] }],
  ['Amazon DynamoDB Streams', { type: ['AWS::DynamoDB::GlobalTable', 'StreamArn'] }],
  ['Apache Kafka', { eventSourceArn: `arn:aws:kafka:us-east-1:${ACCOUNT}:cluster/c/1`, topics: ['t'] }],
  ['Apache Kafka', { type: ['AWS::MSK::Cluster', 'Arn'] }],
  ['Apache Kafka', { selfManagedEventSource: { endpoints: { kafkaBootstrapServers: ['b:9092'] } }, topics: ['t'] }],
  ['Amazon MQ', { eventSourceArn: `arn:aws:mq:us-east-1:${ACCOUNT}:broker:b:b-1`, queues: ['q'] }],
  ['Amazon MQ', { type: ['AWS::AmazonMQ::Broker', 'Arn'] }],
  ['Amazon MQ', { eventSourceArn: Fn.importValue('BrokerArn'), queues: ['q'] }],
  ['Amazon DocumentDB', { eventSourceArn: `arn:aws:rds:us-east-1:${ACCOUNT}:cluster:c`, documentDbEventSourceConfig: { databaseName: 'd' } }],
  ['Amazon DocumentDB', { eventSourceArn: Fn.importValue('ClusterArn'), documentDbEventSourceConfig: { databaseName: 'd' } }],
  ['a stream', { eventSourceArn: Fn.importValue('StreamArn'), startingPosition: StartingPosition.TRIM_HORIZON }],
  ['newservice', { eventSourceArn: `arn:aws:newservice:us-east-1:${ACCOUNT}:thing/t` }],
];

test.each(OTHERS)('%s is refused as an event source: %j', (source, { type, ...props }) => {
  const refusal = () => {
    const { invoker, own, other } = scene();
    const eventSourceArn = type && new CfnResource(other, 'Source', { type: type[0] }).getAtt(type[1]).toString();
    new CfnEventSourceMapping(other, 'Mapping', { functionName: invoker.lambdaFunction.functionArn, eventSourceArn, ...props });
    return { app: own.node.root as App, other };
  };
  const message = `[Own/Invoker] Event source mapping "Other/Mapping" reads from ${source}; expected an SQS queue, since this function takes request bodies and `
    + 'fails on anything else, so that Lambda hands it the same records again until they are lost. Remove the mapping, and let a function of your own or an '
    + 'EventBridge pipe read the source and invoke this function with request bodies.';
  expect(thrown(() => refusal().app.synth())).toContain(message);
  expect(thrown(() => Template.fromStack(refusal().other))).toContain(message);
});

test('the stream of a global table is one of DynamoDB', () => {
  const { invoker, own } = scene();
  const table = new CfnGlobalTable(own, 'Table', { attributeDefinitions: [], keySchema: [], replicas: [] });
  new CfnEventSourceMapping(own, 'Mapping', { functionName: invoker.lambdaFunction.functionArn, eventSourceArn: table.attrStreamArn, startingPosition: 'LATEST' });
  expect(thrown(() => Template.fromStack(own))).toContain('reads from Amazon DynamoDB Streams;');
});

test('a queue cannot take a stream', () => {
  const { invoker, own } = scene({ functionUrl: InvokerFunctionUrl.streaming() });
  invoker.lambdaFunction.addEventSource(new SqsEventSource(new Queue(own, 'Queue', { visibilityTimeout })));
  expect(thrown(() => Template.fromStack(own))).toMatch(
    /\[Own\/Invoker\] Event source mapping "Own\/Invoker\/Function\/SqsEventSource:OwnQueue\w+\/Resource" reads from a queue, which cannot take the answers that this function streams; expected a function whose answers come whole\. Point the mapping at a HaikuInvoker that does not stream\./);
});

test.each<[string, Duration | undefined, Duration | undefined, number | undefined]>([
  ['the default', undefined, undefined, 30],
  ['a second too few', Duration.seconds(299), undefined, 299],
  ['as long as the timeout', Duration.seconds(300), undefined, undefined],
  ['the default for a short timeout', undefined, Duration.seconds(30), undefined],
])('a queue whose visibility timeout is %s', (_, visible, timeout, refused) => {
  const { invoker, own, other } = scene({ timeout });
  invoker.lambdaFunction.addEventSource(new SqsEventSource(new Queue(other, 'Queue', { visibilityTimeout: visible })));
  const synth = () => Template.fromStack(own);
  if (refused === undefined) return expect(synth).not.toThrow();
  return expect(thrown(synth)).toContain(
    `[Own/Invoker] visibilityTimeout of the queue "Other/Queue/Resource" is shorter than the function's timeout, got ${refused} seconds; expected at least 300, `
    + 'or Lambda refuses the event source mapping. Raise it, best to six times the timeout as AWS advises, or lower the timeout of the HaikuInvoker.');
});

test('a visibility timeout that is known only at deploy time passes', () => {
  const { invoker, own } = scene();
  const seconds = new CfnParameter(own, 'Seconds', { type: 'Number' }).valueAsNumber;
  invoker.lambdaFunction.addEventSource(new SqsEventSource(new Queue(own, 'Queue', { visibilityTimeout: Duration.seconds(seconds) })));
  expect(mappingsIn(own)).toMatchObject([REPORTS]);
});
