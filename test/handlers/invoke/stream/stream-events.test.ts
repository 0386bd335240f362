import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { BedrockRuntimeClient, InvokeModelWithResponseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { EventStreamCodec } from '@smithy/core/event-streams';
import * as fc from 'fast-check';
import { InvokerError } from '../../../../src/handlers/invoke/failures/errors';
import { EXPLANATIONS } from '../../../../src/handlers/invoke/failures/explain';
import { Reply } from '../../../../src/handlers/invoke/http/reply';
import { StreamEvent, streamEvents } from '../../../../src/handlers/invoke/stream/stream-events';
import { MODEL_ID, REGION } from '../../../invoker/test-invoker';
import { TEST_CREDENTIALS } from '../../../stand-ins/bedrock-runtime';
import { chunkFrame, exceptionFrame } from '../../../stand-ins/bedrock-runtime/event-stream';
import '../../../property-seed';

const RUNTIME = 'application/vnd.amazon.eventstream';
const MANTLE = 'text/event-stream; charset=utf-8';
const EVENTS = [
  { type: 'message_start', message: { usage: { input_tokens: 3 } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Grüße, 世界 🌍' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
  { type: 'message_stop' },
];
const TYPES = EVENTS.map(({ type }) => type);
const codec = new EventStreamCodec((bytes) => Buffer.from(bytes as Uint8Array).toString(), (text) => Buffer.from(text));

function frame(headers: Record<string, string>, body: string): Buffer {
  const tagged = Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }]);
  return Buffer.from(codec.encode({ headers: Object.fromEntries(tagged), body: Buffer.from(body) }));
}

const inner = (text: string) => frame({ ':event-type': 'chunk', ':message-type': 'event' }, JSON.stringify({ bytes: Buffer.from(text).toString('base64') }));
const sse = (event: { type?: string; [field: string]: unknown }, name = event.type) => Buffer.from(`${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(event)}\n\n`);

interface Outcome { readonly events: StreamEvent[]; readonly batches: number; readonly failure?: InvokerError }

async function read(chunks: Buffer[], type = RUNTIME): Promise<Outcome> {
  const message = Object.assign(Readable.from(chunks), { statusCode: 200, headers: { 'content-type': type, 'x-amzn-requestid': 'id' } }) as unknown as IncomingMessage;
  const events: StreamEvent[] = [];
  let batches = 0;
  try {
    for await (const batch of streamEvents(new Reply(message, (error) => new InvokerError('ConnectionError', error.message)), async () => EXPLANATIONS)) {
      events.push(...batch);
      batches++;
    }
  } catch (failure) {
    return { events, batches, failure: failure as InvokerError };
  }
  return { events, batches };
}

const client = new BedrockRuntimeClient({
  region: REGION,
  credentials: TEST_CREDENTIALS,
  maxAttempts: 1,
  requestHandler: { metadata: { handlerProtocol: 'http/1.1' }, handle: async () => ({ response: sdkReply }) } as never,
});
let sdkReply: unknown;
afterAll(() => client.destroy());

/** The same bytes, as the AWS SDK's own client reads them. */
async function readBySdk(chunks: Buffer[]): Promise<{ data: string[]; failed: boolean }> {
  sdkReply = { statusCode: 200, headers: { 'content-type': RUNTIME }, body: Readable.from(chunks) };
  const data: string[] = [];
  try {
    const { body } = await client.send(new InvokeModelWithResponseStreamCommand({ modelId: MODEL_ID, body: '{}' }));
    for await (const { chunk } of body!) if (chunk?.bytes) data.push(Buffer.from(chunk.bytes).toString());
  } catch {
    return { data, failed: true };
  }
  return { data, failed: false };
}

function cut(stream: Buffer, sizes: number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < stream.length; at += chunks.at(-1)!.length) chunks.push(stream.subarray(at, at + sizes[chunks.length % sizes.length]));
  return chunks;
}

const unknown = fc.constantFrom(
  frame({ ':event-type': 'metrics', ':message-type': 'event' }, '{"x":1}'),
  frame({ ':event-type': 'initial-response', ':message-type': 'event' }, '{}'),
  frame({ ':event-type': 'metrics', ':message-type': 'event' }, 'not JSON'),
);
const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 });

