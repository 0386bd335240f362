import { join, resolve } from 'node:path';
import { functionUrlEvent } from '../../invoker/http-events';
import { MODEL_ID, REGION } from '../../invoker/test-invoker';
import { BedrockStandIn, EXPIRED_CREDENTIALS, Fault } from '../../stand-ins/bedrock-runtime';
import { LambdaProcess } from '../../stand-ins/lambda-runtime-api';
import { ROLE, StsStandIn } from '../../stand-ins/sts';

const assets = resolve(__dirname, '../../../assets');
/** What the stand-in for AWS STS gives first. */
const session = (number: number) =>
  ({ accessKeyId: `ASIASESSION${number}`, secretAccessKey: `secret+of/session${number}`, sessionToken: `token/of+session==${number}` });

let bedrock: BedrockStandIn;
let sts: StsStandIn;
let lambda: LambdaProcess | undefined;
beforeEach(async () => {
  bedrock = await BedrockStandIn.start({ region: REGION, credentials: session(1) });
  sts = await StsStandIn.start(REGION);
});
afterEach(async () => {
  await lambda?.stop();
  lambda = undefined;
  await Promise.all([bedrock.stop(), sts.stop()]);
});

async function start(bundle: string, env: Record<string, string> = {}, timeoutMs = 10_000): Promise<LambdaProcess> {
  lambda = await LambdaProcess.start({
    handlerDir: join(assets, bundle),
    handler: 'index.handler',
    timeoutMs,
    env: {
      MODEL_ID,
      MODEL_ENDPOINT: 'bedrock-runtime',
      MODEL_REGION: REGION,
      ASSUMED_ROLE_ARN: ROLE,
      AWS_ENDPOINT_URL: bedrock.url,
      AWS_ENDPOINT_URL_STS: sts.url,
      INVOKER_OPTIONS: JSON.stringify({ retry: { baseDelayMs: 1 } }),
      ...env,
    },
  });
  return lambda;
}

const converse = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };

test.each([
  ['invoke-model', { prompt: 'Hello' }], ['invoke-model-converse', converse], ['invoke-model-stream', { prompt: 'Hello', stream: true }],
])('%s calls with the credentials of the role, which it asks for once', async (bundle, event) => {
  const process = await start(bundle);
  for (let call = 0; call < 3; call++) expect((await process.invoke(event)).error).toBeUndefined();
  expect(bedrock.calls.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(sts.asked).toEqual([{ Action: 'AssumeRole', Version: '2011-06-15', RoleArn: ROLE, RoleSessionName: 'stand-in' }]);
});

test('an initialisation asks for nothing', async () => {
  await start('invoke-model');
  expect(sts.asked).toEqual([]);
});

test('an external ID opens a role that asks for one', async () => {
  sts.externalId = 'team-a';
  const { response } = await (await start('invoke-model', { ASSUMED_ROLE_EXTERNAL_ID: 'team-a' })).invoke({ prompt: 'Hello' });
  expect(response).toMatchObject({ type: 'message' });
});

test('credentials that run out soon are renewed before the next call', async () => {
  sts.lifeSeconds = 200;
  const process = await start('invoke-model');
  await process.invoke({ prompt: 'Hello' });
  bedrock.credentials = session(2);
  expect((await process.invoke({ prompt: 'Hello' })).error).toBeUndefined();
  expect(sts.asked).toHaveLength(2);
});

test('the records of a batch share one session', async () => {
  sts.delayMs = 50;
  const Records = Array.from({ length: 10 }, (_, number) => ({ messageId: String(number), eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-west-2:111122223333:q', body: '{"prompt":"Hello"}' }));
  const { response } = await (await start('invoke-model', { SQS_REPORTS_ITEM_FAILURES: 'arn:aws:sqs:eu-west-2:111122223333:q' })).invoke({ Records });
  expect(response).toEqual({ batchItemFailures: [] });
  expect(bedrock.calls).toHaveLength(10);
  expect(sts.asked).toHaveLength(1);
});

test.each([
  [{ status: 400, code: 'Throttling', message: 'Rate exceeded' }], [{ status: 503, code: 'ServiceUnavailable', message: 'Busy' }], [{ silence: 'reset' as const }],
])('a call repeats what passes, by its own rules: %j', async (fault) => {
  sts.faults.push(fault, fault);
  const { response, stdout } = await (await start('invoke-model')).invoke({ prompt: 'Hello' });
  expect(response).toMatchObject({ type: 'message' });
  expect(JSON.parse(stdout[0])).toMatchObject({ Retries: 2 });
  expect(sts.asked).toHaveLength(3);
});

test('after as many attempts as it may make, a call gives up', async () => {
  sts.faults.push(...Array.from({ length: 5 }, () => ({ status: 400, code: 'Throttling', message: 'Rate exceeded' })));
  const { error } = await (await start('invoke-model', { INVOKER_OPTIONS: JSON.stringify({ retry: { maxAttempts: 2, baseDelayMs: 1 } }) })).invoke({ prompt: 'Hello' });
  expect(error).toMatchObject({ errorType: 'RateLimitError', errorMessage: `sts:AssumeRole on ${ROLE}: Throttling: Rate exceeded` });
  expect(sts.asked).toHaveLength(2);
});

test('a role that may not be assumed is said in the log and to no HTTP caller, and asked for again by the next call', async () => {
  sts.externalId = 'other';
  const process = await start('invoke-model');
  const { response, stdout } = await process.invoke(functionUrlEvent({ body: { prompt: 'Hello' } }));
  expect(response).toMatchObject({ statusCode: 500 });
  expect((response as { body: string }).body).not.toMatch(/arn|sts|role/i);
  expect(JSON.parse(stdout[0])).toMatchObject({ message: 'failed', error: 'AccessDeniedError', reason: expect.stringContaining('Cause: a half is missing, and IAM does not say which.') });
  expect(bedrock.calls).toEqual([]);
  sts.externalId = undefined;
  expect((await process.invoke({ prompt: 'Hello' })).error).toBeUndefined();
});

test('AWS STS that does not answer ends with the time of the call', async () => {
  sts.faults.push({ silence: 'hang' });
  const { error, durationMs } = await (await start('invoke-model', {}, 2500)).invoke({ prompt: 'Hello' });
  expect(error).toMatchObject({ errorType: 'ConnectionError', errorMessage: expect.stringContaining(' did not answer within ') });
  expect(durationMs).toBeLessThan(2500);
});

test('a setting that cannot be is said by the first call', async () => {
  const { error } = await (await start('invoke-model', { ASSUMED_ROLE_ARN: 'role' })).invoke({ prompt: 'Hello' });
  expect(error).toMatchObject({ errorType: 'ConfigurationError', errorMessage: expect.stringContaining('ASSUMED_ROLE_ARN is "role"; expected the ARN of a role') });
});

test('the function\'s own credentials do not call the model, and those that Bedrock does not know are said as ever', async () => {
  bedrock.credentials = EXPIRED_CREDENTIALS;
  const { error } = await (await start('invoke-model')).invoke({ prompt: 'Hello' });
  expect(error).toMatchObject({ errorType: 'AuthenticationError' });
  bedrock.credentials = session(1);
  bedrock.faults.push(Fault.accessDenied('No.'));
  expect((await lambda!.invoke({ prompt: 'Hello' })).error).toMatchObject({ errorType: 'AccessDeniedError' });
  expect(sts.asked).toHaveLength(1);
});
