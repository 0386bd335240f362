import { createServer, IncomingMessage } from 'node:http';
import { AddressInfo } from 'node:net';
import { readConfig } from '../../src/invoker/runtime/config';
import { invoke, Invocation } from '../../src/invoker/runtime/invoke';
import { createSigner } from '../../src/invoker/runtime/signer';
import { Transport } from '../../src/invoker/runtime/transport';

const modelId = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const credentials = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };
const answer = { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'Hi.' }], stop_reason: 'end_turn' };
const calls: { url?: string; headers: IncomingMessage['headers']; body: unknown }[] = [];
let status = 200;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
    calls.push({ url: request.url, headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
    response.writeHead(status, status === 200 ? {} : { 'x-amzn-errortype': 'ThrottlingException:http://x/', 'x-amzn-requestid': 'r-1' });
    response.end(JSON.stringify(status === 200 ? answer : { message: 'Too many tokens' }));
  });
});
let invocation: Invocation;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const env = {
    ...credentials,
    MODEL_ID: modelId,
    MODEL_ENDPOINT: 'bedrock-runtime',
    MODEL_REGION: 'eu-west-2',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  const config = readConfig(env);
  invocation = { config, sign: createSigner(config, env), transport: new Transport(config.url), now: () => new Date('2026-01-02T03:04:05Z') };
});

beforeEach(() => {
  calls.length = 0;
  status = 200;
});

afterAll(() => {
  invocation.transport.close();
  server.close();
});

test('a prompt is answered through the profile, signed for the source Region', async () => {
  expect(await invoke({ prompt: 'Hello' }, invocation, AbortSignal.timeout(5000))).toEqual(answer);
  expect(calls).toMatchObject([{
    url: '/model/eu.anthropic.claude-haiku-4-5-20251001-v1%3A0/invoke',
    body: { anthropic_version: 'bedrock-2023-05-31', max_tokens: 4096, messages: [{ role: 'user', content: 'Hello' }] },
    headers: { 'x-amz-security-token': 'token', 'x-amz-date': '20260102T030405Z' },
  }]);
  expect(calls[0].headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20260102\/eu-west-2\/bedrock\/aws4_request, /);
});

test('an event may name the model of the construct, and no other', async () => {
  expect(await invoke({ prompt: 'Hello', model: modelId }, invocation, AbortSignal.timeout(5000))).toEqual(answer);
  expect(calls[0].body).not.toHaveProperty('model');
  await expect(invoke({ prompt: 'Hello', model: 'claude-opus' }, invocation, AbortSignal.timeout(5000))).rejects.toMatchObject({
    name: 'InvalidRequestError',
    message: `The event asks for the model "claude-opus"; this invoker calls "${modelId}". Leave "model" out, or deploy a HaikuInvoker for the other model.`,
  });
  expect(calls).toHaveLength(1);
});

test('a throttled call ends in a RateLimitError with the code and the request ID of the service', async () => {
  status = 429;
  await expect(invoke({ prompt: 'Hello' }, invocation, AbortSignal.timeout(5000))).rejects.toMatchObject({
    name: 'RateLimitError', message: 'ThrottlingException: Too many tokens', requestId: 'r-1',
  });
});
