import { once } from 'node:events';
import { respondStreaming } from '../../../../src/handlers/invoke/events/respond-streaming';
import { InvokerError } from '../../../../src/handlers/invoke/failures/errors';
import { eachWithOwnInvoker } from '../../../invoker/each-with-stand-in';
import { functionUrlEvent, httpApiEvent, httpApiEvent1, loadBalancerEvent, restApiEvent } from '../../../invoker/http-events';
import { ResponseSink, withHead } from '../../../invoker/response-sink';
import { contextWith, TestInvoker } from '../../../invoker/test-invoker';
import type { TestInvokerProps } from '../../../invoker/test-invoker';
import { BedrockStandIn, Fault } from '../../../stand-ins/bedrock-runtime';
import { chunkFrame, converseFrame } from '../../../stand-ins/bedrock-runtime/event-stream';

const url = (content: unknown) => functionUrlEvent({ body: content });
const body = { messages: [{ role: 'user', content: 'Hello there, model' }], max_tokens: 30_000, stream: true };
const EVENTS = ['message_start', 'content_block_start', ...Array(4).fill('content_block_delta'), 'content_block_stop', 'message_delta', 'message_stop'];
const quick = { retry: { baseDelayMs: 1 } };

let standIn: BedrockStandIn;
let invoker: TestInvoker;
eachWithOwnInvoker((started) => { standIn = started; }, () => ({ standIn, invoker }));

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

