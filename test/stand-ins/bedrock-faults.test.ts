import {
  BedrockRuntimeClient, BedrockRuntimeServiceException, ConverseStreamCommand, InvokeModelCommand, InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { BedrockStandIn, Fault, sendSigned, SignedResponse, TEST_CREDENTIALS } from './bedrock-runtime';

const PROFILE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const BODY = JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] });

let bedrock: BedrockStandIn;
beforeEach(async () => { bedrock = await BedrockStandIn.start({ region: 'eu-west-2' }); });
afterEach(async () => { await bedrock.stop(); });

async function invoke(verb = 'invoke'): Promise<SignedResponse> {
  return sendSigned({ url: bedrock.url, path: `/model/${encodeURIComponent(PROFILE)}/${verb}`, body: BODY, region: 'eu-west-2' });
}

/** What the AWS SDK makes of a stream: the texts, whether its last event came, and the error that ended it. */
async function sdkStream(): Promise<{ texts: string[]; complete: boolean; error: Error | undefined }> {
  const client = new BedrockRuntimeClient({ region: 'eu-west-2', endpoint: bedrock.url, credentials: TEST_CREDENTIALS, maxAttempts: 1 });
  const texts: string[] = [];
  let complete = false;
  try {
    const { body } = await client.send(new InvokeModelWithResponseStreamCommand({ modelId: PROFILE, body: BODY }));
    for await (const { chunk } of body ?? []) {
      const event = JSON.parse(Buffer.from(chunk?.bytes ?? []).toString()) as { type: string; delta?: { text?: string } };
      complete ||= event.type === 'message_stop';
      texts.push(event.delta?.text ?? '');
    }
    return { texts, complete, error: undefined };
  } catch (error) {
    return { texts, complete, error: error as Error };
  } finally {
    client.destroy();
  }
}

test.each([
  [429, 'ThrottlingException', Fault.throttling()],
  [500, 'InternalServerException', Fault.internalServer()],
  [503, 'ServiceUnavailableException', Fault.serviceUnavailable()],
  [408, 'ModelTimeoutException', Fault.modelTimeout()],
  [403, 'ExpiredTokenException', Fault.expiredCredentials()],
  [403, 'AccessDeniedException', Fault.accessDenied('You are not authorized')],
])('%i %s meets one call, and the next is answered', async (status, type, fault) => {
  bedrock.faults.push(fault);
  const refused = await invoke();
  expect([refused.status, refused.headers['x-amzn-errortype']]).toEqual([status, type]);
  expect(JSON.parse(refused.body.toString())).toEqual({ message: fault.refusal?.message });
  expect((await invoke()).status).toBe(200);
  expect(bedrock.calls.map((call) => call.status)).toEqual([status, 200]);
});

test('a throttled answer carries Retry-After where it is given', async () => {
  bedrock.faults.push(Fault.throttling(7), Fault.throttling());
  expect((await invoke()).headers['retry-after']).toBe('7');
  expect((await invoke()).headers['retry-after']).toBeUndefined();
});

test('a fault can stand for every call, choose by the call, and be cleared', async () => {
  bedrock.faults.always((call) => call.path.endsWith('/converse') ? undefined : Fault.internalServer());
  expect([(await invoke()).status, (await invoke()).status]).toEqual([500, 500]);
  bedrock.faults.clear();
  expect((await invoke()).status).toBe(200);
});

test('the AWS SDK retries over a fault and gets its answer', async () => {
  bedrock.faults.push(Fault.serviceUnavailable());
  const client = new BedrockRuntimeClient({ region: 'eu-west-2', endpoint: bedrock.url, credentials: TEST_CREDENTIALS, maxAttempts: 2 });
  const { $metadata } = await client.send(new InvokeModelCommand({ modelId: PROFILE, body: BODY }));
  expect([$metadata.httpStatusCode, $metadata.attempts]).toEqual([200, 2]);
  client.destroy();
});

test('a clock that differs is told as AWS tells it', async () => {
  bedrock.faults.push(Fault.clockSkew());
  const { status, headers, body } = await invoke();
  expect([status, headers['x-amzn-errortype']]).toEqual([403, 'InvalidSignatureException']);
  expect(body.toString()).toMatch(/^\{"message":"Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)"\}$/);
  expect(Date.parse(headers.date ?? '')).toBeGreaterThan(Date.now() + 25 * 60_000);
});

test('the AWS SDK corrects its clock by the answer', async () => {
  bedrock.clockOffsetMs = 30 * 60_000;
  const client = new BedrockRuntimeClient({ region: 'eu-west-2', endpoint: bedrock.url, credentials: TEST_CREDENTIALS });
  const { $metadata } = await client.send(new InvokeModelCommand({ modelId: PROFILE, body: BODY }));
  expect([$metadata.httpStatusCode, $metadata.attempts]).toEqual([200, 2]);
  client.destroy();
});

test('a hanging call is recorded and never answered', async () => {
  bedrock.faults.push(Fault.hang());
  const hanging = invoke().then(() => 'answered', (error: NodeJS.ErrnoException) => error.code);
  while (bedrock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await invoke()).status).toBe(200);
  await bedrock.stop();
  expect(await hanging).toBe('ECONNRESET');
  expect(bedrock.calls[0].status).toBeUndefined();
  bedrock = await BedrockStandIn.start({ region: 'eu-west-2' });
});

