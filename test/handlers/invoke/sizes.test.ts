import { respond } from '../../../src/handlers/invoke/events/respond';
import { respondStreaming } from '../../../src/handlers/invoke/events/respond-streaming';
import { eachWithStandIn } from '../../invoker/each-with-stand-in';
import { ResponseSink, withHead } from '../../invoker/response-sink';
import { contextWith, TestInvoker } from '../../invoker/test-invoker';
import type { BedrockStandIn } from '../../stand-ins/bedrock-runtime';
import { Fault } from '../../stand-ins/bedrock-runtime';

/**
 * Lambda's limit of a payload, in its own words: "Response payload size exceeded maximum allowed payload size (6291556 bytes)".
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const LAMBDA = 6_291_556;
/** The length of InvokeModel's body. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html */
const BEDROCK = 25_000_000;

const context = contextWith(60_000);
let standIn: BedrockStandIn;
let invoker: TestInvoker;
eachWithStandIn((started) => ({ standIn, invoker } = started));

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const requestContext = { domainName: 'x.lambda-url.eu-west-2.on.aws', http: { method: 'POST' } };
const http = (body: string, more = {}) => ({ version: '2.0', rawPath: '/', headers: {}, requestContext, body, isBase64Encoded: false, ...more });
const HTTP_EVENT = http('{"prompt":"Hello"}');
const message = (text: string) => ({ type: 'message', content: [{ type: 'text', text }], stop_reason: 'end_turn', usage: {} });
/** The service answers with exactly that text. */
const answers = (json: string): Fault => ({ alter: (answer) => ({ ...answer, chunks: [Buffer.from(json)] }) });

/** What Lambda's runtime writes for what the handler returned. */
async function returned(event: unknown, json: string): Promise<{ bytes: number; outcome: unknown }> {
  standIn.faults.push(answers(json));
  const outcome = await respond(event, context, invoker);
  return { bytes: bytesOf(outcome), outcome };
}

describe.each([
  ['ASCII', 'a', (json: string) => json],
  ['quotation marks', '"', (json: string) => json],
  ['line breaks', '\n', (json: string) => json],
  ['characters of three bytes', '世', (json: string) => json],
  ['characters that the service escapes', 'é', (json: string) => json.replaceAll('é', '\\u00e9')],
  ['space between the fields', 'a', (json: string) => json.replace('{', `{${' '.repeat(500_000)}`)],
])('an answer of %s', (_, character, written) => {
  /** An answer whose measure, by `measured`, is that many bytes. */
  const answerOf = (bytes: number, measured: (json: string) => number) => {
    const of = (text: string) => written(JSON.stringify(message(text)));
    const each = measured(of(character.repeat(2))) - measured(of(character));
    const rest = bytes - measured(of(''));
    return of(character.repeat(Math.floor(rest / each)) + 'a'.repeat(rest % each));
  };
  const direct = (json: string) => bytesOf(JSON.parse(json));

  test.each([LAMBDA - 1, LAMBDA])('of %i bytes is returned to a direct caller', async (bytes) => {
    expect((await returned({ prompt: 'Hello' }, answerOf(bytes, direct))).bytes).toBe(bytes);
  });

  test('of one byte more is refused, and the log says failed', async () => {
    await expect(returned({ prompt: 'Hello' }, answerOf(LAMBDA + 1, direct))).rejects.toMatchObject({
      name: 'ResponseTooLargeError',
      message: 'The answer is 6291557 bytes long as Lambda returns it; Lambda returns at most 6291556. Lower max_tokens, or stream the answer.',
    });
    expect(invoker.lines).toMatchObject([{ message: 'failed', error: 'ResponseTooLargeError', attempts: 1 }]);
  });

  test('is measured inside the whole result of an HTTP caller, at the byte', async () => {
    const small = await returned(HTTP_EVENT, JSON.stringify(message('')));
    const around = small.bytes - bytesOf(JSON.stringify(message('')));
    const asHttp = (json: string) => bytesOf(json) + around;
    for (const bytes of [LAMBDA - 1, LAMBDA]) {
      const answered = await returned(HTTP_EVENT, answerOf(bytes, asHttp));
      expect(answered).toMatchObject({ bytes, outcome: { statusCode: 200 } });
    }
    const { outcome } = await returned(HTTP_EVENT, answerOf(LAMBDA + 1, asHttp));
    expect(outcome).toMatchObject({ statusCode: 502, body: expect.stringContaining('The answer is 6291557 bytes long as Lambda returns it; Lambda returns at most 6291556.') });
    expect(invoker.lines.map(({ message: said }) => said)).toEqual(['answered', 'answered', 'answered', 'failed']);
  });
});