describe.each([['a Function URL', url], ['a REST API', (content: unknown) => restApiEvent({ body: content }, '/{proxy+}')]])('%s', (_, eventOf) => {
  test.each([false, null, undefined])('with "stream": %j gets the answer whole, as from the Messages API', async (asked) => {
    const { sink, line } = await stream(eventOf({ ...body, max_tokens: 100, stream: asked }));
    expect(sink.head).toEqual({ statusCode: 200, headers: { 'content-type': 'application/json', 'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    expect(JSON.parse(sink.text)).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
    expect(standIn.calls[0].path).toMatch(/\/invoke$/);
    expect(line).toMatchObject({ streamed: false });
  });

  test('with "stream": true gets a stream', async () => {
    expect(typesOf((await stream(eventOf(body))).sink)).toEqual(EVENTS);
  });

  test('with a path that is not served gets a 404 and a line in the log', async () => {
    const { sink, line } = await stream({ ...eventOf(body), rawPath: '/v1/messages/count_tokens', path: '/v1/messages/count_tokens' });
    expect(sink.head).toMatchObject({ statusCode: 404, headers: { 'request-id': 'lambda-1', 'x-should-retry': 'false' } });
    expect(line).toMatchObject({ message: 'failed', error: 'PathNotFoundError', lambdaRequestId: 'lambda-1' });
    expect(standIn.calls).toEqual([]);
  });
});

describe.each<[string, (content: unknown) => object]>([
  ['an HTTP API', (content) => httpApiEvent({ body: content })],
  ['an HTTP API with the format 1.0', (content) => httpApiEvent1({ body: content })],
  ['a load balancer', (content) => loadBalancerEvent({ body: content })],
])('%s, which cannot stream,', (_, eventOf) => {
  test('gets the result that a function without a stream returns', async () => {
    const { sink } = await stream(eventOf({ ...body, max_tokens: 100, stream: false }));
    expect({ head: sink.head, contentType: sink.contentType }).toEqual({ head: undefined, contentType: 'application/json' });
    const { statusCode, body: text } = JSON.parse(sink.text) as { statusCode: number; body: string };
    expect({ statusCode, type: (JSON.parse(text) as { type: string }).type }).toEqual({ statusCode: 200, type: 'message' });
  });

  test('is refused a stream', async () => {
    const { sink } = await stream(eventOf(body));
    expect(JSON.parse(sink.text)).toMatchObject({ statusCode: 400, body: expect.stringContaining('asks for a stream') });
    expect(standIn.calls).toEqual([]);
  });
});

test('a load balancer that sends lists of headers gets lists', async () => {
  const { sink } = await stream(loadBalancerEvent({ body: { prompt: 'Hello' } }, { multiValue: true }));
  expect(JSON.parse(sink.text)).toMatchObject({ statusCode: 200, multiValueHeaders: { 'content-type': ['application/json'] } });
});

test.each([undefined, true])('a direct invocation with "stream": %j gets a stream', async (asked) => {
  expect(typesOf((await stream({ ...body, stream: asked })).sink)).toEqual(EVENTS);
});

test('a direct invocation that says "stream": false gets the answer whole', async () => {
  const { sink, line } = await stream({ ...body, max_tokens: 100, stream: false });
  expect({ head: sink.head, contentType: sink.contentType }).toEqual({ head: undefined, contentType: 'application/json' });
  expect(JSON.parse(sink.text)).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
  expect(line).toMatchObject({ streamed: false, source: 'direct' });
});

test('a body is parsed once, also to learn whether it asks for a stream', async () => {
  const parse = jest.spyOn(JSON, 'parse');
  const event = url(body);
  await stream(event);
  const parsed = parse.mock.calls.filter(([text]) => text === event.body).length;
  parse.mockRestore();
  expect(parsed).toBe(1);
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
  ['a reset', Fault.resetInBody(), 'api_error', new RegExp(`^${new InvokerError('ConnectionError', '').forCallers().message}$`), 'ConnectionError'],
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

const withFrames = (change: (chunks: Buffer[]) => Buffer[]): Fault => ({ alter: (answer) => ({ ...answer, chunks: change(answer.chunks) }) });
const innerError = (type: string) => chunkFrame({ type: 'error', error: { type, message: 'So it is.' } });
const UNKNOWN_FRAME = converseFrame({ type: 'weather', payload: { sunny: true } });

test.each([
  ['torn', (): Fault => ({ alter: (answer) => ({ ...answer, chunks: [...answer.chunks, Buffer.from('rest')], resetAfterChunks: answer.chunks.length }) })],
  ['followed by half a frame', () => withFrames((chunks) => [...chunks, chunks[0].subarray(0, 20)])],
  ['followed by a corrupt frame', () => withFrames((chunks) => [...chunks, Buffer.alloc(40, 1)])],
])('a connection that is %s after the last event has brought the whole answer', async (_, fault) => {
  standIn.faults.push(fault());
  const { sink, line } = await stream(url(body));
  expect(typesOf(sink)).toEqual(EVENTS);
  expect(line).toMatchObject({ message: 'answered', stopReason: 'end_turn', attempts: 1, ServerErrors: 0 });
});

test('frames of a type that is not known are skipped, the first one too', async () => {
  standIn.faults.push(withFrames((chunks) => [UNKNOWN_FRAME, ...chunks.flatMap((chunk) => [chunk, UNKNOWN_FRAME])]));
  const { sink, line } = await stream(url(body));
  expect(typesOf(sink)).toEqual(EVENTS);
  expect(line).toMatchObject({ message: 'answered', attempts: 1 });
});

test('an inner event that is broken ends the stream after the good ones of its chunk', async () => {
  const broken = converseFrame({ type: 'chunk', payload: { bytes: Buffer.from('{"type":"message_delta", zebra').toString('base64') } });
  standIn.faults.push(withFrames((chunks) => [Buffer.concat([...chunks.slice(0, 3), broken])]));
  const { sink, line } = await stream(url(body));
  expect(typesOf(sink)).toEqual([...EVENTS.slice(0, 3), 'error']);
  expect(sink.events.at(-1)!.data).toMatchObject({ type: 'error', error: { type: 'api_error', message: 'The stream holds an event that is no JSON object with a type.' } });
  expect(line).toMatchObject({ message: 'failed', error: 'InvalidResponseError' });
});

test.each([
  ['invalid_request_error', 400, 1], ['authentication_error', 500, 1], ['permission_error', 500, 1], ['billing_error', 500, 1], ['not_found_error', 500, 1],
  ['request_too_large', 413, 1], ['rate_limit_error', 429, 4], ['api_error', 500, 4], ['timeout_error', 504, 4], ['overloaded_error', 529, 4],
])('a stream that begins with %s has status %i after %i attempts, on either endpoint', async (type, statusCode, attempts) => {
  standIn.faults.always(withFrames((chunks) => [innerError(type), ...chunks]));
  const runtime = await stream(url(body));
  expect(runtime.sink.head).toMatchObject({ statusCode, headers: { 'x-should-retry': String(attempts > 1 && statusCode !== 504) } });
  expect(standIn.calls).toHaveLength(attempts);
  expect(runtime.line).toMatchObject({ message: 'failed', attempts, errorCode: type });
  invoker.close();
  await standIn.stop();
  standIn = await BedrockStandIn.start({ region: 'eu-west-1' });
  const data = JSON.stringify({ type: 'error', error: { type, message: 'So it is.' } });
  standIn.faults.always(withFrames(() => [Buffer.from(`event: error\ndata: ${data}\n\n`)]));
  const { sink, line } = await stream(url(body), { endpoint: 'bedrock-mantle', modelId: 'anthropic.claude-haiku-4-5', region: 'eu-west-1' });
  expect(sink.head).toMatchObject({ statusCode });
  expect(standIn.calls).toHaveLength(attempts);
  expect(line).toMatchObject({ message: 'failed', attempts, errorCode: type });
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
