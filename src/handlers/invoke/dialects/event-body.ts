import { refuse } from '../failures/errors';
import { numberOf, withNegativeZeros } from '../json/exact-json';
import { MOST_LEVELS, nestedTooDeeply } from '../json/json-depth';
import { isObject, JsonObject, objectsIn } from '../json/json-object';

/** What to send, for who sent something else. */
const EXPECTED = 'send a request body with "messages", or { "prompt": "..." }.';

/** The event as an object with `messages`; the `{ "prompt": "..." }` shorthand is written out with the dialect's `content`. */
export function eventBody(given: unknown, content: (prompt: string) => unknown): JsonObject {
  const event = writable(given);
  if (!isObject(event)) {
    const kind = event === null ? 'null' : Array.isArray(event) ? 'an array' : `a ${numberOf(event) === undefined ? typeof event : 'number'}`;
    refuse(`The event is ${kind}; ${EXPECTED}`);
  }
  refuseServiceEvent(event);
  const { prompt, ...rest } = event;
  if (prompt !== undefined) return { ...rest, messages: fromPrompt(prompt, rest, content) };
  if (!Array.isArray(rest.messages)) refuse(`The event has ${rest.messages === undefined ? 'no "messages"' : 'a "messages" that is no array'}; ${EXPECTED}`);
  return rest;
}

/**
 * The event as it can be written again. Of a direct event Lambda's runtime has read the numbers: JSON.stringify would make null of one that
 * is too large for it, and 0 of -0.
 */
function writable(event: unknown): unknown {
  let exact = true;
  const tooDeep = nestedTooDeeply(event, (value) => {
    if (typeof value !== 'number') return;
    if (!Number.isFinite(value)) refuse('The event has a number outside what JSON numbers hold here, about 1.8e308. Send a smaller one, or a string.');
    exact &&= !Object.is(value, -0);
  });
  if (tooDeep) refuse(`The event is nested too deeply; objects and arrays may stand at most ${MOST_LEVELS} deep in one another.`);
  return exact ? event : withNegativeZeros(event);
}

/** An answer that comes whole is no stream: a client that reads events would find none, and pay for it. */
export function checkStream(asked: unknown, streamed: boolean): void {
  if (asked === undefined || asked === null || typeof asked === 'boolean' && (streamed || !asked)) return;
  refuse(typeof asked === 'boolean'
    ? 'The event asks for a stream, and this function answers whole. Leave "stream" out, or call a HaikuInvoker that streams: one with responseStreaming, or with a function URL that streams.'
    : 'The event\'s "stream" is neither true nor false; use one of them, or leave it out.');
}

/** An event of another service would be told that it lacks "messages", which does not say what to do; one of Amazon MQ even has them. */
function refuseServiceEvent(event: JsonObject): void {
  const service = serviceOf(event);
  if (service !== undefined) refuse(`The event comes from ${service} and is no request body; ${EXPECTED} A rule's input transformer, a pipe or a function of your own can make one of it.`);
}

function fromPrompt(prompt: unknown, rest: JsonObject, content: (prompt: string) => unknown): unknown[] {
  if (typeof prompt !== 'string' || prompt === '') refuse('The event\'s "prompt" is not a non-empty string; for anything else send "messages".');
  if (rest.messages !== undefined) refuse('The event has both "prompt" and "messages"; send one of them.');
  return [{ role: 'user', content: content(prompt) }];
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
function serviceOf(event: JsonObject): string | undefined {
  const [record = event] = objectsIn(event.Records);
  const source = record.eventSource ?? record.EventSource;
  if (typeof source === 'string' && /^(aws:[a-z0-9-]{1,32}|SelfManagedKafka)$/.test(source)) return source;
  return Object.entries(MARKS).find(([field]) => Object.hasOwn(event, field))?.[1];
}
