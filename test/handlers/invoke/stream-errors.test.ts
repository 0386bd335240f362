import { respondStreaming } from '../../../src/handlers/invoke/events/respond-streaming';
import { eachWithStandIn } from '../../invoker/each-with-stand-in';
import { functionUrlEvent } from '../../invoker/http-events';
import { ResponseSink, withHead } from '../../invoker/response-sink';
import { contextWith, TestInvoker } from '../../invoker/test-invoker';
import { BedrockStandIn, Fault } from '../../stand-ins/bedrock-runtime';
import { chunkFrame, exceptionFrame } from '../../stand-ins/bedrock-runtime/event-stream';

let standIn: BedrockStandIn;
eachWithStandIn((started) => ({ standIn } = started));

const event = functionUrlEvent({ body: { prompt: 'Hello', max_tokens: 100, stream: true } });
const withFrames = (change: (chunks: Buffer[]) => Buffer[]): Fault => ({ alter: (answer) => ({ ...answer, chunks: change(answer.chunks) }) });
const typesOf = (sink: ResponseSink) => sink.events.map(({ type }) => type);

async function stream() {
  const sink = new ResponseSink();
  const invoker = TestInvoker.create({ url: standIn.url, options: { retry: { baseDelayMs: 1 } } });
  await respondStreaming(event, sink, contextWith(30_000), invoker, withHead);
  invoker.close();
  return { sink, line: invoker.lines.at(-1) };
}

test('an inner event that is an error is the stream\'s last, once, and has its name in the log', async () => {
  const error = chunkFrame({ type: 'error', error: { type: 'overloaded_error', message: 'So it is.' } });
  standIn.faults.push(withFrames((chunks) => [...chunks.slice(0, 3), error, ...chunks.slice(3)]));
  const { sink, line } = await stream();
  expect(typesOf(sink)).toEqual(['message_start', 'content_block_start', 'content_block_delta', 'error']);
  expect(sink.events.at(-1)!.data).toMatchObject({ type: 'error', error: { type: 'overloaded_error', message: 'overloaded_error: So it is.' } });
  expect(line).toMatchObject({ message: 'failed', error: 'OverloadedError', errorCode: 'overloaded_error', attempts: 1 });
});

describe('a stream that breaks off before its first event', () => {
  const broken = withFrames(() => [exceptionFrame('modelStreamErrorException', 'Retry your request.')]);

  test('is asked for again', async () => {
    standIn.faults.push(broken);
    const { sink, line } = await stream();
    expect(typesOf(sink).at(-1)).toBe('message_stop');
    expect(line).toMatchObject({ message: 'answered', attempts: 2, retried: ['ModelError'] });
  });

  test('again and again is an error that its caller may repeat', async () => {
    standIn.faults.always(broken);
    const { sink, line } = await stream();
    expect(sink.head).toMatchObject({ statusCode: 502, headers: { 'x-should-retry': 'true' } });
    expect(line).toMatchObject({ error: 'ModelError', attempts: 4 });
  });
});
