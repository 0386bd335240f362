import { join, resolve } from 'node:path';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { functionUrlEvent } from './http-events';
import { functionOf, invokerWith, optionsOf } from './stack-with-invoker';
import { MODEL_ID, REGION } from './test-invoker';
import { HaikuInvoker, HaikuInvokerProps, InvokerApi, InvokerFunctionUrl, LockedField } from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';
import { BedrockStandIn, credentialEnvironment } from '../stand-ins/bedrock-runtime';
import { LambdaProcess, LOOP } from '../stand-ins/lambda-runtime-api';

test('the handler is told each locked field once, and of none where there is none', () => {
  const told = (lockedFields?: LockedField[]) => optionsOf(Stack.of(invokerWith({ lockedFields }))).lockedFields;
  expect(told([LockedField.SYSTEM, LockedField.MAX_TOKENS, LockedField.SYSTEM])).toEqual(['system', 'maxTokens']);
  expect(told([LockedField.SAMPLING, LockedField.THINKING])).toEqual(['sampling', 'thinking']);
  expect(told([])).toBeUndefined();
  expect(told()).toBeUndefined();
});

test('a field by its name is refused', () => {
  expect(thrown(() => invokerWith({ lockedFields: ['tools' as LockedField] }))).toBe(
    'lockedFields is not a list of LockedField, got ["tools"]; expected a list such as [LockedField.SYSTEM, LockedField.MAX_TOKENS]. Change it, or leave lockedFields out.');
});

test('output tokens that are known only at deploy time bound the events too', () => {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker', { maxTokens: new CfnParameter(stack, 'Most', { type: 'Number' }).valueAsNumber, lockedFields: [LockedField.MAX_TOKENS] });
  expect(functionOf(stack).Environment.Variables).toMatchObject({ INVOKER_OPTION_MAX_TOKENS: { Ref: 'Most' } });
  expect(optionsOf(stack)).toMatchObject({ lockedFields: ['maxTokens'], variables: [expect.objectContaining({ path: ['maxTokens'] })] });
});

describe('the deployed handler', () => {
  let standIn: BedrockStandIn;
  let lambda: LambdaProcess | undefined;
  beforeEach(async () => { standIn = await BedrockStandIn.start({ region: REGION }); });
  afterEach(async () => {
    await lambda?.stop();
    await standIn.stop();
  });

  /** The bundle of these props, with the options that the construct wrote. */
  async function deployed(bundle: string, props: HaikuInvokerProps): Promise<LambdaProcess> {
    const INVOKER_OPTIONS = functionOf(Stack.of(invokerWith(props, 'eu-west-2'))).Environment.Variables.INVOKER_OPTIONS as string;
    lambda = await LambdaProcess.start({
      handlerDir: join(resolve(__dirname, '../../assets'), bundle),
      handler: 'index.handler',
      driver: LOOP,
      timeoutMs: 10_000,
      env: { ...credentialEnvironment(), MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: REGION, AWS_ENDPOINT_URL: standIn.url, INVOKER_OPTIONS },
    });
    return lambda;
  }

  const LOCKED = { systemPrompt: 'Ours.', maxTokens: 100, lockedFields: [LockedField.SYSTEM, LockedField.MAX_TOKENS] };
  const OTHER_SYSTEM = { messages: [{ role: 'user', content: 'Hello' }], system: 'Mine.' };
  const refusal = 'The event sets "system", which this invoker has locked. Leave "system" out.';

  test('refuses a direct event, an HTTP one and a queue message alike, and answers the others', async () => {
    const process = await deployed('invoke-model', LOCKED);
    expect(await process.invoke(OTHER_SYSTEM)).toMatchObject({ error: { errorType: 'InvalidRequestError', errorMessage: refusal } });
    expect((await process.invoke({ prompt: 'Hello', max_tokens: 101 })).error).toMatchObject({
      errorType: 'InvalidRequestError', errorMessage: '"max_tokens" is 101; this invoker allows at most 100. Lower it, or leave it out.',
    });
    const { response } = await process.invoke(functionUrlEvent({ body: OTHER_SYSTEM }));
    expect(response).toMatchObject({ statusCode: 400 });
    expect(JSON.parse((response as { body: string }).body)).toMatchObject({ error: { type: 'invalid_request_error', message: refusal } });
    const record = (messageId: string, body: object) => ({
      messageId, body: JSON.stringify(body), eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-west-2:111122223333:q', attributes: {},
    });
    const { stdout } = await process.invoke({ Records: [record('a', OTHER_SYSTEM)] });
    expect(stdout.join('\n')).toContain(JSON.stringify(refusal));
    expect(standIn.calls).toEqual([]);
    await process.invoke({ prompt: 'Hello', max_tokens: 50 });
    expect(standIn.calls.map(({ body }) => JSON.parse(body.toString()) as unknown)).toMatchObject([{ system: 'Ours.', max_tokens: 50 }]);
  });

  test('refuses a Converse event in whatever spelling', async () => {
    const process = await deployed('invoke-model-converse', { ...LOCKED, api: InvokerApi.CONVERSE });
    const messages = [{ role: 'user', content: [{ text: 'Hello' }] }];
    const errors = [
      await process.invoke({ messages, system: [{ text: 'Mine.' }] }),
      await process.invoke({ messages, additionalModelRequestFields: { system: 'Mine.' } }),
      await process.invoke({ messages, additionalModelRequestFields: { max_tokens: 101 } }),
    ].map(({ error }) => error?.errorMessage);
    expect(errors).toEqual([
      refusal,
      'The event sets "additionalModelRequestFields.system", which this invoker has locked. Leave "additionalModelRequestFields.system" out.',
      '"additionalModelRequestFields.max_tokens" is 101; this invoker allows at most 100. Lower it, or leave it out.',
    ]);
    expect(standIn.calls).toEqual([]);
  });

  test('refuses to stream as it refuses to answer whole', async () => {
    const process = await deployed('invoke-model-stream', { ...LOCKED, functionUrl: InvokerFunctionUrl.streaming() });
    expect((await process.invoke(OTHER_SYSTEM)).error).toMatchObject({ errorType: 'InvalidRequestError', errorMessage: refusal });
    expect(standIn.calls).toEqual([]);
  });
});
