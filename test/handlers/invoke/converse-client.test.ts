import {
  BedrockRuntimeClient, BedrockRuntimeServiceException, ConverseCommand, ConverseStreamCommand, InternalServerException, InvokeModelCommand,
  ModelErrorException, ModelTimeoutException, ResourceNotFoundException, ServiceUnavailableException, ThrottlingException, ValidationException,
} from '@aws-sdk/client-bedrock-runtime';
import { CONVERSE } from '../../../src/handlers/invoke/dialects/converse-dialect';
import { respond } from '../../../src/handlers/invoke/events/respond';
import { InvokerError } from '../../../src/handlers/invoke/failures/errors';
import { FunctionUrl } from '../../invoker/function-url';
import { functionUrlEvent } from '../../invoker/http-events';
import { contextWith, MODEL_ID, REGION, TestInvoker } from '../../invoker/test-invoker';
import { BedrockStandIn, Fault, TEST_CREDENTIALS } from '../../stand-ins/bedrock-runtime';

let standIn: BedrockStandIn;
let invoker: TestInvoker;
let functionUrl: FunctionUrl;
let client: BedrockRuntimeClient;
beforeEach(async () => {
  standIn = await BedrockStandIn.start({ region: REGION });
  invoker = TestInvoker.create({ url: standIn.url, dialect: CONVERSE, options: { retry: { maxAttempts: 1 } } });
  functionUrl = await FunctionUrl.start(invoker);
  client = new BedrockRuntimeClient({ region: REGION, credentials: TEST_CREDENTIALS, endpoint: functionUrl.url, maxAttempts: 2 });
});
afterEach(async () => {
  client.destroy();
  await functionUrl.stop();
  invoker.close();
  await standIn.stop();
});

const messages = [{ role: 'user' as const, content: [{ text: 'Hello' }] }];
const converse = async (modelId = MODEL_ID) => client.send(new ConverseCommand({ modelId, messages }));
const thrown = (call: Promise<unknown>) => call.then(() => { throw new Error('It was answered.'); }, (error: BedrockRuntimeServiceException) => error);

test.each([MODEL_ID, 'claude-haiku-4-5'])('AWS\'s own client reads the answer of %s, and its request ID', async (modelId) => {
  const { output, $metadata } = await converse(modelId);
  expect(output?.message).toEqual({ role: 'assistant', content: [{ text: 'You said: Hello' }] });
  expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test.each<[string, abstract new (...given: never[]) => BedrockRuntimeServiceException, number, number, Fault]>([
  ['a throttle', ThrottlingException, 429, 2, Fault.throttling(0)],
  ['a service that is busy', ServiceUnavailableException, 503, 2, Fault.serviceUnavailable()],
  ['a missing permission', InternalServerException, 500, 2, Fault.accessDenied('arn:aws:iam::111122223333:role/r may not.')],
  ['an answer that is no JSON', ModelErrorException, 424, 1, Fault.invalidJson()],
])('AWS\'s own client reads %s as what it is', async (_, exception, status, calls, fault) => {
  standIn.faults.always(fault);
  const error = await thrown(converse());
  expect(error).toBeInstanceOf(exception);
  expect(error.$metadata).toMatchObject({ httpStatusCode: status, requestId: expect.stringMatching(/./) });
  expect(error.message).not.toContain('111122223333');
  expect(standIn.calls).toHaveLength(calls);
});

test.each<[string, () => Promise<unknown>, abstract new (...given: never[]) => BedrockRuntimeServiceException, number]>([
  ['a body without messages', () => client.send(new ConverseCommand({ modelId: MODEL_ID, messages: undefined })), ValidationException, 400],
  ['another model', () => converse('us.anthropic.claude-haiku-4-5-20251001-v1:0'), ValidationException, 400],
  ['a stream', () => client.send(new ConverseStreamCommand({ modelId: MODEL_ID, messages })), ResourceNotFoundException, 404],
  ['InvokeModel', () => client.send(new InvokeModelCommand({ modelId: MODEL_ID, body: '{}' })), ResourceNotFoundException, 404],
])('AWS\'s own client is refused %s, with Lambda\'s request ID', async (_, call, exception, status) => {
  const error = await thrown(call());
  expect(error).toBeInstanceOf(exception);
  expect(error.$metadata).toMatchObject({ httpStatusCode: status, requestId: 'lambda-1' });
  expect(standIn.calls).toEqual([]);
});

test('a failure has Converse\'s shape and headers', async () => {
  standIn.faults.push(Fault.throttling(7));
  expect(await respond(functionUrlEvent({ body: { messages } }), contextWith(30_000), invoker)).toEqual({
    statusCode: 429,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-amzn-errortype': 'ThrottlingException',
      'x-should-retry': 'true',
      'retry-after': '7',
    },
    body: '{"message":"ThrottlingException: Too many requests, please wait before trying again."}',
    isBase64Encoded: false,
  });
});

test.each([
  ['InvalidRequestError', 'ValidationException', 400], ['RequestTooLargeError', 'ValidationException', 400], ['PathNotFoundError', 'ResourceNotFoundException', 404],
  ['MethodNotAllowedError', 'ValidationException', 405], ['ModelTimeoutError', 'ModelTimeoutException', 408], ['ModelError', 'ModelErrorException', 424],
  ['InvalidResponseError', 'ModelErrorException', 424], ['ResponseTooLargeError', 'ModelErrorException', 424], ['RateLimitError', 'ThrottlingException', 429],
  ['OverloadedError', 'ServiceUnavailableException', 503], ['InternalServerError', 'InternalServerException', 500], ['ConfigurationError', 'InternalServerException', 500],
  ['AccessDeniedError', 'InternalServerException', 500], ['AuthenticationError', 'InternalServerException', 500], ['NotFoundError', 'InternalServerException', 500],
  ['ConnectionError', 'InternalServerException', 500],
] as const)('%s is a %s of %d', (name, errorType, status) => {
  expect(CONVERSE.http.error(new InvokerError(name, 'Why.'), undefined)).toMatchObject({ errorType, status });
});

test('a call that takes too long is a ModelTimeoutException, which is not repeated', async () => {
  standIn.faults.always(Fault.hang());
  const brief = TestInvoker.create({ url: standIn.url, dialect: CONVERSE, options: { retry: { maxAttempts: 1, attemptTimeoutMs: 100 } } });
  const url = await FunctionUrl.start(brief);
  const hasty = new BedrockRuntimeClient({ region: REGION, credentials: TEST_CREDENTIALS, endpoint: url.url, maxAttempts: 3 });
  expect(await thrown(hasty.send(new ConverseCommand({ modelId: MODEL_ID, messages })))).toBeInstanceOf(ModelTimeoutException);
  expect(standIn.calls).toHaveLength(1);
  hasty.destroy();
  await url.stop();
  brief.close();
});
