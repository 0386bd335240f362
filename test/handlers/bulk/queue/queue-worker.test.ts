import { TestTable } from './test-table';
import type { OutputOptions, RateOptions } from '../../../../src/contract/bulk-queue';
import { Buckets } from '../../../../src/handlers/bulk/aws/buckets';
import { ServiceCalls } from '../../../../src/handlers/bulk/aws/service-calls';
import { FairAdmission } from '../../../../src/handlers/bulk/queue/fair-admission';
import { Ledger } from '../../../../src/handlers/bulk/queue/ledger';
import { QueueWorker } from '../../../../src/handlers/bulk/queue/queue-worker';
import { RateLimiter } from '../../../../src/handlers/bulk/queue/rate-limiter';
import { REGION, TestClock, TestInvoker } from '../../../invoker/test-invoker';
import { AwsJsonStandIn } from '../../../stand-ins/aws-json';
import { BedrockStandIn, credentialEnvironment, Fault } from '../../../stand-ins/bedrock-runtime';

const SEND = 'AmazonSQS.SendMessage';
const HIDE = 'AmazonSQS.ChangeMessageVisibility';
const RATE: RateOptions = { requestsPerMinute: 6000, tokensPerMinute: 6_000_000, outputWeight: 5 };
const DAY_S = 86_400;

let bedrock: BedrockStandIn;
let aws: AwsJsonStandIn;
let table: TestTable;
let clock: TestClock;
let logged: object[];
const closing: Array<() => void> = [];

beforeEach(async () => {
  [bedrock, aws] = await Promise.all([BedrockStandIn.start({ region: REGION }), AwsJsonStandIn.start()]);
  table = new TestTable();
  clock = new TestClock();
  logged = [];
});
afterEach(async () => {
  closing.splice(0).forEach((close) => close());
  await Promise.all([bedrock.stop(), aws.stop()]);
});

interface Given {
  readonly rate?: RateOptions;
  readonly output?: OutputOptions;
  readonly maxFailures?: number;
}

function worker({ rate = RATE, output = { kind: 'queue', fifo: false }, maxFailures = 2 }: Given = {}): QueueWorker {
  const invoker = TestInvoker.create({ url: bedrock.url, clock, options: { retry: { maxAttempts: 1 } } });
  const env = { ...credentialEnvironment(), AWS_REGION: REGION, AWS_ENDPOINT_URL: aws.url };
  const around = { env, clock };
  const services = {
    sqs: new ServiceCalls('sqs', 'AWS_ENDPOINT_URL_SQS', around),
    events: new ServiceCalls('events', 'AWS_ENDPOINT_URL_EVENTBRIDGE', around),
    dynamodb: new ServiceCalls('dynamodb', 'AWS_ENDPOINT_URL_DYNAMODB', around),
    buckets: new Buckets(around),
  };
  closing.push(...[invoker, ...Object.values(services)].map((one) => () => one.close()));
  return new QueueWorker({
    invoker,
    clock,
    options: { rate, output, maxFailures, tenantAttribute: 'team' },
    admission: new FairAdmission(new RateLimiter(table, clock, rate), table, clock),
    ledger: new Ledger(table, clock),
    services,
    queueUrl: 'https://queue',
    deadLetterUrl: 'https://dead',
    output: 'https://out',
    log: (line) => logged.push(line),
  });
}