test('numbers that grow when they are written anew are measured as they are returned', async () => {
  const json = `{"type":"message","content":[],"x":[${Array(300_000).fill('1e20').join()}]}`;
  expect(Buffer.byteLength(json)).toBeLessThan(LAMBDA / 4);
  const lambdaTakesIt = await returned({ prompt: 'Hello' }, json).then(({ bytes }) => bytes <= LAMBDA, (error: Error) => error.name === 'ResponseTooLargeError');
  expect(lambdaTakesIt).toBe(true);
});

test('a queue and a streaming function return no answer in one piece: its size does not matter to them', async () => {
  const json = JSON.stringify(message('a'.repeat(LAMBDA)));
  const record = { messageId: 'm', body: '{"prompt":"Hello"}', eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-west-2:111122223333:q' };
  expect((await returned({ Records: [record] }, json)).outcome).toEqual({ batchItemFailures: [] });
  standIn.faults.push(answers(json));
  const sink = new ResponseSink();
  await respondStreaming(http('{"prompt":"Hello","stream":false}'), sink, context, invoker, withHead);
  expect(sink.head).toMatchObject({ statusCode: 200 });
  expect(sink.text).toBe(json);
});

describe('a request', () => {
  beforeEach(() => standIn.faults.always(Fault.accessDenied('Not now.')));
  const outcomeOf = async (event: unknown) => respond(event, context, invoker)
    .then((result) => (result as { statusCode: number }).statusCode, (error: Error) => error.name);

  test.each(['a', '"', 'é', '\\'])('of all that Lambda takes reaches the service, made of %p', async (character) => {
    const fill = (bytes: number) => character.repeat(Math.floor(bytes / (bytesOf(character) - 2))) + 'a'.repeat(bytes % (bytesOf(character) - 2));
    const event = { prompt: fill(LAMBDA - bytesOf({ prompt: '' })) };
    expect(bytesOf(event)).toBe(LAMBDA);
    expect(await outcomeOf(event)).toBe('AccessDeniedError');
    expect(JSON.parse(standIn.calls[0].body.toString()).messages[0].content).toBe(event.prompt);
  });

  test('of all that Lambda takes reaches the service over HTTP too, as text and in base64', async () => {
    const text = (bytes: number) => `{"prompt":"${'a'.repeat(bytes - 13)}"}`;
    const room = LAMBDA - bytesOf(http(''));
    const asText = http(text(room - 4));
    const asBase64 = http(Buffer.from(text(Math.floor(room / 4) * 3)).toString('base64'), { isBase64Encoded: true });
    expect([bytesOf(asText), bytesOf(asBase64) <= LAMBDA]).toEqual([LAMBDA, true]);
    for (const event of [asText, asBase64]) expect(await outcomeOf(event)).toBe(500);
    expect(standIn.calls).toHaveLength(2);
  });

  test.each([
    [BEDROCK - 1, 'AccessDeniedError'], [BEDROCK, 'AccessDeniedError'], [BEDROCK + 1, 'RequestTooLargeError'],
  ])('of %i bytes is judged by what Bedrock takes: %s', async (bytes, name) => {
    await outcomeOf({ prompt: 'a' });
    const around = standIn.calls[0].body.length - 1;
    const event = { prompt: 'é'.repeat(1000) + 'a'.repeat(bytes - around - 2000) };
    expect(await outcomeOf(event)).toBe(name);
    expect(standIn.calls.slice(1).map(({ body }) => body.length)).toEqual(name === 'AccessDeniedError' ? [bytes] : []);
    if (name === 'RequestTooLargeError') {
      await expect(respond(event, context, invoker)).rejects.toMatchObject({
        status: 413, message: 'The request is 25000001 bytes long; Bedrock takes at most 25000000. Send fewer or smaller images, or fewer messages.',
      });
    }
  });
});
