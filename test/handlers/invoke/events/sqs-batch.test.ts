import * as fc from 'fast-check';
import { askBatch, BatchResult } from '../../../../src/handlers/invoke/events/sqs-batch';
import { InvokerError, InvokerErrorName } from '../../../../src/handlers/invoke/failures/errors';
import { TestClock } from '../../../invoker/test-invoker';
import { messagesKept } from '../../../stand-ins/sqs-poller';
import '../../../property-seed';

const arn = (queue: string) => `arn:aws:sqs:eu-west-2:111122223333:${queue}`;

interface Message { id: string; body?: unknown; group?: string }
const batch = (messages: Message[], queue = 'work') => ({
  Records: messages.map(({ id, body = { prompt: id }, group }) => ({
    messageId: id,
    eventSource: 'aws:sqs',
    eventSourceARN: arn(queue),
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: group === undefined ? {} : { MessageGroupId: group },
  })),
});

interface Asked {
  /** The messages whose calls fail, with which error. */
  readonly failing?: Record<string, InvokerErrorName>;
  readonly retryable?: boolean;
  readonly reportingQueues?: string[];
  readonly left?: number;
  /** How long each call takes. */
  readonly duration?: (prompt: string) => number;
}

const KNOWN = [arn('work'), arn('work.fifo')];

async function ask(event: ReturnType<typeof batch>, given: Asked = {}) {
  const { failing = {}, retryable, reportingQueues = KNOWN, left = 60_000, duration = () => 0 } = given;
  const asked: string[] = [];
  const notAsked: unknown[] = [];
  const clock = new TestClock();
  // Calls that run at the same time end at the same time.
  const ends = new Map<string, number>();
  const result = askBatch(event, {
    clock,
    deadline: clock.now() + left,
    reportingQueues,
    notAsked: (counts) => notAsked.push(counts),
    ask: async (read) => {
      const { prompt } = read() as { prompt: string };
      asked.push(prompt);
      ends.set(prompt, clock.now() + duration(prompt));
      await new Promise(setImmediate);
      await clock.sleep(Math.max(0, ends.get(prompt)! - clock.now()));
      if (failing[prompt]) throw new InvokerError(failing[prompt], `about ${prompt}`, { retryable });
    },
  });
  const failedOf = ({ batchItemFailures }: BatchResult) => ({ failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) });
  const outcome: { failed?: string[]; error?: InvokerError } = await result.then(failedOf, (error: InvokerError) => ({ error }));
  return { asked, notAsked, ...outcome };
}
const allOf = (ids: string[], name: InvokerErrorName = 'RateLimitError') => Object.fromEntries(ids.map((id) => [id, name]));

test('only the messages without an answer stay in the queue', async () => {
  const { asked, failed } = await ask(batch([{ id: 'a' }, { id: 'b' }, { id: 'c', body: 'not json' }]), { failing: allOf(['b']) });
  expect(asked.sort()).toEqual(['a', 'b']);
  expect(failed?.sort()).toEqual(['b', 'c']);
});

test('a message that a batch holds twice is asked once', async () => {
  expect(await ask(batch([{ id: 'a' }, { id: 'a' }, { id: 'b' }]))).toEqual({ asked: ['a', 'b'], failed: [], notAsked: [] });
});

test('a FIFO queue keeps the rest of a group back after a failure, and other groups go on', async () => {
  const messages = [{ id: 'a1', group: 'a' }, { id: 'b1', group: 'b' }, { id: 'a2', group: 'a' }, { id: 'a3', group: 'a' }, { id: 'b2', group: 'b' }];
  const { asked, failed, notAsked } = await ask(batch(messages, 'work.fifo'), { failing: allOf(['a2']) });
  expect(asked.filter((id) => id.startsWith('a'))).toEqual(['a1', 'a2']);
  expect(asked.filter((id) => id.startsWith('b'))).toEqual(['b1', 'b2']);
  expect(failed).toEqual(['a2', 'a3']);
  expect(notAsked).toEqual([{ messages: 5, notBegun: 0, keptBack: 1 }]);
});

test('a standard queue knows no order, also with message groups', async () => {
  const { asked, failed } = await ask(batch([{ id: 'a1', group: 'a' }, { id: 'a2', group: 'a' }]), { failing: allOf(['a1']) });
  expect(asked).toEqual(['a1', 'a2']);
  expect(failed).toEqual(['a1']);
});