const message = (messageId: string, body: unknown = { prompt: 'Hello' }, group?: string) => ({
  messageId,
  receiptHandle: `receipt of ${messageId}`,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1', ...group !== undefined && { MessageGroupId: group } },
  messageAttributes: {},
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:eu-west-2:111122223333:work${group === undefined ? '' : '.fifo'}`,
});

const handle = async (one: QueueWorker, ...Records: object[]) =>
  (await one.handle({ Records }, clock.now() + 300_000, 'lambda-1')).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
const told = () => aws.inputsOf(SEND).filter(({ QueueUrl }) => QueueUrl === 'https://out').map(({ MessageBody }) => JSON.parse(MessageBody as string) as Record<string, unknown>);
const dead = () => aws.inputsOf(SEND).filter(({ QueueUrl }) => QueueUrl === 'https://dead');
const hidden = () => aws.inputsOf(HIDE).map(({ ReceiptHandle, VisibilityTimeout }) => [ReceiptHandle, VisibilityTimeout]);

test('each message is answered, a record by its own ID, and leaves the queue', async () => {
  expect(await handle(worker(), message('m1'), message('m2', { recordId: 'r2', modelInput: { prompt: 'Two', max_tokens: 50 } }))).toEqual([]);
  expect(told().sort((one, other) => (one.recordId! < other.recordId! ? -1 : 1))).toMatchObject([
    { recordId: 'm1', modelOutput: { content: [{ type: 'text', text: 'You said: Hello' }] }, attempts: 1, route: 'on-demand', usage: { inputTokens: expect.any(Number) as number } },
    { recordId: 'r2', modelOutput: { content: [{ type: 'text', text: 'You said: Two' }] } },
  ]);
  expect(aws.calls.every(({ signed }) => /\/eu-west-2\/sqs\/aws4_request/.test(signed))).toBe(true);
});

test('a message that comes again within a day is not paid for again', async () => {
  await handle(worker(), message('m1'));
  await clock.sleep((DAY_S - 60) * 1000);
  expect(await handle(worker(), message('m1'))).toEqual([]);
  expect(bedrock.calls).toHaveLength(1);
  const [first, second] = told();
  expect(second).toEqual(first);
});

test('an answer that could not be told is kept, and told when the message comes again', async () => {
  aws.answers.set(SEND, [{ status: 403, body: { __type: 'com.amazonaws.sqs#AccessDeniedException', message: 'no' } }, { status: 200, body: {} }]);
  expect(await handle(worker(), message('m1'))).toEqual(['m1']);
  expect(await handle(worker(), message('m1'))).toEqual([]);
  expect(bedrock.calls).toHaveLength(1);
  expect(told()).toHaveLength(2);
});

test('two workers that are given one message ask once', async () => {
  const both = await Promise.all([handle(worker(), message('m1')), handle(worker(), message('m1'))]);
  expect(bedrock.calls).toHaveLength(1);
  expect(both.flat()).toEqual(['m1']);
  expect(hidden()).toEqual([['receipt of m1', 301]]);
});

test('a throttled message comes back when the service asked for, for all workers, and never fails of it', async () => {
  const one = worker({ maxFailures: 0 });
  for (let times = 0; times < 5; times++) {
    bedrock.faults.push(Fault.throttling(45));
    expect(await handle(one, message('m1'))).toEqual(['m1']);
  }
  expect(hidden().map(([, seconds]) => seconds)).toEqual([45, 45, 45, 80, 160]);
  expect(dead()).toEqual([]);
  const calls = bedrock.calls.length;
  // Another message does not even try while the service asked to wait: it sleeps until then.
  const before = clock.now();
  expect(await handle(worker(), message('m2'))).toEqual([]);
  expect(clock.now() - before).toBeGreaterThanOrEqual(45_000);
  expect(bedrock.calls).toHaveLength(calls + 1);
  expect(await handle(one, message('m1'))).toEqual([]);
});

test('a request that no try can mend is told as an error, and is not tried again', async () => {
  expect(await handle(worker(), message('m1', { prompt: 'x', max_tokens: 70_000 }), message('m2', 'no JSON'), message('m3', { recordId: '', modelInput: {} }))).toEqual([]);
  expect(told().map(({ recordId, error }) => [recordId, (error as { errorCode: string }).errorCode]).sort()).toEqual([
    ['m1', 'InvalidRequestError'], ['m2', 'InvalidRequestError'], ['m3', 'InvalidRequestError'],
  ]);
  expect(bedrock.calls).toEqual([]);
  expect(dead()).toEqual([]);
});

test('a message that fails too often goes to the dead-letter queue as it came, and its result says why', async () => {
  bedrock.faults.always(Fault.accessDenied('no access'));
  const one = worker();
  expect([await handle(one, message('m1')), await handle(one, message('m1')), await handle(one, message('m1'))]).toEqual([['m1'], ['m1'], []]);
  expect(hidden().map(([, seconds]) => seconds)).toEqual([10, 20]);
  expect(dead()).toMatchObject([{
    MessageBody: '{"prompt":"Hello"}',
    MessageAttributes: { reason: { StringValue: expect.stringMatching(/^AccessDeniedError: /) as string }, messageId: { StringValue: 'm1' } },
  }]);
  expect(told()).toMatchObject([{ recordId: 'm1', error: { errorCode: 'AccessDeniedError' }, attempts: 3 }]);
});

test('a message of which workers die goes to the dead-letter queue too', async () => {
  const ledger = new Ledger(table, clock);
  for (let died = 0; died < 3; died++) {
    await ledger.begin('m1', clock.now() + 1000);
    await clock.sleep(2000);
  }
  expect(await handle(worker(), message('m1'))).toEqual([]);
  expect(dead()).toHaveLength(1);
  expect(bedrock.calls).toEqual([]);
  expect(told()).toMatchObject([{ error: { errorMessage: 'Workers that had this message ended before they could tell of it.' } }]);
});

test('the messages of a group are asked one after another, and one that stays keeps those behind it back', async () => {
  bedrock.faults.push(Fault.throttling(30));
  expect(await handle(worker(), message('m1', undefined, 'a'), message('m2', undefined, 'a'))).toEqual(['m1', 'm2']);
  expect(bedrock.calls).toHaveLength(1);
  expect(hidden().map(([handleOf]) => handleOf).sort()).toEqual(['receipt of m1', 'receipt of m2']);
});

test('calls wait for their turn; what has none in time is put back until it may have one', async () => {
  const rate = { requestsPerMinute: 2, tokensPerMinute: 1_000_000, outputWeight: 5 };
  const began = clock.now();
  const kept = await handle(worker({ rate }), ...['m1', 'm2', 'm3', 'm4', 'm5'].map((id) => message(id, undefined, undefined)));
  // At 0, 30 and 60 seconds; for the others nothing is free within the minute that a worker waits.
  expect(bedrock.calls).toHaveLength(3);
  expect(kept).toHaveLength(2);
  expect(clock.now() - began).toBeGreaterThanOrEqual(60_000);
  expect(dead()).toEqual([]);
});

test('what a call did not use of its tokens is the others\'', async () => {
  await handle(worker(), message('m1', { prompt: 'Hello', max_tokens: 60_000 }));
  const [[, item]] = [...table.items].filter(([key]) => key.startsWith('rate'));
  expect(item.tokens as number - clock.now()).toBeLessThan(100);
});

test.each<[OutputOptions, string, object]>([
  [{ kind: 'queue', fifo: true }, SEND, { MessageGroupId: 'results', MessageDeduplicationId: 'm1' }],
  [{ kind: 'event-bus' }, 'AWSEvents.PutEvents', { Entries: [{ EventBusName: 'https://out', Source: 'cdk-bedrock-haiku', DetailType: 'Haiku Result' }] }],
  [{ kind: 'bucket', prefix: 'answers/' }, 'PUT /https://out/answers/m1.json', { recordId: 'm1' }],
  [{ kind: 'table', partitionKey: 'pk' }, 'DynamoDB_20120810.PutItem', { TableName: 'https://out', Item: { pk: { S: 'm1' } } }],
])('%j gets the result', async (output, target, input) => {
  expect(await handle(worker({ output }), message('m1'))).toEqual([]);
  expect(aws.inputsOf(target)).toMatchObject([input]);
});

test('a result that an event bus did not take is told again', async () => {
  aws.answers.set('AWSEvents.PutEvents', [{ status: 200, body: { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] } }, { status: 200, body: {} }]);
  const one = worker({ output: { kind: 'event-bus' } });
  expect([await handle(one, message('m1')), await handle(one, message('m1'))]).toEqual([['m1'], []]);
  expect(bedrock.calls).toHaveLength(1);
});

test('where the table cannot be reached, messages wait in the queue and the log says why', async () => {
  table.change = async () => { throw new Error('no table'); };
  expect(await handle(worker(), message('m1'))).toEqual(['m1']);
  expect(hidden()).toEqual([['receipt of m1', 10]]);
  expect(logged).toEqual([{ level: 'ERROR', message: 'put back', messageId: 'm1', error: 'Error', reason: 'no table' }]);
  expect(bedrock.calls).toEqual([]);
});
