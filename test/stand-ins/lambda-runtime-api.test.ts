import { join } from 'node:path';
import { findRic, InitError, InvocationResult, LambdaProcess, LOOP } from './lambda-runtime-api';

const HANDLERS = join(__dirname, '../fixtures/handlers');
const BROKEN = join(__dirname, '../fixtures/handlers-broken');
/** The loop always; the real runtime client where scripts/install-ric.mjs has put it. */
const DRIVERS = [LOOP, ...[findRic()].flatMap((driver) => driver === undefined ? [] : [driver])];

const started: LambdaProcess[] = [];
afterEach(async () => { await Promise.all(started.splice(0).map(async (lambda) => lambda.stop())); });

describe.each(DRIVERS)('$name', (driver) => {
  async function start(name: string, options: { env?: Record<string, string>; timeoutMs?: number } = {}): Promise<LambdaProcess> {
    const lambda = await LambdaProcess.start({ handlerDir: HANDLERS, handler: `index.${name}`, driver, ...options });
    started.push(lambda);
    return lambda;
  }

  test('a handler answers event after event in one process', async () => {
    const lambda = await start('echo');
    const { pid } = lambda;
    const results: InvocationResult[] = [];
    for (const name of ['first', 'second', 'zweites – ünïcode']) results.push(await lambda.invoke({ name }));
    expect(results.map(({ response }) => response)).toEqual(['first', 'second', 'zweites – ünïcode'].map((name) => (
      { event: { name }, functionName: 'stand-in', timeLeft: true, requestIdGiven: true }
    )));
    expect(lambda.pid).toBe(pid);
    expect(new Set(results.map(({ requestId }) => requestId)).size).toBe(3);
  });

  test('a handler that returns nothing answers null', async () => {
    const lambda = await start('nothing');
    expect(await lambda.invoke({})).toMatchObject({ response: null, payload: Buffer.from('null'), stdout: [] });
  });

  test('the lines that an invocation logs come with its result, in Lambda\'s text format', async () => {
    const lambda = await start('echo');
    const { stdout, requestId } = await lambda.invoke({ name: 'one\nof two lines' });
    expect(stdout).toHaveLength(1);
    expect(stdout[0].replace(/^[^\t]+/, 'time')).toBe(`time\t${requestId}\tINFO\techoing one\rof two lines`);
    expect((await lambda.invoke({ name: 'next' })).stdout).toHaveLength(1);
  });

  test('the lines that an invocation logs come in Lambda\'s JSON format', async () => {
    const lambda = await start('echo', { env: { AWS_LAMBDA_LOG_FORMAT: 'JSON' } });
    const { stdout, requestId } = await lambda.invoke({ name: 'one' });
    expect(stdout.map((line) => JSON.parse(line) as object)).toEqual([
      { timestamp: expect.any(String) as string, level: 'INFO', requestId, message: 'echoing one' },
    ]);
  });

  test('a thrown error is reported with its name and message, and logged', async () => {
    const lambda = await start('fails');
    const { error, response, stdout } = await lambda.invoke({});
    expect(error).toMatchObject({ errorType: 'BadLuckError', errorMessage: 'no such luck' });
    expect(error?.trace?.[0]).toBe('BadLuckError: no such luck');
    expect(response).toBeUndefined();
    expect(stdout.join()).toContain('Invoke Error \t{"errorType":"BadLuckError","errorMessage":"no such luck"');
    expect((await lambda.invoke({})).error?.errorType).toBe('BadLuckError');
  });

  test('a response over the limit of the platform is an error', async () => {
    const lambda = await start('large');
    expect((await lambda.invoke({ bytes: 6_291_554 })).payload).toHaveLength(6_291_556);
    expect((await lambda.invoke({ bytes: 6_291_555 })).error).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes).',
    });
    expect((await lambda.invoke({ bytes: 1 })).response).toBe('x');
  });

  test('a stream arrives with its prelude taken apart', async () => {
    const lambda = await start('streams');
    const chunks: Buffer[] = [];
    const { stream, error } = await lambda.invoke({ words: ['one ', 'two'] }, (chunk) => chunks.push(chunk));
    expect(stream).toEqual({
      contentType: 'application/vnd.awslambda.http-integration-response',
      prelude: { statusCode: 201, headers: { 'content-type': 'text/plain' } },
      body: Buffer.from('one two'),
    });
    expect(error).toBeUndefined();
    expect(Buffer.concat(chunks).toString()).toBe('{"statusCode":201,"headers":{"content-type":"text/plain"}}\0\0\0\0\0\0\0\0one two');
  });

  test('a stream without a prelude is all body', async () => {
    const lambda = await start('streamsPlainly');
    expect((await lambda.invoke({})).stream).toEqual({ contentType: 'application/octet-stream', body: Buffer.from('plain') });
  });

  test('a stream that fails half way has its body and its error', async () => {
    const lambda = await start('streamFailsHalfWay');
    const { stream, error } = await lambda.invoke({});
    expect(stream?.body.toString()).toBe('half of the ');
    expect(error).toMatchObject({ errorType: 'TypeError', errorMessage: 'the other half is missing' });
    expect((await lambda.invoke({})).error?.errorType).toBe('TypeError');
  });

  test('a process that exits is an error, and the next event gets a new one', async () => {
    const lambda = await start('exits');
    const { pid } = lambda;
    expect((await lambda.invoke({})).error).toEqual({ errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with error: exit status 3' });
    expect((await lambda.invoke({})).error?.errorType).toBe('Runtime.ExitError');
    expect(lambda.pid).not.toBe(pid);
  });

  test('a handler that does not end is timed out', async () => {
    const lambda = await start('hangs', { timeoutMs: 300 });
    const { error, requestId } = await lambda.invoke({});
    expect(error).toEqual({ errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: Task timed out after 0.30 seconds` });
  });

  test.each([
    ['missing', 'Runtime.HandlerNotFound: index.missing is undefined or not exported'],
    ['notAFunction', 'Runtime.HandlerNotFound: index.notAFunction is not a function'],
  ])('the handler index.%s is refused at init', async (name, message) => {
    await expect(start(name)).rejects.toThrow(new Error(message));
  });

  test('a module that throws while it loads fails the init', async () => {
    const broken = LambdaProcess.start({ handlerDir: BROKEN, handler: 'index.handler', driver });
    await expect(broken).rejects.toThrow(new Error('RangeError: the module throws while it loads'));
    await expect(broken).rejects.toBeInstanceOf(InitError);
  });

  test('the process sees what Lambda sets and nothing of this machine', async () => {
    const lambda = await start('environment', { env: { MODEL_ID: 'eu.anthropic' } });
    const environment = (await lambda.invoke({})).response as Record<string, string>;
    expect(environment).toMatchObject({ AWS_REGION: 'eu-west-2', LAMBDA_TASK_ROOT: HANDLERS, MODEL_ID: 'eu.anthropic', _HANDLER: 'index.environment' });
    expect(environment.HOME).toBeUndefined();
  });
});

// What differs by nature: identities, times, and the frames of the runtime in a stack.
function comparable({ requestId, durationMs, stdout, error, ...rest }: InvocationResult): object {
  const lines = stdout.map((line) => line
    .replaceAll(requestId, 'id')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, 'time')
    .replace(/"stack":\[.*\]/, '"stack":[]'));
  return { ...rest, timed: durationMs > 0, stdout: lines, error: error && { ...error, trace: error.trace?.slice(0, 1) } };
}

// A loop, for an empty table is an error to describe.each.
for (const driver of DRIVERS.filter((candidate) => candidate !== LOOP)) {
  test.each([
    ['echo', { name: 'Grüße' }],
    ['nothing', {}],
    ['fails', {}],
    ['throwsAString', {}],
    ['answersWithoutAPromise', {}],
    ['streams', { words: ['one ', 'two'] }],
    ['streamsPlainly', {}],
    ['streamFailsHalfWay', {}],
    ['exits', {}],
  ])(`index.%s ends the same in the loop and in ${driver.name}`, async (name, event) => {
    const results: object[] = [];
    for (const each of [LOOP, driver]) {
      const lambda = await LambdaProcess.start({ handlerDir: HANDLERS, handler: `index.${name}`, driver: each });
      started.push(lambda);
      results.push(comparable(await lambda.invoke(event)));
    }
    expect(results[0]).toEqual(results[1]);
  });
}

test('a runtime client that is required and not there is an error, not a test less', () => {
  process.env.LAMBDA_RIC_REQUIRED = '1';
  try {
    expect(() => findRic('nowhere')).toThrow(new Error('The Lambda runtime client is not installed, got no file "nowhere/node_modules/aws-lambda-ric/index.mjs"; '
      + 'expected aws-lambda-ric there because LAMBDA_RIC_REQUIRED is set. Run: node scripts/install-ric.mjs'));
  } finally {
    delete process.env.LAMBDA_RIC_REQUIRED;
  }
});
