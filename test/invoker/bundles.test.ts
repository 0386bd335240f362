import { join, resolve } from 'node:path';
import { MODEL_ID, REGION } from './test-invoker';
import { BedrockStandIn, credentialEnvironment, EXPIRED_CREDENTIALS, Fault } from '../stand-ins/bedrock-runtime';
import { findRic, InitError, LambdaProcess, LOOP } from '../stand-ins/lambda-runtime-api';

const assets = resolve(__dirname, '../../assets');
/** The loop always; the real runtime client where scripts/install-ric.mjs has put it. */
const DRIVERS = [LOOP, ...[findRic()].flatMap((driver) => driver === undefined ? [] : [driver])];
const url = (body: unknown) => ({
  version: '2.0',
  rawPath: '/',
  headers: {},
  isBase64Encoded: false,
  body: JSON.stringify(body),
  requestContext: { domainName: 'x.lambda-url.eu-west-2.on.aws', http: { method: 'POST' } },
});

let standIn: BedrockStandIn;
let lambda: LambdaProcess | undefined;
beforeEach(async () => { standIn = await BedrockStandIn.start({ region: REGION }); });
afterEach(async () => {
  await lambda?.stop();
  await standIn.stop();
});

describe.each(DRIVERS)('under $name', (driver) => {
  async function start(bundle: string, env: Record<string, string> = {}, timeoutMs = 10_000): Promise<LambdaProcess> {
    lambda = await LambdaProcess.start({
      handlerDir: join(assets, bundle),
      handler: 'index.handler',
      driver,
      timeoutMs,
      env: { ...credentialEnvironment(), MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: REGION, AWS_ENDPOINT_URL: standIn.url, ...env },
    });
    return lambda;
  }

  test('a prompt gets the Messages response, and the log one line of metrics', async () => {
    const { response, stdout, requestId } = await (await start('invoke-model')).invoke({ prompt: 'Hello' });
    expect(response).toMatchObject({ type: 'message', content: [{ type: 'text', text: 'You said: Hello' }] });
    expect(stdout).toHaveLength(1);
    expect(JSON.parse(stdout[0])).toMatchObject({ message: 'answered', lambdaRequestId: requestId, Invocations: 1, _aws: { CloudWatchMetrics: [{ Namespace: 'HaikuInvoker' }] } });
  });

  test('the line is the same under Lambda\'s JSON log format', async () => {
    const { stdout } = await (await start('invoke-model', { AWS_LAMBDA_LOG_FORMAT: 'JSON' })).invoke({ prompt: 'Hello' });
    expect(stdout.map((line) => JSON.parse(line))).toMatchObject([{ message: 'answered', Invocations: 1 }]);
  });

  test('a failed call reports the error\'s name, and the next one is answered', async () => {
    const process = await start('invoke-model');
    standIn.faults.push(Fault.accessDenied('No.'));
    expect((await process.invoke({ prompt: 'Hello' })).error).toMatchObject({ errorType: 'AccessDeniedError', errorMessage: 'AccessDeniedException: No.' });
    expect((await process.invoke({ prompt: 'Hello' })).response).toMatchObject({ type: 'message' });
    expect(standIn.connections).toBe(1);
  });

  test('a service that hangs is reported before Lambda ends the process', async () => {
    standIn.faults.push(Fault.hang());
    const { error } = await (await start('invoke-model', {}, 1500)).invoke({ prompt: 'Hello' });
    expect(error).toMatchObject({ errorType: 'ModelTimeoutError' });
  });

  test('credentials that have expired are said to have', async () => {
    const { error } = await (await start('invoke-model', credentialEnvironment(EXPIRED_CREDENTIALS))).invoke({ prompt: 'Hello' });
    expect(error).toMatchObject({ errorType: 'AuthenticationError' });
  });

  test('a queue whose mapping reports failures keeps the messages without an answer, any other the batch', async () => {
    const eventSourceARN = 'arn:aws:sqs:eu-west-2:111122223333:q';
    const record = (messageId: string, body: string) => ({ messageId, body, eventSource: 'aws:sqs', eventSourceARN });
    const event = { Records: [record('a', '{"prompt":"Hello"}'), record('b', 'broken')] };
    const known = await start('invoke-model', { SQS_REPORTS_ITEM_FAILURES: `arn:x ${eventSourceARN}` });
    expect((await known.invoke(event)).response).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
    await known.stop();
    expect((await (await start('invoke-model')).invoke(event)).error).toMatchObject({ errorType: 'InvalidRequestError' });
  });

  test('a Converse body gets a Converse body', async () => {
    const { response } = await (await start('invoke-model-converse')).invoke({ prompt: 'Hello' });
    expect(response).toMatchObject({ output: { message: { role: 'assistant' } }, stopReason: 'end_turn' });
  });

  test('a Function URL gets server-sent events as they arrive', async () => {
    standIn.faults.push(Fault.slowDrip(30));
    const arrived: Buffer[] = [];
    const process = await start('invoke-model-stream');
    const { stream } = await process.invoke(url({ prompt: 'Hello', max_tokens: 30_000 }), (chunk) => arrived.push(chunk));
    expect(stream?.prelude).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/event-stream' } });
    const types = [...stream!.body.toString().matchAll(/^event: (.*)$/gm)].map(([, type]) => type);
    expect([types[0], types.at(-1)]).toEqual(['message_start', 'message_stop']);
    expect(arrived.length).toBeGreaterThan(3);
  });

  test('a streamed call that fails has a status and an error body', async () => {
    standIn.faults.push(Fault.accessDenied('No.'));
    const { stream, stdout } = await (await start('invoke-model-stream')).invoke(url({ prompt: 'Hello' }));
    expect(stream?.prelude).toMatchObject({ statusCode: 403 });
    expect(JSON.parse(stream!.body.toString())).toMatchObject({ type: 'error', error: { type: 'permission_error' } });
    expect(JSON.parse(stdout[0])).toMatchObject({ message: 'failed', error: 'AccessDeniedError', source: 'function-url' });
  });

  test('a deployment that is configured wrong says so before its first call', async () => {
    await expect(start('invoke-model', { MODEL_ENDPOINT: 'bedrock' })).rejects.toThrow(InitError);
    await expect(start('invoke-model', { MODEL_ENDPOINT: 'bedrock' })).rejects.toThrow('ConfigurationError: MODEL_ENDPOINT is "bedrock"; expected "bedrock-runtime" or "bedrock-mantle".');
  });
});
