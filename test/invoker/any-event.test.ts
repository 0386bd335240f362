import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { ResponseSink, withHead } from './response-sink';
import { contextWith, TestClock, TestInvoker } from './test-invoker';
import type { InvokerOptions, LockableField } from '../../src/contract/invoker-options';
import { CONVERSE } from '../../src/handlers/invoke/dialects/converse-dialect';
import { MESSAGES } from '../../src/handlers/invoke/dialects/messages-dialect';
import { sourceOf } from '../../src/handlers/invoke/events/event-source';
import { respond } from '../../src/handlers/invoke/events/respond';
import { respondStreaming } from '../../src/handlers/invoke/events/respond-streaming';
import { InvokerError } from '../../src/handlers/invoke/failures/errors';
import { Reply } from '../../src/handlers/invoke/http/reply';
import type { Transport } from '../../src/handlers/invoke/http/transport';
import '../property-seed';

/** JSON with the names that the handler looks at, in any place and of any type. */
const names = fc.constantFrom(
  'messages', 'prompt', 'system', 'tools', 'content', 'cache_control', 'thinking', 'type', 'tool_choice', 'temperature', 'top_p', 'max_tokens',
  'model', 'inferenceConfig', 'toolConfig', 'additionalModelRequestFields', 'cachePoint', 'guardrailConfig', 'requestMetadata', 'anthropic_beta', 'stream', 'ttl', 'text', 'x',
);
const scalar = fc.constantFrom<unknown>(null, true, 0, 1, 1024, 99_999, -1, '', 'text', 'enabled', 'ephemeral', 'any', '1h', '5m');
const { json } = fc.letrec((tie) => ({
  json: fc.oneof({ maxDepth: 4 }, scalar, fc.string(), fc.double(), fc.array(tie('json'), { maxLength: 3 }), fc.dictionary(names, tie('json'), { maxKeys: 4 })),
}));
const conversation = fc.tuple(fc.array(json, { maxLength: 3 }), fc.dictionary(names, json, { maxKeys: 5 }))
  .map(([messages, more]) => ({ ...more, messages }));
const body = fc.oneof(json, conversation, fc.record({ prompt: fc.string() }));
const text = fc.oneof(body.map((value) => JSON.stringify(value) ?? ''), fc.string());
const path = fc.oneof({ weight: 3, arbitrary: fc.constant<unknown>('/v1/messages') }, fc.constantFrom<unknown>('/', '/model/x/converse', '/model//converse', '/x', '%', undefined, 1), fc.string());
const httpEvent = fc.record({
  version: fc.constantFrom('2.0', '1.0'),
  rawPath: path,
  path,
  routeKey: fc.constantFrom('$default', 'POST /x', 'POST /{proxy+}', 1),
  resource: fc.constantFrom(undefined, '/x', '/{proxy+}', {}),
  requestContext: fc.oneof(
    fc.record({ http: fc.record({ method: fc.constantFrom('POST', 'GET') }), domainName: fc.constantFrom('x.lambda-url.eu-west-2.on.aws', 'api') }),
    fc.constant({ stage: 'x' }),
    fc.constant({ elb: {} }),
  ),
  httpMethod: fc.constant('POST'),
  headers: fc.oneof(json, fc.constant({ 'anthropic-beta': 'a,b' }), fc.constant(undefined)),
  multiValueHeaders: fc.oneof(json, fc.constant({ 'anthropic-beta': ['a', 'b'] }), fc.constant(undefined)),
  body: fc.oneof(text, fc.constant(null)),
  isBase64Encoded: fc.boolean(),
});
const queueMessage = fc.record({
  messageId: fc.constantFrom('a', 'b', 'c'), body: text, eventSourceARN: fc.constantFrom('arn:q', 'arn:q.fifo'), attributes: json,
});
const queueEvent = fc.array(queueMessage, { minLength: 1, maxLength: 4 })
  .map((records) => ({ Records: records.map((record) => ({ ...record, eventSource: 'aws:sqs' })) }));
const event = fc.oneof({ weight: 3, arbitrary: body }, { weight: 2, arbitrary: httpEvent }, { weight: 1, arbitrary: queueEvent });

