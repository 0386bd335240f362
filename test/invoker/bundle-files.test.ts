import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { functionUrlEvent, restApiEvent } from './http-events';
import { contextWith, MODEL_ID, REGION, TestInvoker } from './test-invoker';
import { CONVERSE } from '../../src/handlers/invoke/dialects/converse-dialect';
import { MESSAGES } from '../../src/handlers/invoke/dialects/messages-dialect';
import { respond } from '../../src/handlers/invoke/events/respond';
import { BedrockStandIn, credentialEnvironment, Fault } from '../stand-ins/bedrock-runtime';

const ASSETS = resolve(__dirname, '../../assets');
const MESSAGE = { messageId: 'a', body: '{"prompt":"Hello"}', eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-west-2:111122223333:q' };

/** Calls a bundle with each of these events, and prints what it threw for it and the files that it had loaded by then. */
const SCRIPT = `
  const { basename, dirname } = require('node:path');
  const { Writable } = require('node:stream');
  globalThis.awslambda = { streamifyResponse: (handle) => handle, HttpResponseStream: { from: (out) => out } };
  const [, main, events] = process.argv;
  const { handler } = require(main);
  const context = { awsRequestId: 'lambda-1', getRemainingTimeInMillis: () => 5000 };
  const sink = () => new Writable({ write: (chunk, encoding, done) => done() });
  const answer = async (event) => handler.length === 3 ? handler(event, sink(), context) : handler(event, context);
  (async () => {
    const results = [];
    for (const event of JSON.parse(events)) {
      const error = await answer(event).then(() => undefined, ({ name, message }) => ({ name, message }));
      results.push({ error, files: Object.keys(require.cache).filter((file) => dirname(file) === dirname(main)).map((file) => basename(file)).sort() });
    }
    console.log(JSON.stringify(results));
  })();
`;

let standIn: BedrockStandIn;
beforeEach(async () => { standIn = await BedrockStandIn.start({ region: REGION }); });
afterEach(async () => standIn.stop());

interface Called {
  readonly error?: { readonly name: string; readonly message: string };
  readonly files: string[];
}

async function called(bundle: string, events: unknown[]): Promise<Called[]> {
  const env = { ...credentialEnvironment(), MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: REGION, AWS_ENDPOINT_URL: standIn.url };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', SCRIPT, join(ASSETS, bundle, 'index.js'), JSON.stringify(events)], { env });
  return JSON.parse(stdout.trim().split('\n').pop()!) as Called[];
}

test.each([
  ['invoke-model', [{ prompt: 'Hello' }, restApiEvent({ body: { prompt: 'Hello' } }), { Records: [MESSAGE] }]],
  ['invoke-model-converse', [{ prompt: 'Hello' }, restApiEvent({ body: { prompt: 'Hello' } }), { Records: [MESSAGE] }]],
  ['invoke-model-stream', [{ prompt: 'Hello' }, functionUrlEvent({ body: { prompt: 'Hello', stream: true } }), functionUrlEvent({ body: { prompt: 'Hello' } })]],
])('%s answers whoever calls it with two of its files', async (bundle, events) => {
  expect(await called(bundle, events)).toEqual(events.map(() => ({ files: ['index.js', 'main.cjs'] })));
});

const THINKING = { thinking: { type: 'enabled', budget_tokens: 9000 }, max_tokens: 100 };
const REFUSED = [
  null,
  [],
  { prompt: '' },
  { prompt: 'Hello', messages: [] },
  { prompt: 'Hello', stream: true },
  { prompt: 'Hello', stream: 'yes' },
  { prompt: 'Hello', model: 'anthropic.other', modelId: 'anthropic.other' },
  { prompt: 'Hello', service_tier: 'flex', serviceTier: { type: 'flex' } },
  { 'prompt': 'Hello', 'detail-type': 'An event' },
  { prompt: 'Hello', ...THINKING, additionalModelRequestFields: THINKING },
];

test.each([['invoke-model', MESSAGES], ['invoke-model-converse', CONVERSE]] as const)(
  'what %s says of an event that it refuses is what its source says', async (bundle, dialect) => {
    const invoker = TestInvoker.create({ url: standIn.url, dialect, options: { limits: {} } });
    const refusal = async (event: unknown) => respond(event, contextWith(5000), invoker)
      .then(() => undefined, ({ name, message }: Error) => ({ name, message }));
    const said = await Promise.all(REFUSED.map(refusal));
    expect(said.every((error) => error?.name === 'InvalidRequestError')).toBe(true);
    const results = await called(bundle, REFUSED);
    expect(results.map(({ error }) => error)).toEqual(said);
    expect(results.pop()!.files).toEqual(['explain.cjs', 'index.js', 'main.cjs', 'sentences.cjs']);
    invoker.close();
  });

test('so it is with what went wrong on the way', async () => {
  const invoker = TestInvoker.create({ url: standIn.url });
  const refusals = () => [Fault.accessDenied('No.'), Fault.validation(() => 'messages: too long')];
  const events = [{ prompt: 'Hello' }, { prompt: 'Hello' }];
  standIn.faults.push(...refusals());
  const results = await called('invoke-model', events);
  standIn.faults.push(...refusals());
  for (const { error } of results) await expect(respond(events[0], contextWith(5000), invoker)).rejects.toMatchObject(error!);
  invoker.close();
});
