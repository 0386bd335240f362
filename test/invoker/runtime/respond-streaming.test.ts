import { once } from 'node:events';
import { respondStreaming } from '../../../src/invoker/runtime/respond-streaming';
import { BedrockStandIn, Fault } from '../../stand-ins/bedrock-runtime';
import { ResponseSink, withHead } from '../response-sink';
import { contextWith, REGION, TestInvoker } from '../test-invoker';
import type { TestInvokerProps } from '../test-invoker';

const url = (body: unknown) => ({ version: '2.0', rawPath: '/', requestContext: { domainName: 'x.lambda-url.eu-west-2.on.aws', http: { method: 'POST' } }, body: JSON.stringify(body) });
const body = { messages: [{ role: 'user', content: 'Hello there, model' }], max_tokens: 30_000, stream: true };
const EVENTS = ['message_start', 'content_block_start', ...Array(4).fill('content_block_delta'), 'content_block_stop', 'message_delta', 'message_stop'];
const quick = { retry: { baseDelayMs: 1 } };

let standIn: BedrockStandIn;
let invoker: TestInvoker;
beforeEach(async () => { standIn = await BedrockStandIn.start({ region: REGION }); });
afterEach(async () => {
  invoker.close();
  await standIn.stop();
});

type StreamProps = Partial<TestInvokerProps> & { readonly sink?: ResponseSink; readonly left?: number };

async function stream(event: unknown, { sink = new ResponseSink(), left = 30_000, ...props }: StreamProps = {}) {
  invoker = TestInvoker.create({ url: standIn.url, options: quick, ...props });
  await respondStreaming(event, sink, contextWith(left), invoker, withHead);
  if (!sink.writableFinished && !sink.destroyed) await once(sink, 'finish');
  return { sink, line: invoker.lines.at(-1) };
}
const typesOf = (sink: ResponseSink) => sink.events.map(({ type }) => type);

