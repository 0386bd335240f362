import { format } from 'node:util';
import * as fc from 'fast-check';
import { ResponseSink, withHead } from './response-sink';
import { contextWith, REGION, TestInvoker } from './test-invoker';
import { CONVERSE } from '../../src/handlers/invoke/dialects/converse-dialect';
import { MESSAGES } from '../../src/handlers/invoke/dialects/messages-dialect';
import { respond } from '../../src/handlers/invoke/events/respond';
import { respondStreaming } from '../../src/handlers/invoke/events/respond-streaming';
import { BedrockStandIn, Fault } from '../stand-ins/bedrock-runtime';
import '../property-seed';

let standIn: BedrockStandIn;
beforeEach(async () => { standIn = await BedrockStandIn.start({ region: REGION }); });
afterEach(async () => standIn.stop());

/** What users write: words, keys, other scripts, and whatever needs to be escaped. */
const secret = fc.oneof(
  fc.stringMatching(/^[a-z]{8,24}$/),
  fc.stringMatching(/^[A-Za-z0-9]{8,24}$/),
  fc.array(fc.stringMatching(/^[a-z]{2,7}[0-9]$/), { minLength: 3, maxLength: 6 }).map((words) => words.join(' ')),
  fc.string({ minLength: 8, maxLength: 24, unit: fc.constantFrom(...'abcxyzäöüßéñ漢字') }),
  fc.array(fc.stringMatching(/^[a-z0-9]{4,8}$/), { minLength: 2, maxLength: 4 }).map((words) => words.join('"\n')),
);

/** Events with a secret in every place for a string. */
const EVENTS: ((text: string) => object)[] = [
  (text) => ({ prompt: text }),
  (text) => ({ prompt: 'Hello', model: text }),
  (text) => ({ prompt: 'Hello', system: [{ type: 'text', text }], stop_sequences: [text], metadata: { user_id: text }, anthropic_beta: [text], anthropic_version: text }),
  (text) => ({ messages: [{ role: text, content: [{ type: 'text', text }, { type: text }] }], [text]: text }),
  (text) => ({ messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: text, content: text }] }], tools: [{ name: text, description: text, input_schema: { [text]: text } }], tool_choice: { type: text } }),
  (text) => ({ messages: [{ role: 'user', content: [{ text }] }], modelId: text, guardrailConfig: { guardrailIdentifier: text }, requestMetadata: { [text]: text } }),
  (text) => ({ messages: [{ role: 'user', content: [{ guardContent: { text: { text } } }] }], system: [{ text }], additionalModelRequestFields: { [text]: text } }),
  (text) => ({ messages: text, [text]: 1 }),
  (text) => [text],
];