test('a batch of any size is asked ten at a time', async () => {
  let running = 0;
  let most = 0;
  const clock = new TestClock();
  const { batchItemFailures } = await askBatch(batch(Array.from({ length: 100 }, (_, index) => ({ id: `m${index}` }))), {
    clock,
    deadline: clock.now() + 60_000,
    reportingQueues: [],
    notAsked: () => {},
    ask: async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
    },
  });
  expect({ most, batchItemFailures }).toEqual({ most: 10, batchItemFailures: [] });
});

test('where every message failed, the invocation fails too', async () => {
  const { error } = await ask(batch([{ id: 'a' }, { id: 'b' }, { id: 'c' }]), { failing: { ...allOf(['a', 'b']), c: 'InvalidRequestError' }, retryable: true });
  expect(error).toMatchObject({
    name: 'RateLimitError',
    retryable: true,
    message: '3 of 3 messages of the batch got no answer: 2 RateLimitError, 1 InvalidRequestError. The whole batch comes again.',
  });
});

test('a failure in a batch of a queue that is not known to keep it alone fails the invocation, and says why', async () => {
  const { error, asked } = await ask(batch([{ id: 'a' }, { id: 'b' }, { id: 'c' }]), { failing: allOf(['b'], 'AccessDeniedError'), reportingQueues: [arn('other')] });
  expect(asked).toEqual(['a', 'b', 'c']);
  expect(error).toMatchObject({
    name: 'AccessDeniedError',
    retryable: false,
    message: '1 of 3 messages of the batch got no answer: 1 AccessDeniedError. The whole batch comes again, and with it the 2 that were answered, '
      + 'since it is not known that the event source mapping reports batch item failures. '
      + 'Make queue and mapping in the app and stack of this function, which then sees to it.',
  });
});

test('what cannot finish is not begun: of thirty messages of two seconds with three seconds left, ten are asked', async () => {
  const messages = Array.from({ length: 30 }, (_, index) => ({ id: `m${index}` }));
  const { asked, failed, notAsked } = await ask(batch(messages), { left: 3000, duration: () => 2000 });
  expect(asked).toHaveLength(10);
  expect(failed).toEqual(messages.slice(10).map(({ id }) => id));
  expect(notAsked).toEqual([{ messages: 30, notBegun: 20, keptBack: 0 }]);
});

test.each([[250, 1], [249, 0]])('with %d ms left, %d message is begun', async (left, begun) => {
  const { asked, error } = await ask(batch([{ id: 'a' }]), { left });
  expect(asked).toHaveLength(begun);
  expect(error === undefined).toBe(begun === 1);
});

test('a batch of which nothing was begun fails, and may be tried again', async () => {
  const { error } = await ask(batch([{ id: 'a' }, { id: 'b' }]), { left: 100 });
  expect(error).toMatchObject({
    name: 'ModelTimeoutError', retryable: true, message: '2 of 2 messages of the batch got no answer: 2 not begun. The whole batch comes again.',
  });
});

const errorName = fc.constantFrom<InvokerErrorName>('RateLimitError', 'InvalidRequestError', 'ModelTimeoutError');
const message = fc.record({
  id: fc.constantFrom(...'abcdefgh'), group: fc.constantFrom('x', 'y'), error: fc.option(errorName, { nil: undefined }), ms: fc.constantFrom(0, 100, 2000),
});
const anyBatch = fc.record({
  messages: fc.array(message, { minLength: 1, maxLength: 12 }),
  setting: fc.constantFrom({ reports: true, known: true }, { reports: true, known: false }, { reports: false, known: false }),
  queue: fc.constantFrom('work', 'work.fifo'),
  left: fc.constantFrom(0, 500, 3000, 60_000),
});

test('under every setting of the mapping no message without an answer is deleted, and none with one is kept where that is known', async () => {
  await fc.assert(fc.asyncProperty(anyBatch, async ({ messages, setting: { reports, known }, queue, left }) => {
    const failing = Object.fromEntries(messages.flatMap(({ id, error }) => error ? [[id, error]] : []));
    const ms = Object.fromEntries(messages.map(({ id, ms: duration }) => [id, duration]));
    const reportingQueues = known ? [arn(queue)] : [];
    const { asked, failed, error } = await ask(batch(messages, queue), { failing, left, duration: (id) => ms[id], reportingQueues });
    const sent = [...new Set(messages.map(({ id }) => id))];
    const unanswered = sent.filter((id) => failing[id] || !asked.includes(id));
    const result = { batchItemFailures: failed?.map((itemIdentifier) => ({ itemIdentifier })) };
    const kept = messagesKept(sent, error ? { error } : { result }, reports);
    expect(kept).toEqual(expect.arrayContaining(unanswered));
    if (known) expect(kept).toEqual(unanswered);
    if (error) expect(error).toBeInstanceOf(InvokerError);
  }), { numRuns: 500 });
});