test('a Function URL gets the Messages events as server-sent events, and the log their facts', async () => {
  const { sink, line } = await stream(url(body));
  expect(sink.head).toEqual({ statusCode: 200, headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', 'request-id': expect.any(String) } });
  expect(typesOf(sink)).toEqual(EVENTS);
  expect(sink.events.map(({ data }) => (data.delta as { text?: string } | undefined)?.text ?? '').join('')).toBe('You said: Hello there, model');
  expect(standIn.calls[0].path).toMatch(/\/invoke-with-response-stream$/);
  expect(line).toMatchObject({ message: 'answered', streamed: true, source: 'function-url', stopReason: 'end_turn', TimeToFirstToken: expect.any(Number), InputTokens: expect.any(Number), OutputTokens: expect.any(Number), refused: false });
});

test('the mantle endpoint\'s events arrive the same way', async () => {
  const modelId = 'anthropic.claude-haiku-4-5';
  await standIn.stop();
  standIn = await BedrockStandIn.start({ region: 'eu-west-1' });
  const { sink, line } = await stream(url(body), { endpoint: 'bedrock-mantle', modelId, region: 'eu-west-1' });
  expect(typesOf(sink).filter((type) => type !== 'ping')).toEqual(EVENTS);
  expect(line).toMatchObject({ message: 'answered', endpoint: 'bedrock-mantle', stopReason: 'end_turn' });
  expect(standIn.calls[0]).toMatchObject({ path: '/anthropic/v1/messages', status: 200 });
});

test('a direct invocation reads the same events, without an HTTP head', async () => {
  const { sink } = await stream(body);
  expect({ head: sink.head, contentType: sink.contentType, types: typesOf(sink) }).toEqual({ head: undefined, contentType: 'text/event-stream', types: EVENTS });
});

test('an HTTP caller that says "stream": false gets the answer whole', async () => {
  const { sink, line } = await stream(url({ ...body, max_tokens: 100, stream: false }));
  expect(sink.head).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
  expect(JSON.parse(sink.text)).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
  expect(line).toMatchObject({ streamed: false });
});

test('a caller that reads slowly loses nothing', async () => {
  const { sink } = await stream(url(body), { sink: new ResponseSink(true) });
  expect(typesOf(sink)).toEqual(EVENTS);
});

test('a failure before the first event is retried', async () => {
  standIn.faults.push(Fault.resetBeforeResponse(), Fault.throttling(0));
  const { sink, line } = await stream(url(body));
  expect(typesOf(sink)).toEqual(EVENTS);
  expect(line).toMatchObject({ message: 'answered', attempts: 3, Throttles: 1 });
});

test('a failure that lasts has its status and the Messages error body', async () => {
  standIn.faults.always(Fault.serviceUnavailable());
  const { sink } = await stream(url(body));
  expect(sink.head).toMatchObject({ statusCode: 529, headers: { 'content-type': 'application/json' } });
  expect(JSON.parse(sink.text)).toMatchObject({ type: 'error', error: { type: 'overloaded_error', message: 'ServiceUnavailableException: Bedrock is unable to process your request.' } });
  expect(standIn.calls).toHaveLength(4);
});

test('a bad request of a direct invocation is thrown, of an HTTP caller answered', async () => {
  await expect(stream({ prompt: '' })).rejects.toMatchObject({ name: 'InvalidRequestError' });
  const { sink } = await stream({ ...url({}), body: 'secret words' });
  expect(sink.head).toMatchObject({ statusCode: 400 });
  expect(standIn.calls).toEqual([]);
});

test.each([
  ['a reset', Fault.resetInBody(), 'api_error', /^The function could not get the model's answer\. Its log says why\.$/, 'ConnectionError'],
  ['a truncated frame', Fault.truncatedFrame(), 'api_error', /^The stream ended inside a frame\.$/, 'InvalidResponseError'],
  ['a corrupt frame', Fault.corruptFrame(), 'api_error', /^The stream holds a frame that cannot be read: /, 'InvalidResponseError'],
  ['a throttle', Fault.exceptionInStream('throttlingException', 'Too many.'), 'rate_limit_error', /^throttlingException: Too many\.$/, 'RateLimitError'],
  ['a model error', Fault.exceptionInStream('modelStreamErrorException', 'Broken.'), 'api_error', /^modelStreamErrorException: Broken\.$/, 'ModelError'],
])('%s after the first event ends the stream with an error event, and is not retried', async (_, fault, type, message, error) => {
  standIn.faults.push(fault);
  const { sink, line } = await stream(url(body));
  expect(typesOf(sink)[0]).toBe('message_start');
  expect(sink.events.at(-1)).toMatchObject({ type: 'error', data: { type: 'error', error: { type, message: expect.stringMatching(message) } } });
  expect(standIn.calls).toHaveLength(1);
  expect(line).toMatchObject({ message: 'failed', error });
});

test('a stream that outlasts Lambda\'s time ends with an error event', async () => {
  standIn.faults.push(Fault.slowDrip(150));
  const { sink, line } = await stream(url(body), { left: 900 });
  expect(sink.events.at(-1)).toMatchObject({ type: 'error', data: { error: { type: 'timeout_error' } } });
  expect(line).toMatchObject({ error: 'ModelTimeoutError' });
});

test('a caller that hangs up ends the call to the model', async () => {
  standIn.faults.push(Fault.slowDrip(50));
  const sink = new ResponseSink();
  const write = sink._write.bind(sink);
  sink._write = (...args) => {
    write(...args);
    if (typesOf(sink).length >= 2) sink.destroy();
  };
  const { line } = await stream(url(body), { sink });
  expect(typesOf(sink)).not.toContain('message_stop');
  expect(line).toMatchObject({ message: 'abandoned', streamed: true });
});

test('a guardrailed stream is flagged, and its text is logged only on request', async () => {
  standIn.faults.push(Fault.guardrailIntervened());
  const { line } = await stream(url(body), { options: { ...quick, logContent: true } });
  expect(line).toMatchObject({ guardrailIntervened: true, stopReason: 'guardrail_intervened' });
  expect(invoker.lines[0]).toMatchObject({ message: 'content', answer: 'Sorry, the model cannot answer this question.' });
});

test('a queue cannot take a stream', async () => {
  await expect(stream({ Records: [{ eventSource: 'aws:sqs' }] })).rejects.toMatchObject({
    name: 'ConfigurationError', message: 'This function streams its answers, which a queue cannot take. Point the queue at a HaikuInvoker without streaming.',
  });
});