test('events come out as they were sent, and as the SDK reads them, however the network cuts them and whatever unknown frames stand between', async () => {
  const some = fc.array(unknown, { maxLength: 2 });
  const known = fc.tuple(...EVENTS.map((event) => some.map((after) => [chunkFrame(event), ...after])));
  const frames = fc.tuple(some, known).map(([first, rest]) => Buffer.concat([...first, ...rest.flat()]));
  await fc.assert(fc.asyncProperty(frames, sizes, async (stream, given) => {
    const { events, failure } = await read(cut(stream, given));
    expect({ data: events.map(({ data }) => data), failed: failure !== undefined }).toEqual(await readBySdk([stream]));
    expect(events.map(({ body }) => body)).toEqual(EVENTS);
  }), { numRuns: 100 });
});

test('server-sent events come out as they were sent, however the network cuts them', async () => {
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
  await fc.assert(fc.asyncProperty(sizes, lineEnd, fc.boolean(), async (given, end, named) => {
    const text = EVENTS.map((event) => `${sse(event, named ? event.type : undefined)}: a comment\nid: 7\n\n`).join('').replaceAll('\n', end);
    const { events, failure } = await read(cut(Buffer.from(text), given), MANTLE);
    expect(failure).toBeUndefined();
    expect(events.map(({ type, body }) => ({ type, body }))).toEqual(EVENTS.map((body) => ({ type: body.type, body })));
  }), { numRuns: 200 });
});

const STREAM = Buffer.concat(EVENTS.map((event) => chunkFrame(event)));

test('a stream that ends at any byte has given its whole events, as many as the SDK', async () => {
  const ends = new Set(EVENTS.map((_, index) => Buffer.concat(EVENTS.slice(0, index).map((event) => chunkFrame(event))).length));
  for (let end = 0; end < STREAM.length; end++) {
    const { events, failure } = await read([STREAM.subarray(0, end)]);
    const theirs = await readBySdk([STREAM.subarray(0, end)]);
    expect(events.map(({ data }) => data)).toEqual(theirs.data);
    // The SDK takes up to three bytes of a frame for none.
    if (theirs.failed) expect(failure).toBeDefined();
    expect(failure?.message).toBe(ends.has(end) ? undefined : 'The stream ended inside a frame.');
  }
});

test('a stream with any one byte changed gives the events before it, as many as the SDK, and then a typed error', async () => {
  for (let at = 0; at < STREAM.length; at++) {
    const changed = Buffer.from(STREAM);
    changed[at] = (changed[at] + 1 + at % 255) % 256;
    const { events, failure } = await read([changed]);
    const theirs = await readBySdk([changed]);
    expect(events.map(({ data }) => data)).toEqual(theirs.data);
    expect({ at, name: failure?.name, failed: theirs.failed }).toEqual({ at, name: 'InvalidResponseError', failed: true });
  }
}, 60_000);

test.each([
  ['that is not JSON', inner('{"type":"message_delta", broken')],
  ['that is text', inner('zebra-42')],
  ['that is an array', inner('[]')],
  ['without a type', inner('{"x":"zebra-42"}')],
  ['whose type is no string', inner('{"type":{"a":1}}')],
  ['whose type has a line break', inner('{"type":"a\\nevent: b"}')],
  ['whose delta is cut off', inner('{"type":"content_block_delta","delta":{"text":"zebra-42')],
  ['without bytes', frame({ ':event-type': 'chunk', ':message-type': 'event' }, '{}')],
  ['whose frame is not JSON', frame({ ':event-type': 'chunk', ':message-type': 'event' }, 'zebra-42')],
])('an inner event %s is an error after the good events of its chunk, and is not quoted', async (_, bad) => {
  const { events, batches, failure } = await read([Buffer.concat([chunkFrame(EVENTS[0]), chunkFrame(EVENTS[1]), bad, chunkFrame(EVENTS[2])])]);
  expect(events.map(({ type }) => type)).toEqual(TYPES.slice(0, 2));
  expect(batches).toBe(1);
  expect(failure).toMatchObject({ name: 'InvalidResponseError', requestId: 'id', message: 'The stream holds an event that is no JSON object with a type.' });
});

test('a frame of an impossible length is an error after the good events of its chunk', async () => {
  const { events, failure } = await read([Buffer.concat([chunkFrame(EVENTS[0]), Buffer.from([0, 0, 0, 1, 0, 0, 0, 0])])]);
  expect(events.map(({ type }) => type)).toEqual(TYPES.slice(0, 1));
  expect(failure).toMatchObject({ name: 'InvalidResponseError', message: 'The stream holds a frame of 1 bytes; frames have 16 to 25165824.' });
});

test('an inner event of an unknown type is passed on', async () => {
  const { events } = await read([inner('{"type":"citations_delta","x":1}')]);
  expect(events).toEqual([{ type: 'citations_delta', data: '{"type":"citations_delta","x":1}', body: { type: 'citations_delta', x: 1 } }]);
});

