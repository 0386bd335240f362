// The bundles themselves, each in a process of its own, before stand-ins of Bedrock, S3 and Parameter Store.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { SystemSource } from '../../../../src/contract/invoker-options';
import { functionUrlEvent } from '../../../invoker/http-events';
import { MODEL_ID, REGION } from '../../../invoker/test-invoker';
import { BedrockStandIn, credentialEnvironment } from '../../../stand-ins/bedrock-runtime';
import { findRic, LambdaProcess, LOOP } from '../../../stand-ins/lambda-runtime-api';
import { PromptStores } from '../../../stand-ins/prompt-stores';

const ASSETS = resolve(__dirname, '../../../../assets');
const FOLDER = mkdtempSync(join(tmpdir(), 'haiku-bundles-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));
const TEXT = 'Cite the paragraph: ü. '.repeat(1000);
const OBJECT: SystemSource = { bucket: 'prompts', key: 'team/a b.txt' };
const BUNDLES = ['invoke-model', 'invoke-model-converse', 'invoke-model-stream'];

let bedrock: BedrockStandIn;
let stores: PromptStores;
let lambda: LambdaProcess | undefined;
beforeEach(async () => {
  [bedrock, stores] = await Promise.all([BedrockStandIn.start({ region: REGION }), PromptStores.start(REGION)]);
});
afterEach(async () => {
  await lambda?.stop();
  await Promise.all([bedrock.stop(), stores.stop()]);
});

async function start(bundle: string, systemSource: SystemSource, options = {}, timeoutMs = 10_000): Promise<LambdaProcess> {
  let handlerDir = join(ASSETS, bundle);
  if ('file' in systemSource) {
    handlerDir = join(FOLDER, bundle);
    cpSync(join(ASSETS, bundle), handlerDir, { recursive: true });
    writeFileSync(join(handlerDir, systemSource.file), TEXT);
  }
  lambda = await LambdaProcess.start({
    handlerDir,
    handler: 'index.handler',
    driver: findRic() ?? LOOP,
    timeoutMs,
    env: {
      ...credentialEnvironment(),
      ...stores.environment,
      MODEL_ID,
      MODEL_ENDPOINT: 'bedrock-runtime',
      MODEL_REGION: REGION,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      INVOKER_OPTIONS: JSON.stringify({ systemSource, ...options }),
    },
  });
  return lambda;
}

/** What Bedrock was sent as the system prompt, call by call. */
const sent = () => bedrock.calls.map(({ body }) => (JSON.parse(body.toString()) as { system: unknown }).system);

test.each(BUNDLES.flatMap((bundle) => [[bundle, 'file'], [bundle, 'object'], [bundle, 'parameter']]))('%s sends a prompt that it reads from a %s, once for many calls', async (bundle, from) => {
  stores.objects.set('prompts/team/a b.txt', TEXT);
  stores.parameters.set('/team/prompt', TEXT);
  const source: Record<string, SystemSource> = { file: { file: 'system-prompt.txt' }, object: OBJECT, parameter: { parameter: '/team/prompt' } };
  const process = await start(bundle, source[from]);
  for (const prompt of ['One', 'Two', 'Three']) {
    const { response, stream, error } = await process.invoke(bundle === 'invoke-model-stream' ? functionUrlEvent({ body: { prompt, stream: true } }) : { prompt });
    expect(error).toBeUndefined();
    expect(JSON.stringify(response ?? stream?.body.toString())).toContain('You');
  }
  const prompt = bundle === 'invoke-model-converse' ? [{ text: TEXT }] : TEXT;
  expect(sent()).toEqual([prompt, prompt, prompt]);
  expect(stores.reads).toHaveLength(from === 'file' ? 0 : 1);
});

test('a batch of a queue reads it once, and it is cached as a literal one would be', async () => {
  stores.objects.set('prompts/team/a b.txt', TEXT);
  const record = (messageId: string) => ({ messageId, body: '{"prompt":"Hello"}', eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-west-2:111122223333:q' });
  const { response } = await (await start('invoke-model', OBJECT, { promptCaching: { system: '1h' } })).invoke({ Records: ['a', 'b', 'c', 'd'].map(record) });
  expect(response).toEqual({ batchItemFailures: [] });
  expect(sent()).toEqual(Array(4).fill([{ type: 'text', text: TEXT, cache_control: { type: 'ephemeral', ttl: '1h' } }]));
  expect(stores.reads).toHaveLength(1);
});

test('an event\'s own prompt wins, unless it is locked', async () => {
  stores.objects.set('prompts/team/a b.txt', TEXT);
  const event = { messages: [{ role: 'user', content: 'Hello' }], system: 'Mine.' };
  await (await start('invoke-model', OBJECT)).invoke(event);
  expect(sent()).toEqual(['Mine.']);
  await lambda!.stop();
  expect((await (await start('invoke-model', OBJECT, { lockedFields: ['system'] })).invoke(event)).error).toMatchObject({ errorType: 'InvalidRequestError' });
});

test.each(BUNDLES)('%s fails each call of which the prompt cannot be read, until it can be', async (bundle) => {
  const process = await start(bundle, OBJECT);
  const http = bundle === 'invoke-model-stream';
  const { error, stream, stdout } = await process.invoke(http ? functionUrlEvent({ body: { prompt: 'Hello', stream: true } }) : { prompt: 'Hello' });
  const reason = 'The system prompt could not be read from s3://prompts/team/a b.txt. NoSuchKey: The specified key does not exist. '
    + 'Put the object there, or name another one in SystemPromptSource.fromBucket(...).';
  expect(JSON.parse(stdout[0])).toMatchObject({ message: 'failed', error: 'ConfigurationError', reason, attempts: 0, ServerErrors: 1 });
  if (http) {
    expect(stream!.prelude).toMatchObject({ statusCode: 500 });
    expect(stream!.body.toString()).not.toContain('s3:');
  } else {
    expect(error).toMatchObject({ errorType: 'ConfigurationError', errorMessage: reason });
  }
  stores.objects.set('prompts/team/a b.txt', TEXT);
  await process.invoke(http ? functionUrlEvent({ body: { prompt: 'Hello', stream: true } }) : { prompt: 'Hello' });
  expect(sent()).toHaveLength(1);
});

test('a store that is silent is reported before Lambda ends the process', async () => {
  stores.faults.push({ silent: true });
  const { error } = await (await start('invoke-model', OBJECT, {}, 1500)).invoke({ prompt: 'Hello' });
  expect(error).toMatchObject({ errorType: 'ConfigurationError', errorMessage: expect.stringContaining('No answer came within the function\'s timeout.') });
});

test('a variable that the deployment left out is named before the first call', async () => {
  const variables = [{ path: ['systemSource', 'key'], name: 'INVOKER_OPTION_SYSTEM_SOURCE_KEY', needed: true }];
  await expect(start('invoke-model', { bucket: 'prompts' } as SystemSource, { variables })).rejects.toThrow('ConfigurationError: INVOKER_OPTION_SYSTEM_SOURCE_KEY is not set; expected some text.');
});
