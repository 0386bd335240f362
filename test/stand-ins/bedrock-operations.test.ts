import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand, InvokeModelCommand, InvokeModelWithResponseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { BedrockStandIn, sendSigned, TEST_CREDENTIALS } from './bedrock-runtime';

const PROFILE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const MESSAGES = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] };
const CONVERSE = { modelId: PROFILE, messages: [{ role: 'user' as const, content: [{ text: 'Hello' }] }] };

let bedrock: BedrockStandIn;
let client: BedrockRuntimeClient;
beforeEach(async () => {
  bedrock = await BedrockStandIn.start({ region: 'eu-west-2' });
  client = new BedrockRuntimeClient({ region: 'eu-west-2', endpoint: bedrock.url, credentials: TEST_CREDENTIALS, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await bedrock.stop();
});

/** The events that a stream of chunk frames carries. */
async function messagesEvents(body: AsyncIterable<{ chunk?: { bytes?: Uint8Array } }> | undefined): Promise<Record<string, unknown>[]> {
  const events: Record<string, unknown>[] = [];
  for await (const { chunk } of body ?? []) events.push(JSON.parse(Buffer.from(chunk?.bytes ?? []).toString('utf8')) as Record<string, unknown>);
  return events;
}

async function gathered<T>(stream: AsyncIterable<T> | undefined): Promise<T[]> {
  const events: T[] = [];
  for await (const event of stream ?? []) events.push(event);
  return events;
}

test('InvokeModel of the AWS SDK is answered over HTTP/2', async () => {
  const response = await client.send(new InvokeModelCommand({ modelId: PROFILE, body: JSON.stringify(MESSAGES), contentType: 'application/json' }));
  expect(JSON.parse(response.body.transformToString())).toMatchObject({ content: [{ type: 'text', text: 'You said: Hello' }], stop_reason: 'end_turn' });
  expect(bedrock.calls).toMatchObject([{ httpVersion: '2.0', signedRegion: 'eu-west-2', signedService: 'bedrock', status: 200 }]);
});

test('InvokeModelWithResponseStream of the AWS SDK is answered over HTTP/2', async () => {
  const { body } = await client.send(new InvokeModelWithResponseStreamCommand({ modelId: PROFILE, body: JSON.stringify(MESSAGES) }));
  const events = await messagesEvents(body);
  expect(events.map(({ type }) => type)).toEqual([
    'message_start', 'content_block_start', ...Array<string>(4).fill('content_block_delta'), 'content_block_stop', 'message_delta', 'message_stop',
  ]);
  expect(events.map(({ delta }) => (delta as { text?: string } | undefined)?.text ?? '').join('')).toBe('You said: Hello');
  expect(events.at(-1)).toMatchObject({ 'amazon-bedrock-invocationMetrics': { outputTokenCount: 4 } });
});

test('Converse of the AWS SDK is answered over HTTP/2', async () => {
  const { output, stopReason, usage } = await client.send(new ConverseCommand(CONVERSE));
  expect(output?.message).toEqual({ role: 'assistant', content: [{ text: 'You said: Hello' }] });
  expect([stopReason, usage?.outputTokens]).toEqual(['end_turn', 4]);
  expect(usage?.totalTokens).toBe((usage?.inputTokens ?? 0) + 4);
});

test('ConverseStream of the AWS SDK is answered over HTTP/2', async () => {
  const { stream } = await client.send(new ConverseStreamCommand(CONVERSE));
  const events = await gathered(stream);
  expect(events.flatMap((event) => Object.keys(event))).toEqual([
    'messageStart', ...Array<string>(4).fill('contentBlockDelta'), 'contentBlockStop', 'messageStop', 'metadata',
  ]);
  expect(events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('')).toBe('You said: Hello');
});

test('a forced tool, thinking and a limit on tokens shape the answer in both dialects', async () => {
  const tools = { tools: [{ name: 'weather', input_schema: { type: 'object' } }], tool_choice: { type: 'any' } };
  const tool = await client.send(new InvokeModelCommand({ modelId: PROFILE, body: JSON.stringify({ ...MESSAGES, ...tools }) }));
  expect(JSON.parse(tool.body.transformToString())).toMatchObject({ stop_reason: 'tool_use', content: [{ type: 'tool_use', name: 'weather', input: { echo: 'Hello' } }] });

  const short = await client.send(new ConverseCommand({ ...CONVERSE, inferenceConfig: { maxTokens: 2 } }));
  expect([short.stopReason, short.output?.message?.content]).toEqual(['max_tokens', [{ text: 'You said' }]]);

  const thinking = { additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1024 } } };
  const thought = await gathered((await client.send(new ConverseStreamCommand({ ...CONVERSE, ...thinking }))).stream);
  expect(thought.map((event) => event.contentBlockDelta?.delta?.reasoningContent?.text ?? '').join('')).toBe('The user wrote 5 characters.');
});