test.each([
  ['of an unknown message type', frame({ ':event-type': 'chunk', ':message-type': 'remark' }, '{}')],
  ['without a message type', frame({ ':event-type': 'chunk' }, '{}')],
])('a frame %s is skipped', async (_, first) => {
  expect((await read([Buffer.concat([first, chunkFrame(EVENTS[0])])])).events.map(({ type }) => type)).toEqual(['message_start']);
});

test.each([
  [exceptionFrame('throttlingException', 'Slow down.'), { name: 'RateLimitError', retryable: true, message: 'throttlingException: Slow down.' }],
  [frame({ ':exception-type': 'modelStreamErrorException', ':message-type': 'exception' }, 'no JSON'), { name: 'ModelError', retryable: true, message: 'modelStreamErrorException: no JSON' }],
  [exceptionFrame('modelErrorException', 'No.'), { name: 'ModelError', retryable: false, message: 'modelErrorException: No.' }],
  [frame({ ':error-code': 'InternalFailure', ':error-message': 'Oh.', ':message-type': 'error' }, ''), { name: 'InternalServerError', retryable: true, message: 'InternalFailure: Oh.' }],
  [frame({ ':message-type': 'error' }, ''), { name: 'InternalServerError', message: 'unknown: unknown' }],
])('an exception or an error is thrown with its own name, after the events before it: %#', async (last, expected) => {
  const { events, failure } = await read([Buffer.concat([chunkFrame(EVENTS[0]), last])]);
  expect(events).toHaveLength(1);
  expect(failure).toMatchObject({ requestId: 'id', ...expected });
});

/** https://platform.claude.com/docs/en/api/errors, and whether its status is one that is tried again. */
test.each([
  ['invalid_request_error', 'InvalidRequestError', false],
  ['authentication_error', 'AuthenticationError', false],
  ['billing_error', 'AccessDeniedError', false],
  ['permission_error', 'AccessDeniedError', false],
  ['not_found_error', 'NotFoundError', false],
  ['request_too_large', 'RequestTooLargeError', false],
  ['rate_limit_error', 'RateLimitError', true],
  ['api_error', 'InternalServerError', true],
  ['timeout_error', 'ModelTimeoutError', true],
  ['overloaded_error', 'OverloadedError', true],
])('the Messages error %s is a %s, however it is framed', async (type, name, retryable) => {
  const event = { type: 'error', error: { type, message: 'So it is.' } };
  const withoutType: { error: object; type?: string } = { error: event.error };
  for (const [chunk, kind] of [[sse(event), MANTLE], [sse(event, undefined), MANTLE], [sse(withoutType, 'error'), MANTLE], [inner(JSON.stringify(event)), RUNTIME]] as const) {
    const { events, failure } = await read([chunk], kind);
    expect(events).toEqual([]);
    expect(failure).toMatchObject({ name, retryable, code: type, message: `${type}: So it is.` });
  }
});

test.each(['', 'zebra', '[]', '{}', '{"error":null}', '{"error":{}}'])('an error event with the data %p is an error of the service, not of the handler', async (data) => {
  const { failure } = await read([Buffer.from(`event: error\ndata: ${data}\n\n`)], MANTLE);
  expect((await read([inner('{"type":"error"}')])).failure).toEqual(failure);
  expect(failure).toMatchObject({ name: 'InternalServerError', message: 'unknown: no message', retryable: true });
});

test('a bad server-sent event is an error after the good ones of its chunk; an unknown one is passed on', async () => {
  const good = [sse(EVENTS[0]), Buffer.from('event: weather\ndata: sunny\n\n')];
  const { events, batches, failure } = await read([Buffer.concat([...good, Buffer.from('event: content_block_delta\ndata: zebra-42\n\n'), sse(EVENTS[1])])], MANTLE);
  expect(events).toEqual([{ type: 'message_start', data: JSON.stringify(EVENTS[0]), body: EVENTS[0] }, { type: 'weather', data: 'sunny', body: {} }]);
  expect(batches).toBe(1);
  expect(failure).toMatchObject({ name: 'InvalidResponseError', message: 'The stream holds an event that is no JSON object with a type.' });
});

test('a line without an end is not gathered for ever', async () => {
  const chunks = Array(25).fill(Buffer.from(`data: ${'x'.repeat(1024 * 1024)}`));
  expect((await read([sse(EVENTS[0]), ...chunks], MANTLE))).toMatchObject({
    events: [{ type: 'message_start' }],
    failure: { name: 'InvalidResponseError', message: 'The stream holds an event of more than 25165824 characters.' },
  });
});