/** How an error quotes. */
const cut = fc.constantFrom<(text: string) => string>(
  (text) => text, (text) => text.slice(0, Math.ceil(text.length / 2)), (text) => text.slice(Math.floor(text.length / 2)), (text) => `${text.slice(0, 10)}...`, (text) => text.toUpperCase(),
);
const escape = fc.constantFrom<(text: string) => string>(
  (text) => text, (text) => JSON.stringify(text), (text) => JSON.stringify(JSON.stringify(text)), encodeURIComponent,
(text) => JSON.stringify(text).replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
(text) => text.replace(/["\n]/g, (sign) => `&#${sign.charCodeAt(0)};`),
);
const wrap = fc.constantFrom<(text: string) => string>((text) => text, (text) => `'${text}'`, (text) => `"${text}"`, (text) => `\`${text}\` at 7`);
const refusal = fc.constantFrom<[number, string]>(
  [400, 'ValidationException'], [413, 'ValidationException'], [424, 'ModelErrorException'], [403, 'AccessDeniedException'], [404, 'ResourceNotFoundException'],
  [429, 'ThrottlingException'], [500, 'InternalServerException'], [503, 'ServiceUnavailableException'], [401, 'UnrecognizedClientException'],
);

/** What Lambda's Node.js runtime writes of an error that leaves the handler, in its two formats and its report. */
function loggedByRuntime(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const text = JSON.stringify({ errorType: error.name, errorMessage: error.message, ...error, stack: error.stack?.split('\n') });
  const json = JSON.stringify({ errorType: error.constructor.name, errorMessage: error.message, stackTrace: error.stack?.split('\n'), ...error });
  return [text, json, format('%s', 'Invoke Error', error)].join('\n');
}

/** The parts of a secret that no log may hold, in any of the ways to write them. */
function traces(text: string): string[] {
  return [text, ...text.split(/["\n]+/).filter(({ length }) => length >= 8), text.slice(0, 10), text.slice(-10)]
    .filter(({ length }) => length >= 8)
    .flatMap((part) => [part, JSON.stringify(part).slice(1, -1), encodeURIComponent(part)]);
}

test('nothing of an event is in the log, whatever the service quotes of it', async () => {
  const bodies = fc.record({ text: secret, event: fc.constantFrom(...EVENTS), source: fc.constantFrom('direct', 'http', 'sqs', 'stream', 'http stream') });
  const quotation = fc.record({ cut, escape, wrap, refusal, whole: fc.boolean(), before: fc.constantFrom('', 'messages.0.content: ', 'Input should be valid, got ') });
  await fc.assert(fc.asyncProperty(bodies, quotation, fc.constantFrom(MESSAGES, CONVERSE), async ({ text, event, source }, quote, dialect) => {
    const body = event(text);
    const streams = source.endsWith('stream');
    standIn.faults.always(Fault.validation(
      (call) => quote.before + quote.wrap(quote.escape(quote.whole ? call.body.toString() : quote.cut(text))), ...quote.refusal));
    const invoker = TestInvoker.create({ url: standIn.url, dialect: streams ? MESSAGES : dialect, options: { retry: { maxAttempts: 1 }, guardrail: { id: 'g', version: '1' } } });
    const http = { requestContext: { http: { method: 'POST' } }, body: JSON.stringify(body) };
    const sqs = { Records: [{ eventSource: 'aws:sqs', messageId: '1', body: JSON.stringify(body) }] };
    const given = source.startsWith('http') ? http : source === 'sqs' ? sqs : body;
    const left = contextWith(30_000);
    const answered = streams ? respondStreaming(given, new ResponseSink(), left, invoker, withHead) : respond(given, left, invoker);
    const thrown = await answered.catch((error: unknown) => error);
    invoker.close();
    const log = `${JSON.stringify(invoker.lines)}\n${loggedByRuntime(thrown)}`.toLowerCase();
    expect(invoker.lines).toMatchObject([{ message: 'failed', reason: expect.any(String) }]);
    const found = traces(text.toLowerCase()).find((trace) => log.includes(trace.toLowerCase()));
    if (found !== undefined) throw new Error(`${JSON.stringify(found)} of ${JSON.stringify(text)} is in ${log}`);
  }), { numRuns: 1500 });
}, 120_000);

test.each([
  [424, 'ModelErrorException'], [500, 'InternalServerException'], [400, 'ValidationException'], [403, 'AccessDeniedException'], [429, 'ThrottlingException'], [408, 'ModelTimeoutException'],
])('nothing of an answer that a %i %s quotes is in the log', async (status, code) => {
  standIn.faults.always(Fault.validation(() => 'Output "The code is kumquat 4821" could not be parsed: kumquat, 4821, 密码', status, code));
  const invoker = TestInvoker.create({ url: standIn.url, options: { retry: { maxAttempts: 1 } } });
  const thrown = await respond({ prompt: 'Hello' }, contextWith(30_000), invoker).catch((error: unknown) => error);
  invoker.close();
  expect(invoker.lines).toMatchObject([{ message: 'failed', reason: `${code}: Output … could not be …` }]);
  expect(loggedByRuntime(thrown)).not.toMatch(/kumquat|4821|密码/);
});

test.each(['modelStreamErrorException', 'internalServerException', 'validationException'])('nothing of an answer that a %s in its stream quotes is in the log', async (type) => {
  standIn.faults.push(Fault.exceptionInStream(type, 'Failed after "The code is kumquat 4821": kumquat'));
  const invoker = TestInvoker.create({ url: standIn.url });
  const sink = new ResponseSink();
  await respondStreaming({ prompt: 'Hello' }, sink, contextWith(30_000), invoker, withHead);
  invoker.close();
  expect(invoker.lines).toMatchObject([{ message: 'failed', reason: `${type}: Failed after …: …` }]);
  expect(sink.text).toContain('kumquat');
});

test.each<[string, object, string]>([
  ['a PIN', { prompt: '1234' }, '1234'], ['a name', { prompt: 'Ann' }, 'Ann'], ['another script', { prompt: '王小明' }, '王小明'], ['a part of a word', { prompt: 'Kowalskiewicz' }, 'Kowal'],
  ['a number of a tool\'s input', { messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'n', input: { card: 4111111111111111 } }] }] }, '4111111111111111'],
  ['letters apart', { prompt: 'okapi' }, 'o k a p i'], ['base64', { prompt: 'okapi' }, 'b2thcGk='], ['hexadecimal', { prompt: 'okapi' }, '6f6b617069'],
])('%s of an event is in no log, whatever the status of the error that quotes it', async (_, event, quoted) => {
  for (const [status, code] of [[400, 'ValidationException'], [403, 'AccessDeniedException'], [404, 'ResourceNotFoundException'], [408, 'ModelTimeoutException'], [429, 'ThrottlingException'], [500, 'InternalServerException'], [503, 'ServiceUnavailableException']] as const) {
    standIn.faults.always(Fault.validation(() => `Failed to process ${quoted} in the request`, status, code));
    const invoker = TestInvoker.create({ url: standIn.url, options: { retry: { maxAttempts: 1 } } });
    const thrown = await respond(event, contextWith(30_000), invoker).catch((error: unknown) => error);
    invoker.close();
    expect(`${String(invoker.lines[0].reason)} ${loggedByRuntime(thrown)}`).not.toContain(quoted);
  }
});

test('nothing of an event or an answer is in the log when the handler itself breaks', async () => {
  const invoker = TestInvoker.create({ url: standIn.url, options: { retry: { maxAttempts: 1 } } });
  const broken = Object.assign(invoker, { parts: { ...invoker.parts, sign: () => { throw new TypeError('Received type string (\'zebra-42\')'); } } });
  const thrown = await respond({ prompt: 'zebra-42' }, contextWith(30_000), broken).catch((error: unknown) => error);
  standIn.faults.push({ alter: (answer) => ({ ...answer, chunks: [Buffer.from('zebra-42')] }) });
  const bad = TestInvoker.create({ url: standIn.url, options: { retry: { maxAttempts: 1 } } });
  const unread = await respond({ prompt: 'Hello' }, contextWith(30_000), bad).catch((error: unknown) => error);
  bad.close();
  invoker.close();
  expect(thrown).toMatchObject({ name: 'InternalServerError', message: expect.stringContaining('The invoker failed: TypeError:') });
  expect(unread).toMatchObject({ name: 'InvalidResponseError' });
  expect(JSON.stringify([invoker.lines, bad.lines]) + loggedByRuntime(thrown) + loggedByRuntime(unread)).not.toContain('zebra');
});