const reply = fc.record({
  status: fc.oneof({ weight: 3, arbitrary: fc.constant(200) }, { weight: 2, arbitrary: fc.integer({ min: 300, max: 599 }) }),
  headers: fc.dictionary(
    fc.constantFrom('x-amzn-errortype', 'retry-after', 'x-amzn-requestid', 'date', 'content-type'),
    fc.oneof(fc.string(), fc.constantFrom('3', 'ThrottlingException', 'text/event-stream')),
  ),
  chunks: fc.array(fc.oneof(text.map((value) => Buffer.from(value)), fc.uint8Array().map((bytes) => Buffer.from(bytes))), { maxLength: 3 }),
});
const ttl = fc.constantFrom<'5m' | '1h'>('5m', '1h');
const options = fc.record<InvokerOptions>({
  system: fc.string(),
  maxTokens: fc.constantFrom(1, 30_000),
  temperature: fc.constant(0.5),
  thinkingBudgetTokens: fc.constantFrom(1024, 5000),
  promptCaching: fc.record({ tools: ttl, system: ttl, messages: ttl }, { requiredKeys: [] }),
  logContent: fc.boolean(),
  requestMetadata: fc.constant({ k: 'ü' }),
  structuredOutputsUnsupported: fc.string(),
  lockedFields: fc.subarray<LockableField>(['system', 'maxTokens', 'sampling', 'thinking']),
}, { requiredKeys: [] });

interface Given { readonly status: number; readonly headers: Record<string, string>; readonly chunks: Buffer[] }

function invokerWith(given: Given, more: { options: InvokerOptions; dialect: typeof MESSAGES }): TestInvoker {
  const invoker = TestInvoker.create({ url: 'http://127.0.0.1:1', clock: new TestClock(), ...more });
  const { status: statusCode, headers, chunks } = given;
  const message = () => Object.assign(Readable.from(chunks), { statusCode, headers }) as unknown as IncomingMessage;
  const send = async () => new Reply(message(), (error) => new InvokerError('ConnectionError', error.message));
  return Object.assign(invoker, { parts: { ...invoker.parts, transport: { send } as unknown as Transport } });
}

/** What is wrong with an outcome; an error that names none of ours is a bug of the handler. */
function fault(source: string, outcome: unknown): string | undefined {
  if (outcome instanceof Error && !(outcome instanceof InvokerError)) return `threw ${outcome.stack}`;
  const shown = outcome instanceof Error ? outcome.message : JSON.stringify(outcome);
  if (shown.includes('The invoker failed:')) return `failed inside: ${shown}`;
  if (source === 'direct') return typeof outcome === 'object' && outcome !== null ? undefined : 'is no answer';
  if (source === 'sqs' && outcome instanceof Error) return undefined;
  if (source === 'sqs') return Array.isArray((outcome as { batchItemFailures?: unknown }).batchItemFailures) ? undefined : 'is no batch result';
  const { statusCode, body: answer } = outcome as { statusCode: number; body: string };
  const said = JSON.parse(answer) as { type?: unknown; message?: unknown; error?: { type?: unknown; message?: unknown } };
  if (statusCode === 200) return typeof said === 'object' ? undefined : 'is no answer';
  if (typeof said.message === 'string') return statusCode >= 400 ? undefined : 'is no error body';
  return said.type === 'error' && typeof said.error?.type === 'string' && typeof said.error.message === 'string' && statusCode >= 400 ? undefined : 'is no error body';
}

/** HTTP callers and queues are not told of a bug of the handler; the log is. */
function faultOfLog({ lines }: TestInvoker): string | undefined {
  if (lines.length === 0) return 'left no line in the log';
  const bug = lines.find(({ reason }) => String(reason).includes('The invoker failed:'));
  return bug && `failed inside: ${bug.reason}`;
}

test('any event and any reply of the service give an answer or a typed error', async () => {
  await fc.assert(fc.asyncProperty(event, reply, options, fc.constantFrom(MESSAGES, CONVERSE), async (given, service, chosen, dialect) => {
    const invoker = invokerWith(service, { options: chosen, dialect });
    const outcome = await respond(given, contextWith(60_000), invoker).catch((error: unknown) => error);
    const wrong = fault(sourceOf(given), outcome) ?? faultOfLog(invoker);
    if (wrong !== undefined) throw new Error(wrong);
  }), { numRuns: 10_000 });
}, 120_000);

test('any event and any reply end a stream properly, or give a typed error', async () => {
  await fc.assert(fc.asyncProperty(event, reply, options, async (given, service, chosen) => {
    const invoker = invokerWith(service, { options: chosen, dialect: MESSAGES });
    const sink = new ResponseSink();
    const thrown = await respondStreaming(given, sink, contextWith(60_000), invoker, withHead).catch((error: unknown) => error);
    const wrong = thrown === undefined ? (sink.writableEnded ? faultOfLog(invoker) : 'was left open') : fault('direct', thrown);
    if (wrong !== undefined) throw new Error(wrong);
  }), { numRuns: 3_000 });
}, 120_000);
