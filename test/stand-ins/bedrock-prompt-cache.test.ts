import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { BedrockStandIn, sendSigned, TEST_CREDENTIALS } from './bedrock-runtime';

const PROFILE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const LONG = 'word '.repeat(4_000);

let bedrock: BedrockStandIn;
beforeEach(async () => { bedrock = await BedrockStandIn.start({ region: 'eu-west-2' }); });
afterEach(async () => { await bedrock.stop(); });

async function usage(system: string, ttl: string): Promise<Record<string, unknown>> {
  const body = JSON.stringify({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Hello' }],
    system: [{ type: 'text', text: system, cache_control: { type: 'ephemeral', ttl } }],
  });
  const response = await sendSigned({ url: bedrock.url, path: `/model/${encodeURIComponent(PROFILE)}/invoke`, body, region: 'eu-west-2' });
  return (JSON.parse(response.body.toString()) as { usage: Record<string, unknown> }).usage;
}

test.each(['5m', '1h'])('a prompt cached for %s is written once and read after', async (ttl) => {
  const prefix = [{ type: 'text', text: LONG, cache_control: { type: 'ephemeral', ttl } }];
  const tokens = Math.ceil(JSON.stringify(prefix).length / 4);
  expect(await usage(LONG, ttl)).toMatchObject({
    cache_creation_input_tokens: tokens,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: ttl === '5m' ? tokens : 0, ephemeral_1h_input_tokens: ttl === '1h' ? tokens : 0 },
  });
  expect(await usage(LONG, ttl)).toMatchObject({ cache_creation_input_tokens: 0, cache_read_input_tokens: tokens });
});

test('a prompt below the least that the model caches is not cached', async () => {
  await usage('short', '5m');
  expect(await usage('short', '5m')).toMatchObject({ cache_creation_input_tokens: 0, cache_read_input_tokens: 0 });
});

test('a cache point of Converse does the same', async () => {
  const client = new BedrockRuntimeClient({ region: 'eu-west-2', endpoint: bedrock.url, credentials: TEST_CREDENTIALS });
  const command = new ConverseCommand({
    modelId: PROFILE, messages: [{ role: 'user', content: [{ text: 'Hello' }] }], system: [{ text: LONG }, { cachePoint: { type: 'default' } }],
  });
  const written = (await client.send(command)).usage;
  const read = (await client.send(command)).usage;
  client.destroy();
  expect(written?.cacheWriteInputTokens).toBeGreaterThan(5_000);
  expect([read?.cacheWriteInputTokens, read?.cacheReadInputTokens]).toEqual([0, written?.cacheWriteInputTokens]);
  expect(read?.totalTokens).toBe(written?.totalTokens);
});
