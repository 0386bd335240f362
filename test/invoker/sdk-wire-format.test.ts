import {
  BedrockRuntimeClient, ConverseCommand, InvokeModelCommand, InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { ResponseSink, withHead } from './response-sink';
import { contextWith, MODEL_ID, REGION, TestInvoker } from './test-invoker';
import type { InvokerOptions } from '../../src/contract/invoker-options';
import { readConfig } from '../../src/handlers/invoke/config/config';
import { CONVERSE } from '../../src/handlers/invoke/dialects/converse-dialect';
import type { Dialect } from '../../src/handlers/invoke/dialects/dialect';
import { MESSAGES } from '../../src/handlers/invoke/dialects/messages-dialect';
import { respondStreaming } from '../../src/handlers/invoke/events/respond-streaming';
import { Signer } from '../../src/handlers/invoke/http/signer';
import { BedrockStandIn, TEST_CREDENTIALS } from '../stand-ins/bedrock-runtime';

const options: InvokerOptions = {
  guardrail: { id: 'gr1', version: '3', trace: 'enabled' },
  serviceTier: 'reserved',
  requestMetadata: { 'team': 'a', 'cost-center': '42' },
};
const profile = 'arn:aws:bedrock:eu-west-2:111122223333:application-inference-profile/abc123def456';
const messages = [{ role: 'user', content: 'Hello ünïcode' }];

interface Sent {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What the SDK's own client would send, caught after it was signed. */
async function sentBySdk(command: InvokeModelCommand | InvokeModelWithResponseStreamCommand | ConverseCommand): Promise<Sent> {
  let sent: Sent | undefined;
  // A handler of HTTP/1.1, as ours is: over HTTP/2 the SDK signs :authority in the place of host.
  const requestHandler = {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async ({ method, hostname, path, headers, body }: Sent & { body: Uint8Array | string }) => {
      const text = ArrayBuffer.isView(body) ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString() : body;
      sent = { method, hostname, path, headers, body: text };
      throw new Error('caught');
    },
  };
  const client = new BedrockRuntimeClient({ region: REGION, credentials: TEST_CREDENTIALS, requestHandler: requestHandler as never, maxAttempts: 1 });
  await expect(client.send(command as never)).rejects.toThrow('caught');
  client.destroy();
  return sent!;
}

function oursFor(dialect: Dialect, event: unknown, modelId: string, streamed: boolean) {
  const config = readConfig({ MODEL_ID: modelId, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: REGION, INVOKER_OPTIONS: JSON.stringify(options) });
  return dialect.request(dialect.prepare(event, config, streamed).body, config, streamed);
}

const headerInput = (body: string, modelId: string) => ({
  modelId,
  body,
  contentType: 'application/json',
  accept: 'application/json',
  guardrailIdentifier: 'gr1',
  guardrailVersion: '3',
  trace: 'ENABLED' as const,
  serviceTier: 'reserved' as const,
  requestMetadata: JSON.stringify(options.requestMetadata),
});

/** Of the SDK's headers, those that say what is asked; the rest describe the SDK itself. */
const meaningful = (headers: Record<string, string>) => Object.fromEntries(Object.entries(headers)
  .map(([name, value]) => [name.toLowerCase(), value])
  .filter(([name]) => name === 'accept' || name === 'content-type' || name.startsWith('x-amzn-bedrock-')));

/** Signs what the SDK signed with our signer, at the SDK's own time: the signature must be the SDK's. */
function expectSameSignature(sent: Sent): void {
  const { authorization, 'x-amz-date': time } = sent.headers;
  const named = /SignedHeaders=([^,]+),/.exec(authorization)![1].split(';');
  const lower = Object.fromEntries(Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const own = ['host', 'x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'];
  const headers = Object.fromEntries(named.filter((name) => !own.includes(name)).map((name) => [name, lower[name]]));
  const now = new Date(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const signed = new Signer({ host: lower.host, region: REGION, service: 'bedrock' })
    .sign({ path: sent.path, headers, body: sent.body }, TEST_CREDENTIALS, now);
  expect(signed.authorization).toBe(authorization);
}

describe.each([MODEL_ID, profile])('to %s', (modelId) => {
  test.each([[false, InvokeModelCommand], [true, InvokeModelWithResponseStreamCommand]] as const)('InvokeModel (streamed: %j) is what the SDK sends', async (streamed, Command) => {
    const ours = oursFor(MESSAGES, { messages, max_tokens: 10 }, modelId, streamed);
    const sent = await sentBySdk(new Command(headerInput(ours.body, modelId)));
    expect({ path: ours.path, headers: ours.headers }).toEqual({ path: sent.path, headers: meaningful(sent.headers) });
    expect({ method: sent.method, body: ours.body }).toEqual({ method: 'POST', body: sent.body });
    expectSameSignature(sent);
  });

  test('Converse is what the SDK sends', async () => {
    const ours = oursFor(CONVERSE, { messages: [{ role: 'user', content: [{ text: 'Hello ünïcode' }] }] }, modelId, false);
    const sent = await sentBySdk(new ConverseCommand({ modelId, ...JSON.parse(ours.body) }));
    expect(ours.path).toBe(sent.path);
    expect(JSON.parse(ours.body)).toEqual(JSON.parse(sent.body));
    expectSameSignature(sent);
  });
});

test('a stream is decoded into the same events as the SDK decodes', async () => {
  const standIn = await BedrockStandIn.start({ region: REGION });
  const invoker = TestInvoker.create({ url: standIn.url });
  const sink = new ResponseSink();
  const event = { messages, max_tokens: 100 };
  await respondStreaming(event, sink, contextWith(30_000), invoker, withHead);
  invoker.close();
  const client = new BedrockRuntimeClient({ region: REGION, credentials: TEST_CREDENTIALS, endpoint: standIn.url });
  const { body } = await client.send(new InvokeModelWithResponseStreamCommand({ modelId: MODEL_ID, contentType: 'application/json', body: standIn.calls[0].body }));
  const theirs: Record<string, unknown>[] = [];
  for await (const { chunk } of body!) theirs.push(JSON.parse(Buffer.from(chunk!.bytes!).toString()));
  client.destroy();
  await standIn.stop();
  const withoutId = (data: Record<string, unknown>) => ({ ...data, message: data.message && { ...data.message, id: '' } });
  expect(sink.events.map(({ data }) => withoutId(data))).toEqual(theirs.map(withoutId));
  expect(sink.events.map(({ type }) => type)).toEqual(theirs.map(({ type }) => type));
});
