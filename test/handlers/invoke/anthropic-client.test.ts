import Anthropic from '@anthropic-ai/sdk';
import type { InvokerOptions } from '../../../src/contract/invoker-options';
import { FunctionUrl } from '../../invoker/function-url';
import { MODEL_ID, REGION, TestInvoker } from '../../invoker/test-invoker';
import { BedrockStandIn, Fault } from '../../stand-ins/bedrock-runtime';

let standIn: BedrockStandIn;
let invoker: TestInvoker;
let functionUrl: FunctionUrl;
beforeEach(async () => { standIn = await BedrockStandIn.start({ region: REGION }); });
afterEach(async () => {
  await functionUrl.stop();
  invoker.close();
  await standIn.stop();
});

async function client(invokeMode: 'BUFFERED' | 'RESPONSE_STREAM', options: InvokerOptions = {}, maxRetries = 2): Promise<Anthropic> {
  invoker = TestInvoker.create({ url: standIn.url, options: { retry: { maxAttempts: 1 }, ...options } });
  functionUrl = await FunctionUrl.start(invoker, invokeMode);
  return new Anthropic({ baseURL: functionUrl.url, apiKey: 'none', authToken: null, maxRetries });
}
const request = (text = 'Hello there, model') => ({ model: 'claude-haiku-4-5', max_tokens: 100, messages: [{ role: 'user' as const, content: text }] });
const thrown = (call: Promise<unknown>) => call.then(() => { throw new Error('It was answered.'); }, (error: InstanceType<typeof Anthropic.APIError>) => error);

describe.each(['BUFFERED', 'RESPONSE_STREAM'] as const)('a function URL in mode %s', (invokeMode) => {
  test('answers a message whole, with its request ID', async () => {
    const message = await (await client(invokeMode)).messages.create(request());
    expect(message).toMatchObject({ type: 'message', content: [{ type: 'text', text: 'You said: Hello there, model' }], stop_reason: 'end_turn' });
    expect(message._request_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(standIn.calls.map(({ path }) => path)).toEqual([expect.stringMatching(/\/invoke$/)]);
  });

  test('takes the beta client, whose query string and header it reads', async () => {
    await (await client(invokeMode)).beta.messages.create({ ...request(), betas: ['interleaved-thinking-2025-05-14'] });
    expect(JSON.parse(standIn.calls[0].body.toString())).toMatchObject({ anthropic_beta: ['interleaved-thinking-2025-05-14'] });
  });

  test.each<[string, (anthropic: Anthropic) => Promise<unknown>]>([
    ['counting tokens', async (anthropic) => anthropic.messages.countTokens({ model: MODEL_ID, messages: request().messages })],
    ['a batch', async (anthropic) => anthropic.messages.batches.create({ requests: [{ custom_id: 'a', params: request() }] })],
    ['the models', async (anthropic) => anthropic.models.list()],
    ['the older completions', async (anthropic) => anthropic.completions.create({ model: 'claude-haiku-4-5', max_tokens_to_sample: 10, prompt: 'Hello' })],
  ])('has no other operation, such as %s, and pays for none', async (_, call) => {
    const error = await thrown(call(await client(invokeMode)));
    expect(error).toBeInstanceOf(Anthropic.NotFoundError);
    expect(error).toMatchObject({ status: 404, requestID: 'lambda-1', type: 'not_found_error', error: { type: 'error', request_id: 'lambda-1' } });
    expect(error.message).toContain('Send Messages request bodies by POST to / or to /v1/messages');
    expect(standIn.calls).toEqual([]);
  });

  test('refuses another model as a bad request', async () => {
    const error = await thrown((await client(invokeMode)).messages.create({ ...request(), model: 'claude-opus-4-5' }));
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    expect(error).toMatchObject({ type: 'invalid_request_error', requestID: 'lambda-1' });
    expect(standIn.calls).toEqual([]);
  });

  test('is asked again after a throttle, when the service says', async () => {
    standIn.faults.push(Fault.throttling(0));
    const message = await (await client(invokeMode)).messages.create(request());
    expect(message.type).toBe('message');
    expect(standIn.calls.map(({ status }) => status)).toEqual([429, 200]);
  });

  test('is asked once where its own permissions are missing, and does not tell which', async () => {
    standIn.faults.always(Fault.accessDenied('User: arn:aws:sts::111122223333:assumed-role/r/f is not authorized'));
    const error = await thrown((await client(invokeMode)).messages.create(request()));
    expect(error).toBeInstanceOf(Anthropic.InternalServerError);
    expect(error).toMatchObject({ status: 500, type: 'api_error' });
    expect(error.message).not.toContain('111122223333');
    expect(standIn.calls).toHaveLength(1);
  });
});

describe('a function URL that streams', () => {
  test('streams to who asks for it', async () => {
    const stream = (await client('RESPONSE_STREAM')).messages.stream(request());
    const deltas: string[] = [];
    stream.on('text', (delta) => deltas.push(delta));
    const message = await stream.finalMessage();
    expect(message).toMatchObject({ content: [{ text: 'You said: Hello there, model' }], stop_reason: 'end_turn' });
    expect(deltas.length).toBeGreaterThan(1);
    expect(stream.request_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(standIn.calls.map(({ path }) => path)).toEqual([expect.stringMatching(/\/invoke-with-response-stream$/)]);
  });

  test('is asked again when a stream could not begin', async () => {
    standIn.faults.push(Fault.serviceUnavailable());
    const events = await (await client('RESPONSE_STREAM')).messages.create({ ...request(), stream: true });
    const types: string[] = [];
    for await (const { type } of events) types.push(type);
    expect(types.at(-1)).toBe('message_stop');
    expect(standIn.calls.map(({ status }) => status)).toEqual([503, 200]);
  });

  test('ends a stream that breaks with an error that the client throws', async () => {
    standIn.faults.push(Fault.exceptionInStream('throttlingException', 'Too many.'));
    const events = await (await client('RESPONSE_STREAM')).messages.create({ ...request(), stream: true });
    const error = await thrown((async () => { for await (const _ of events) continue; })());
    expect(error).toMatchObject({ error: { type: 'error', error: { type: 'rate_limit_error' } } });
  });

  test('answers whole what may be long, as long as the event does not say how long', async () => {
    const anthropic = await client('RESPONSE_STREAM', { maxTokens: 64_000, thinkingBudgetTokens: 2048 });
    await anthropic.post('/v1/messages', { body: { messages: request().messages } });
    expect(JSON.parse(standIn.calls[0].body.toString())).toMatchObject({ max_tokens: 21_333 });
    await anthropic.post('/v1/messages', { body: { messages: request().messages, stream: true }, stream: true });
    expect(JSON.parse(standIn.calls[1].body.toString())).toMatchObject({ max_tokens: 64_000 });
  });
});

test('a function URL that answers whole refuses a stream, and pays for none', async () => {
  const error = await thrown((await client('BUFFERED')).messages.stream(request()).finalMessage());
  expect(error).toBeInstanceOf(Anthropic.BadRequestError);
  expect(error.message).toContain('this function answers whole');
  expect(standIn.calls).toEqual([]);
});