test.each([
  ['an inference profile\'s ARN', `arn:aws:bedrock:eu-west-2:111122223333:inference-profile/${PROFILE}`],
  ['an application inference profile\'s ARN', 'arn:aws:bedrock:eu-west-2:111122223333:application-inference-profile/abcdef012345'],
  ['the global profile', 'global.anthropic.claude-haiku-4-5-20251001-v1:0'],
])('%s is a model identifier', async (_, modelId) => {
  const { output } = await client.send(new ConverseCommand({ ...CONVERSE, modelId }));
  expect(output?.message?.content).toEqual([{ text: 'You said: Hello' }]);
});

test('a wrong Region and a wrong secret of the AWS SDK are refused', async () => {
  const region = new BedrockRuntimeClient({ region: 'eu-west-1', endpoint: bedrock.url, credentials: TEST_CREDENTIALS, maxAttempts: 1 });
  await expect(region.send(new ConverseCommand(CONVERSE))).rejects.toMatchObject({
    name: 'InvalidSignatureException', message: "Credential should be scoped to a valid Region, not 'eu-west-1'.",
  });
  const credentials = { ...TEST_CREDENTIALS, secretAccessKey: 'another' };
  const secret = new BedrockRuntimeClient({ region: 'eu-west-2', endpoint: bedrock.url, credentials, maxAttempts: 1 });
  await expect(secret.send(new ConverseCommand(CONVERSE))).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  region.destroy();
  secret.destroy();
});

describe('bedrock-mantle', () => {
  const REQUEST = { path: '/anthropic/v1/messages', region: 'eu-west-1', service: 'bedrock-mantle', headers: { 'anthropic-version': '2023-06-01' } };
  const BODY = { model: 'anthropic.claude-haiku-4-5', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] };
  let mantle: BedrockStandIn;
  beforeEach(async () => { mantle = await BedrockStandIn.start({ region: 'eu-west-1' }); });
  afterEach(async () => { await mantle.stop(); });

  test('a Messages request is answered', async () => {
    const { status, body } = await sendSigned({ ...REQUEST, url: mantle.url, body: JSON.stringify(BODY) });
    expect([status, JSON.parse(body.toString())]).toMatchObject([200, { type: 'message', content: [{ text: 'You said: Hello' }] }]);
  });

  test('a stream is server-sent events', async () => {
    const { headers, body } = await sendSigned({ ...REQUEST, url: mantle.url, body: JSON.stringify({ ...BODY, stream: true }) });
    expect(headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const events = body.toString().split('\n\n').slice(0, -1).map((event) => /^event: (.*)\ndata: (.*)$/.exec(event)?.slice(1) ?? []);
    expect(events.map(([name, data]) => [name, (JSON.parse(data) as { type: string }).type])).toEqual(
      ['message_start', 'content_block_start', ...Array<string>(4).fill('content_block_delta'), 'content_block_stop', 'message_delta', 'message_stop']
        .map((name) => [name, name]));
  });

  test.each([
    [400, 'invalid_request_error', 'max_tokens: Field required', { ...BODY, max_tokens: undefined }, {}],
    [400, 'invalid_request_error', 'output_config.format: structured outputs are not supported', { ...BODY, output_config: { format: {} } }, {}],
    [404, 'not_found_error', "The model 'eu.anthropic.claude-haiku-4-5' does not exist", { ...BODY, model: 'eu.anthropic.claude-haiku-4-5' }, {}],
    [400, 'invalid_request_error', 'anthropic-version: header is required', BODY, { headers: {} }],
    [400, 'invalid_request_error', 'anthropic-version: "2022-01-01" is not a valid version', BODY, { headers: { 'anthropic-version': '2022-01-01' } }],
    [400, 'invalid_request_error', 'anthropic_version: Extra inputs are not permitted', { ...BODY, anthropic_version: 'bedrock-2023-05-31' }, {}],
    [403, 'permission_error', "Credential should be scoped to correct service: 'bedrock-mantle'.", BODY, { service: 'bedrock' }],
  ])('%i %s: %s', async (status, type, message, body, request) => {
    const response = await sendSigned({ ...REQUEST, ...request, url: mantle.url, body: JSON.stringify(body) });
    expect([response.status, JSON.parse(response.body.toString())]).toEqual(
      [status, { type: 'error', error: { type, message }, request_id: expect.any(String) as string }]);
  });

  test('a Region whose endpoint does not serve the model answers 404', async () => {
    const response = await sendSigned({ ...REQUEST, url: bedrock.url, region: 'eu-west-2', body: JSON.stringify(BODY) });
    expect(response.status).toBe(404);
  });
});
