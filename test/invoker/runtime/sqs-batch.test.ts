import { askBatch } from '../../../src/invoker/runtime/sqs-batch';

interface Message { id: string; body?: unknown; group?: string }
const batch = (messages: Message[], queue = 'work') => ({
  Records: messages.map(({ id, body = { prompt: id }, group }) => ({
    messageId: id,
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:eu-west-2:111122223333:${queue}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: group === undefined ? {} : { MessageGroupId: group },
  })),
});

async function ask(event: ReturnType<typeof batch>, failing: string[] = []) {
  const asked: string[] = [];
  const { batchItemFailures } = await askBatch(event, async (read) => {
    const { prompt } = read() as { prompt: string };
    asked.push(prompt);
    await new Promise(setImmediate);
    if (failing.includes(prompt)) throw new Error('no');
  });
  return { asked, failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

test('only the messages without an answer stay in the queue', async () => {
  const { asked, failed } = await ask(batch([{ id: 'a' }, { id: 'b' }, { id: 'c', body: 'not json' }]), ['b']);
  expect(asked.sort()).toEqual(['a', 'b']);
  expect(failed.sort()).toEqual(['b', 'c']);
});

test('a message that a batch holds twice is asked once', async () => {
  expect(await ask(batch([{ id: 'a' }, { id: 'a' }, { id: 'b' }]))).toEqual({ asked: ['a', 'b'], failed: [] });
});

test('a FIFO queue keeps the rest of a group back after a failure, and other groups go on', async () => {
  const messages = [{ id: 'a1', group: 'a' }, { id: 'b1', group: 'b' }, { id: 'a2', group: 'a' }, { id: 'a3', group: 'a' }, { id: 'b2', group: 'b' }];
  const { asked, failed } = await ask(batch(messages, 'work.fifo'), ['a2']);
  expect(asked.filter((id) => id.startsWith('a'))).toEqual(['a1', 'a2']);
  expect(asked.filter((id) => id.startsWith('b'))).toEqual(['b1', 'b2']);
  expect(failed).toEqual(['a2', 'a3']);
});

test('a standard queue knows no order, also with message groups', async () => {
  const { asked, failed } = await ask(batch([{ id: 'a1', group: 'a' }, { id: 'a2', group: 'a' }]), ['a1']);
  expect(asked).toEqual(['a1', 'a2']);
  expect(failed).toEqual(['a1']);
});

test('a batch of any size is asked ten at a time', async () => {
  let running = 0;
  let most = 0;
  const messages = Array.from({ length: 100 }, (_, index) => ({ id: `m${index}` }));
  const { batchItemFailures } = await askBatch(batch(messages), async () => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
  });
  expect({ most, batchItemFailures }).toEqual({ most: 10, batchItemFailures: [] });
});
