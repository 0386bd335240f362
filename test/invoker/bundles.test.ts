import { join, resolve } from 'node:path';
import { functionUrlEvent, httpApiEvent, loadBalancerEvent, restApiEvent } from './http-events';
import { MODEL_ID, REGION } from './test-invoker';
import { BedrockStandIn, credentialEnvironment, EXPIRED_CREDENTIALS, Fault } from '../stand-ins/bedrock-runtime';
import { findRic, InitError, LambdaProcess, LOOP } from '../stand-ins/lambda-runtime-api';

const assets = resolve(__dirname, '../../assets');
/** The loop always; the real runtime client where scripts/install-ric.mjs has put it. */
const DRIVERS = [LOOP, ...[findRic()].flatMap((driver) => driver === undefined ? [] : [driver])];

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

  test.each([
    ['WARN', { message: 'metrics', level: 'WARN', Invocations: 1, InputTokens: expect.any(Number) }, { message: 'failed', level: 'WARN', error: 'InvalidRequestError', Invocations: 1 }],
    ['INFO', { message: 'answered', level: 'INFO', Invocations: 1 }, { message: 'failed', level: 'WARN' }],
    ['FATAL', { message: 'metrics', level: 'FATAL', Invocations: 1 }, { message: 'metrics', level: 'FATAL', ClientErrors: 1 }],
  ])('under JSON logs of level %s every line has a time and a level at which it passes', async (level, answered, failed) => {
    const process = await start('invoke-model', { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: level });
    const lines = [await process.invoke({ prompt: 'Hello' }), await process.invoke({ prompt: '' })].map(({ stdout }) => JSON.parse(stdout[0]));
    expect(lines).toMatchObject([answered, failed]);
    for (const { timestamp, _aws } of lines) expect(timestamp).toBe(new Date(_aws.Timestamp).toISOString());
  });

  test('Lambda\'s JSON log calls a thrown error by its name, not by its minified class', async () => {
    standIn.faults.push(Fault.accessDenied('No.'));
    const { stdout } = await (await start('invoke-model', { AWS_LAMBDA_LOG_FORMAT: 'JSON' })).invoke({ prompt: 'Hello' });
    expect(stdout.map((line) => JSON.parse(line))).toMatchObject([{ message: 'failed' }, { level: 'ERROR', message: { errorType: 'AccessDeniedError', errorMessage: 'AccessDeniedException: No.' } }]);
  });

  test.each(['Text', 'JSON'])('what Lambda\'s runtime logs of a failed call quotes nothing of the event, in the format %s', async (format) => {
    standIn.faults.push(Fault.validation((call) => `messages.0.role: Input should be 'user' or 'assistant', got ${call.body.toString()}`));
    const event = { messages: [{ role: 'zebra-42', content: 'wild zebra-42'.repeat(100_000) }] };
    const { stdout, error } = await (await start('invoke-model', { AWS_LAMBDA_LOG_FORMAT: format })).invoke(event);
    expect(error).toMatchObject({ errorType: 'InvalidRequestError', errorMessage: expect.stringContaining('messages.0.role: Input should be \'user\' or \'assistant\', ') });
    expect(stdout).toHaveLength(2);
    expect(stdout.join('\n').length).toBeLessThan(12_000);
    expect(stdout.join('\n')).not.toContain('zebra');
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
    const { stream } = await process.invoke(functionUrlEvent({ body: { prompt: 'Hello', max_tokens: 30_000, stream: true } }), (chunk) => arrived.push(chunk));
    expect(stream?.prelude).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/event-stream' } });
    const types = [...stream!.body.toString().matchAll(/^event: (.*)$/gm)].map(([, type]) => type);
    expect([types[0], types.at(-1)]).toEqual(['message_start', 'message_stop']);
    expect(arrived.length).toBeGreaterThan(3);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html#response-transfer-mode-lambda-format
  test.each([[true, 'text/event-stream', /^event: message_start\n/], [false, 'application/json', /^\{.*"type":"message"/]])(
    'a REST API that streams is given metadata, eight NUL bytes and then the payload: "stream" is %j', async (stream, contentType, payload) => {
      const arrived: Buffer[] = [];
      await (await start('invoke-model-stream')).invoke(restApiEvent({ body: { prompt: 'Hello', stream } }, '/{proxy+}'), (chunk) => arrived.push(chunk));
      const raw = Buffer.concat(arrived);
      const delimiter = raw.indexOf(Buffer.alloc(8));
      expect(delimiter).toBeGreaterThan(0);
      expect(delimiter).toBeLessThan(16 * 1024);
      expect(JSON.parse(raw.subarray(0, delimiter).toString())).toEqual({ statusCode: 200, headers: expect.objectContaining({ 'content-type': contentType }) });
      expect(raw.subarray(delimiter + 8).toString()).toMatch(payload);
    });

  test.each<[string, object]>([
    ['an HTTP API', httpApiEvent({ body: { prompt: 'Hello' } })], ['a load balancer', loadBalancerEvent({ body: { prompt: 'Hello' } })],
  ])('%s in front of a function that streams gets its result as JSON', async (_, event) => {
    const { stream } = await (await start('invoke-model-stream')).invoke(event);
    expect(stream).toMatchObject({ contentType: 'application/json' });
    expect(JSON.parse(stream!.body.toString())).toMatchObject({ statusCode: 200, isBase64Encoded: false });
  });

  test('a streamed call that fails has a status and an error body', async () => {
    standIn.faults.push(Fault.accessDenied('No.'));
    const { stream, stdout } = await (await start('invoke-model-stream')).invoke(functionUrlEvent({ body: { prompt: 'Hello', stream: true } }));
    expect(stream?.prelude).toMatchObject({ statusCode: 500 });
    expect(JSON.parse(stream!.body.toString())).toMatchObject({ type: 'error', error: { type: 'api_error', message: 'The function could not get the model\'s answer. Its log says why.' } });
    expect(JSON.parse(stdout[0])).toMatchObject({ message: 'failed', error: 'AccessDeniedError', reason: 'AccessDeniedException: No.', ServerErrors: 1, source: 'function-url' });
  });

  test('a deployment that is configured wrong says so before its first call', async () => {
    await expect(start('invoke-model', { MODEL_ENDPOINT: 'bedrock' })).rejects.toThrow(InitError);
    await expect(start('invoke-model', { MODEL_ENDPOINT: 'bedrock' })).rejects.toThrow('ConfigurationError: MODEL_ENDPOINT is "bedrock"; expected "bedrock-runtime" or "bedrock-mantle".');
  });
});
