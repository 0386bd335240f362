import { respond } from '../../../../src/handlers/invoke/events/respond';
import { respondStreaming } from '../../../../src/handlers/invoke/events/respond-streaming';
import { eachWithStandIn } from '../../../invoker/each-with-stand-in';
import { ResponseSink, withHead } from '../../../invoker/response-sink';
import { contextWith, TestInvoker } from '../../../invoker/test-invoker';
import type { BedrockStandIn } from '../../../stand-ins/bedrock-runtime';
import { Fault } from '../../../stand-ins/bedrock-runtime';

const context = contextWith(60_000);
const TOO_DEEP = 'The event is nested too deeply; objects and arrays may stand at most 1000 deep in one another.';
let standIn: BedrockStandIn;
let invoker: TestInvoker;
eachWithStandIn((started) => ({ standIn, invoker } = started));

/** JSON text of that depth. */
const arrays = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
const http = (body: string) => ({ version: '2.0', rawPath: '/', headers: {}, requestContext: { domainName: 'x.lambda-url.eu-west-2.on.aws', http: { method: 'POST' } }, body, isBase64Encoded: false });
const SHAPES = [['arrays', arrays], ['objects', objects]] as const;
const DEPTHS = [10_000, 100_000];
/** Where the depth may stand in a body. */
const bodies = (deep: string) => [
  `{"prompt":"Hello","x":${deep}}`, `{"messages":${deep}}`, `{"messages":[{"role":"user","content":${deep}}]}`, `{"prompt":${deep}}`, `{"model":${deep},"prompt":"Hello"}`,
  `{"messages":[],"tools":[{"input_schema":${deep}}]}`, `{"prompt":"Hello","thinking":${deep}}`, `{"prompt":"Hello","system":${deep}}`, deep,
];

describe.each(SHAPES)('%s', (_, nested) => {
  test.each(DEPTHS)('%i deep in an event are a bad request', async (levels) => {
    for (const body of bodies(nested(levels))) {
      await expect(respond(JSON.parse(body), context, invoker)).rejects.toMatchObject({ name: 'InvalidRequestError', status: 400, message: TOO_DEEP });
    }
    expect(standIn.calls).toEqual([]);
    expect(new Set(invoker.lines.map(({ error }) => error))).toEqual(new Set(['InvalidRequestError']));
  });

  test.each(DEPTHS)('%i deep in an HTTP body are a bad request, streamed or not', async (levels) => {
    for (const body of bodies(nested(levels))) {
      const answer = { type: 'error', error: { type: 'invalid_request_error', message: TOO_DEEP } };
      const { statusCode, body: text } = await respond(http(body), context, invoker) as { statusCode: number; body: string };
      expect({ statusCode, answer: JSON.parse(text) }).toMatchObject({ statusCode: 400, answer });
      const sink = new ResponseSink();
      await respondStreaming(http(body), sink, context, invoker, withHead);
      expect(sink.head).toMatchObject({ statusCode: 400 });
      expect(JSON.parse(sink.text)).toMatchObject(answer);
    }
    expect(standIn.calls).toEqual([]);
  });

  test.each(DEPTHS)('%i deep in a queue\'s message fail that message alone', async (levels) => {
    const eventSourceARN = 'arn:aws:sqs:eu-west-2:111122223333:q';
    const record = (messageId: string, body: string) => ({ messageId, body, eventSource: 'aws:sqs', eventSourceARN });
    const worker = TestInvoker.create({ url: standIn.url, reportingQueues: [eventSourceARN] });
    const event = { Records: [...bodies(nested(levels)).map((body, index) => record(`deep-${index}`, body)), record('good', '{"prompt":"Hello"}')] };
    const { batchItemFailures } = await respond(event, context, worker) as { batchItemFailures: { itemIdentifier: string }[] };
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual(bodies('').map((_body, index) => `deep-${index}`).sort());
    expect(standIn.calls).toHaveLength(1);
  });

  test.each(DEPTHS)('%i deep in the envelope of an event are no internal error either', async (levels) => {
    const deep: unknown = JSON.parse(nested(levels));
    for (const event of [
      { ...http('{}'), requestContext: { http: { method: deep } } }, { ...http('{}'), headers: deep }, { ...http('{}'), body: deep },
      { Records: [{ eventSource: 'aws:sqs', messageId: deep, body: deep, eventSourceARN: deep, attributes: deep }] },
    ]) {
      const outcome = JSON.stringify(await respond(event, context, invoker).catch((error: Error) => error.name));
      expect(outcome).not.toMatch(/RangeError|The invoker failed/);
    }
  });

  test.each(DEPTHS)('%i deep in an answer are an invalid answer', async (levels) => {
    standIn.faults.push({ alter: (answer) => ({ ...answer, chunks: [Buffer.from(`{"type":"message","content":${nested(levels)}}`)] }) });
    await expect(respond({ prompt: 'Hello' }, context, invoker)).rejects.toMatchObject({
      name: 'InvalidResponseError', message: 'The service\'s answer is nested too deeply to be returned.',
    });
    standIn.faults.push({ refusal: undefined, alter: (answer) => ({ ...answer, status: 400, chunks: [Buffer.from(`{"message":"No.","error":{"type":${nested(levels)}}}`)] }) });
    await expect(respond({ prompt: 'Hello' }, context, invoker)).rejects.toMatchObject({ name: 'InvalidRequestError', status: 400 });
  });
});

test('an event of a thousand levels reaches the service as it is, one of more does not', async () => {
  standIn.faults.always(Fault.accessDenied('Not now.'));
  // The event and its list are two of the levels.
  const event = (levels: number) => ({ messages: JSON.parse(arrays(levels - 1)) as unknown, max_tokens: 10 });
  await expect(respond(event(1000), context, invoker)).rejects.toMatchObject({ name: 'AccessDeniedError' });
  expect(standIn.calls[0].body.toString()).toContain(arrays(999));
  await expect(respond(event(1001), context, invoker)).rejects.toMatchObject({ name: 'InvalidRequestError', message: TOO_DEEP });
  expect(standIn.calls).toHaveLength(1);
});

test('lone surrogates and huge lists are the service\'s to judge', async () => {
  standIn.faults.always(Fault.accessDenied('Not now.'));
  for (const event of [
    { prompt: '\ud800 \udc00' },
    { 'prompt': 'Hello', '\udfff': 1 },
    { prompt: 'Hello', system: '\udbff', anthropic_beta: ['\ud800'] },
    { messages: Array(300_000).fill(0) },
    { messages: [{ role: 'user', content: Array(300_000).fill({ type: 'text' }) }], tools: Array(300_000).fill({}) },
    { prompt: 'Hello', ...Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, index])) },
  ]) {
    await expect(respond(event, context, invoker)).rejects.toMatchObject({ name: 'AccessDeniedError' });
  }
  expect(standIn.calls).toHaveLength(6);
});
