import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { respondStreaming } from '../../../src/handlers/invoke/events/respond-streaming';
import { eachWithOwnInvoker } from '../../invoker/each-with-stand-in';
import { functionUrlEvent } from '../../invoker/http-events';
import { ResponseSink, withHead } from '../../invoker/response-sink';
import { contextWith, TestInvoker } from '../../invoker/test-invoker';
import type { TestInvokerProps } from '../../invoker/test-invoker';
import { BedrockStandIn, Fault } from '../../stand-ins/bedrock-runtime';

const event = functionUrlEvent({ body: { messages: [{ role: 'user', content: 'Hello there, model' }], max_tokens: 30_000, stream: true } });
const withFrames = (change: (chunks: Buffer[]) => Buffer[]): Fault => ({ alter: (answer) => ({ ...answer, chunks: change(answer.chunks) }) });

let standIn: BedrockStandIn;
let invoker: TestInvoker;
eachWithOwnInvoker((started) => { standIn = started; }, () => ({ standIn, invoker }));

async function stream(sink: ResponseSink, left = 30_000, props: Partial<TestInvokerProps> = {}) {
  invoker = TestInvoker.create({ url: standIn.url, ...props });
  await respondStreaming(event, sink, contextWith(left), invoker, withHead);
  return invoker.lines[0];
}

test('a caller that stops reading is waited for until the deadline, and the line is written', async () => {
  const sink = new ResponseSink();
  sink._write = () => undefined;
  standIn.faults.push(withFrames((chunks) => [...chunks.slice(0, 3), ...Array<Buffer>(200).fill(chunks[3]), ...chunks.slice(4)]));
  const started = Date.now();
  const line = await stream(sink, 800);
  expect(Date.now() - started).toBeLessThan(2000);
  expect(sink.destroyed).toBe(true);
  expect(line).toMatchObject({ message: 'abandoned', streamed: true, ServerErrors: 0 });
});

test('a caller that stops reading at the last event is waited for no longer either', async () => {
  const sink = new ResponseSink(true);
  sink._write = () => undefined;
  const line = await stream(sink, 800);
  expect(line).toMatchObject({ message: 'abandoned' });
});

test.each([
  ['before the first attempt', Fault.throttling(0), 0, 0],
  ['while the model is silent', Fault.hang(), 200, 1],
  ['while an attempt is waited for', Fault.throttling(5), 200, 1],
])('a caller that hangs up %s costs no further attempt', async (_, fault, after, calls) => {
  standIn.faults.always(fault);
  const sink = new ResponseSink();
  if (after === 0) sink.destroy();
  else setTimeout(() => sink.destroy(), after);
  const started = Date.now();
  const line = await stream(sink);
  expect(Date.now() - started).toBeLessThan(2000);
  expect(line).toMatchObject({ message: 'abandoned', streamed: true, ClientErrors: 0, ServerErrors: 0 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(standIn.calls).toHaveLength(calls);
});

test('a service that stays silent after the last event holds nobody', async () => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const type of ['message_start', 'message_stop']) response.write(`event: ${type}\ndata: ${JSON.stringify({ type })}\n\n`);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const started = Date.now();
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sink = new ResponseSink();
  const line = await stream(sink, 30_000, { url: address, endpoint: 'bedrock-mantle', modelId: 'anthropic.claude-haiku-4-5', region: 'eu-west-1' });
  server.closeAllConnections();
  server.close();
  expect(Date.now() - started).toBeLessThan(2000);
  expect(sink.events.map(({ type }) => type)).toEqual(['message_start', 'message_stop']);
  expect(line).toMatchObject({ message: 'answered', ServerErrors: 0 });
});

test('a stream whose time is over is not told to stream, nor its HTTP caller of the function', async () => {
  standIn.faults.always(Fault.hang());
  const sink = new ResponseSink();
  const line = await stream(sink, 800);
  expect(JSON.parse(sink.text)).toMatchObject({ error: { type: 'timeout_error', message: 'The model did not finish its answer in time. Lower max_tokens.' } });
  expect(line.reason).toMatch(/ did not finish its answer within \d+ ms\. Raise the function's timeout \(at most 15 minutes\), or lower max_tokens\.$/);
});
