import { respond } from '../../../src/handlers/invoke/events/respond';
import { eachWithOwnInvoker } from '../../invoker/each-with-stand-in';
import { contextWith, TestInvoker } from '../../invoker/test-invoker';
import { BedrockStandIn, Fault } from '../../stand-ins/bedrock-runtime';
import { messagesKept } from '../../stand-ins/sqs-poller';

const ARN = 'arn:aws:sqs:eu-west-2:111122223333:work';
const batch = (count: number) => ({
  Records: Array.from({ length: count }, (_, index) => ({
    messageId: `m${index}`,
    receiptHandle: 'AQEB',
    body: `{"prompt":"secret ${index}"}`,
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1545082649183', SenderId: 'AIDAIENQZJOLO23YVJ4VO', ApproximateFirstReceiveTimestamp: '1545082649185' },
    messageAttributes: {},
    md5OfBody: '098f6bcd4621d373cade4e832627b4f6',
    eventSource: 'aws:sqs',
    eventSourceARN: ARN,
    awsRegion: 'eu-west-2',
  })),
});

let standIn: BedrockStandIn;
let invoker: TestInvoker;
eachWithOwnInvoker((started) => { standIn = started; }, () => ({ standIn, invoker }));

async function handle(count: number, { known, left = 30_000 }: { known: boolean; left?: number }) {
  const started = Date.now();
  invoker = TestInvoker.create({ url: standIn.url, options: { retry: { maxAttempts: 1 } }, reportingQueues: known ? [ARN] : [] });
  const context = { ...contextWith(left), getRemainingTimeInMillis: () => left - (Date.now() - started) };
  const outcome = await respond(batch(count), context, invoker).then((result) => ({ result }), (error: unknown) => ({ error }));
  const kept = (reports: boolean) => messagesKept(batch(count).Records.map(({ messageId }) => messageId), outcome, reports);
  return { outcome, kept };
}

test('a queue whose mapping reports failures keeps the one message that was throttled', async () => {
  standIn.faults.push(Fault.throttling());
  const { outcome, kept } = await handle(3, { known: true });
  expect(outcome).toEqual({ result: { batchItemFailures: [{ itemIdentifier: expect.stringMatching(/^m\d$/) as unknown }] } });
  expect(kept(true)).toHaveLength(1);
});

test.each([true, false])('a queue whose mapping is not known keeps the whole batch then, whether or not it reports (%s)', async (reports) => {
  standIn.faults.push(Fault.throttling());
  const { outcome, kept } = await handle(3, { known: false });
  expect(outcome).toMatchObject({ error: { name: 'RateLimitError', retryable: true } });
  expect(JSON.stringify([outcome, (outcome as { error: Error }).error.message])).not.toContain('secret');
  expect(kept(reports)).toHaveLength(3);
});

test.each([true, false])('a batch in which all were answered is deleted (known: %s)', async (known) => {
  const { outcome, kept } = await handle(3, { known });
  expect(outcome).toEqual({ result: { batchItemFailures: [] } });
  expect([kept(true), kept(false)]).toEqual([[], []]);
});

test('of thirty messages that take most of the time that is left, ten are paid for, all of which are answered', async () => {
  // An answer takes 2.4 of the 3.6 seconds: on a busy machine, too, one fits and two do not.
  standIn.faults.always(Fault.slowDrip(300));
  const { outcome, kept } = await handle(30, { known: true, left: 500 + 3600 });
  expect(standIn.calls).toHaveLength(10);
  expect(outcome).toHaveProperty('result');
  expect(kept(true)).toHaveLength(20);
  expect(invoker.lines.filter(({ message }) => message === 'answered')).toHaveLength(10);
  expect(invoker.lines.at(-1)).toEqual({ message: 'not asked', source: 'sqs', lambdaRequestId: 'lambda-1', messages: 30, notBegun: 20, keptBack: 0 });
});