test('a reset before the response', async () => {
  bedrock.faults.push(Fault.resetBeforeResponse());
  await expect(invoke()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect((await invoke()).status).toBe(200);
});

test.each(['invoke', 'invoke-with-response-stream'])('a reset in the middle of the body of %s', async (verb) => {
  bedrock.faults.push(Fault.resetInBody());
  await expect(invoke(verb)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(bedrock.calls[0].status).toBe(200);
});

// Over HTTP/2 the AWS SDK for JavaScript may end such a stream without an error: only the missing last event tells.
test('a reset in mid-stream keeps the last events from the AWS SDK', async () => {
  bedrock.faults.push(Fault.resetInBody());
  const { texts, complete } = await sdkStream();
  expect([texts.join('').slice(0, 3), complete]).toEqual(['You', false]);
  expect((await sdkStream()).complete).toBe(true);
});

test('a stream that ends in the middle of a frame', async () => {
  const whole = (await invoke('invoke-with-response-stream')).body;
  bedrock.faults.push(Fault.truncatedFrame(), Fault.truncatedFrame());
  const { status, body } = await invoke('invoke-with-response-stream');
  expect([status, body.length < whole.length]).toEqual([200, true]);
  expect((await sdkStream()).error?.message).toBe('Truncated event message received.');
});

test('a frame whose checksum does not hold', async () => {
  bedrock.faults.push(Fault.corruptFrame());
  const { texts, error } = await sdkStream();
  expect(texts.join('')).toBe('You said: Hello');
  expect(error?.message).toMatch(/^The message checksum \(\d+\) did not match the expected value of \d+$/);
});

test('a body of status 200 that is no JSON', async () => {
  bedrock.faults.push(Fault.invalidJson());
  const { status, body } = await invoke();
  expect([status, body.toString()]).toEqual([200, '{"content": [{"type": "text", "te']);
});

test('a slow drip is whole in the end', async () => {
  bedrock.faults.push(Fault.slowDrip(2));
  expect(JSON.parse((await invoke()).body.toString())).toMatchObject({ content: [{ text: 'You said: Hello' }] });
});

test('an answer of 20 MB', async () => {
  bedrock.faults.push(Fault.largeAnswer());
  const { headers, body } = await invoke();
  expect(body.length).toBeGreaterThan(20 * 1024 * 1024);
  expect(headers['content-length']).toBe(String(body.length));
  expect(JSON.parse(body.toString())).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
});

test.each(['throttlingException', 'modelStreamErrorException'])('the exception %s in mid-stream', async (type) => {
  bedrock.faults.push(Fault.exceptionInStream(type, 'it stopped'));
  const { texts, error } = await sdkStream();
  expect(texts.join('')).toMatch(/^You/);
  expect(error).toBeInstanceOf(BedrockRuntimeServiceException);
  expect([error?.name.toLowerCase(), error?.message]).toEqual([type.toLowerCase(), 'it stopped']);
});

test('a refusal is an answer', async () => {
  bedrock.faults.push(Fault.refusal());
  expect(JSON.parse((await invoke()).body.toString())).toMatchObject({ stop_reason: 'refusal' });
});

test('an intervening guardrail is an answer in both dialects', async () => {
  bedrock.faults.push(Fault.guardrailIntervened(), Fault.guardrailIntervened());
  expect(JSON.parse((await invoke()).body.toString())).toMatchObject({
    'stop_reason': 'guardrail_intervened', 'amazon-bedrock-guardrailAction': 'INTERVENED',
  });
  const client = new BedrockRuntimeClient({ region: 'eu-west-2', endpoint: bedrock.url, credentials: TEST_CREDENTIALS });
  const { stream } = await client.send(new ConverseStreamCommand({ modelId: PROFILE, messages: [{ role: 'user', content: [{ text: 'Hello' }] }] }));
  const reasons: unknown[] = [];
  for await (const event of stream ?? []) if (event.messageStop !== undefined) reasons.push(event.messageStop.stopReason);
  expect(reasons).toEqual(['guardrail_intervened']);
  client.destroy();
});

test('connections closed while idle are reopened by the next call', async () => {
  await invoke();
  bedrock.closeConnections();
  expect((await invoke()).status).toBe(200);
  expect(bedrock.connections).toBe(2);
});

describe('bedrock-mantle', () => {
  const body = JSON.stringify({ model: 'anthropic.claude-haiku-4-5', max_tokens: 100, stream: true, messages: [{ role: 'user', content: 'Hello' }] });
  let mantle: BedrockStandIn;
  beforeEach(async () => { mantle = await BedrockStandIn.start({ region: 'eu-west-1' }); });
  afterEach(async () => { await mantle.stop(); });

  async function messages(fault: Fault): Promise<[number, string]> {
    mantle.faults.push(fault);
    const headers = { 'anthropic-version': '2023-06-01' };
    const response = await sendSigned({ url: mantle.url, path: '/anthropic/v1/messages', body, region: 'eu-west-1', service: 'bedrock-mantle', headers });
    return [response.status, response.body.toString()];
  }

  test.each([
    [429, 'rate_limit_error', Fault.throttling()],
    [529, 'overloaded_error', Fault.overloaded()],
    [500, 'api_error', Fault.internalServer()],
  ])('%i is a %s', async (status, type, fault) => {
    const [answered, text] = await messages(fault);
    expect([answered, JSON.parse(text)]).toMatchObject([status, { type: 'error', error: { type } }]);
  });

  test('an exception in mid-stream is an error event', async () => {
    const [status, text] = await messages(Fault.exceptionInStream('overloaded_error', 'Overloaded'));
    expect(status).toBe(200);
    expect(text.endsWith('event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n')).toBe(true);
  });
});

test('a large stream arrives whole at the AWS SDK', async () => {
  bedrock.faults.push(Fault.largeAnswer(1_000_000));
  const { texts, complete } = await sdkStream();
  expect([texts.join('').length, complete]).toEqual([1_000_015, true]);
});
