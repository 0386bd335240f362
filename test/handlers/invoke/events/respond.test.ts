import { CONVERSE } from '../../../../src/handlers/invoke/dialects/converse-dialect';
import { respond } from '../../../../src/handlers/invoke/events/respond';
import { InvokerError, InvokerErrorName } from '../../../../src/handlers/invoke/failures/errors';
import { eachWithStandIn } from '../../../invoker/each-with-stand-in';
import { functionUrlEvent, httpApiEvent, httpApiEvent1, loadBalancerEvent, restApiEvent } from '../../../invoker/http-events';
import { contextWith, MODEL_ID, TestInvoker } from '../../../invoker/test-invoker';
import { BedrockStandIn, Fault } from '../../../stand-ins/bedrock-runtime';

const context = contextWith(30_000);
const body = { messages: [{ role: 'user', content: 'Hello' }], max_tokens: 100 };
const functionUrl = (content: unknown, more = {}) => ({ ...functionUrlEvent({ body: content }), ...more });
const restApi = (content: unknown, more = {}) => ({ ...restApiEvent({ body: content }), ...more });

let standIn: BedrockStandIn;
let invoker: TestInvoker;
eachWithStandIn((started) => ({ standIn, invoker } = started));

interface HttpResult { statusCode: number; headers: Record<string, string>; body: string }
const http = async (event: unknown) => await respond(event, context, invoker) as HttpResult;

test('a direct invocation with a prompt gets the Messages response', async () => {
  const answer = await respond({ prompt: 'Hello' }, context, invoker);
  expect(answer).toMatchObject({ type: 'message', role: 'assistant', stop_reason: 'end_turn' });
  expect(standIn.calls).toMatchObject([{ method: 'POST', path: '/model/eu.anthropic.claude-haiku-4-5-20251001-v1%3A0/invoke', status: 200 }]);
  expect(JSON.parse(standIn.calls[0].body.toString())).toEqual({
    anthropic_version: 'bedrock-2023-05-31', max_tokens: 4096, messages: [{ role: 'user', content: 'Hello' }],
  });
});

test('a Step Functions task fails with an error whose name it can catch', async () => {
  standIn.faults.push(Fault.accessDenied('No.'));
  await expect(respond(body, context, invoker)).rejects.toMatchObject({ name: 'AccessDeniedError', message: 'AccessDeniedException: No.' });
});

test.each([
  ['a Function URL', functionUrl(body)],
  ['a Function URL with a base64 body', functionUrl(Buffer.from(JSON.stringify(body)).toString('base64'), { isBase64Encoded: true })],
  ['an HTTP API', httpApiEvent({ body })],
  ['an HTTP API with the format 1.0', httpApiEvent1({ body })],
  ['a REST API', restApi(body)],
  ['a load balancer', loadBalancerEvent({ body })],
])('%s gets status 200, the Messages response and the request ID', async (_, event) => {
  const { statusCode, headers, body: text } = await http(event);
  expect({ statusCode, type: headers['content-type'] }).toEqual({ statusCode: 200, type: 'application/json' });
  expect(headers['request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.parse(text)).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
});

test('an HTTP caller of a failed call gets its status, the Messages error body and how long to wait', async () => {
  invoker = TestInvoker.create({ url: standIn.url, options: { retry: { maxAttempts: 1 } } });
  standIn.faults.push(Fault.throttling(7));
  const { statusCode, headers, body: text } = await http(restApi(body));
  expect(statusCode).toBe(429);
  expect(headers).toMatchObject({ 'retry-after': '7', 'x-should-retry': 'true' });
  expect(JSON.parse(text)).toEqual({
    type: 'error',
    error: { type: 'rate_limit_error', message: 'ThrottlingException: Too many requests, please wait before trying again.' },
    request_id: headers['request-id'],
  });
});

test.each([
  [restApi(null, { body: null }), 400, 'The request has no body; send a request body in JSON.'],
  [restApi('secret words'), 400, 'The body is not JSON; send a request body with "messages", or { "prompt": "..." }.'],
  [restApi({}, { httpMethod: 'GET' }), 405, 'The method is not POST; send a POST with a request body in JSON.'],
  [restApi({}, { httpMethod: 'secret words' }), 405, 'The method is not POST; send a POST with a request body in JSON.'],
  [functionUrl('[]'), 400, 'The event is an array; send a request body with "messages", or { "prompt": "..." }.'],
])('a bad HTTP request never reaches the model: %#', async (event, statusCode, message) => {
  const result = await http(event);
  expect({ statusCode: result.statusCode, body: JSON.parse(result.body) }).toEqual({ statusCode, body: { type: 'error', error: { type: 'invalid_request_error', message }, request_id: 'lambda-1' } });
  expect(result.headers).toMatchObject({ 'request-id': 'lambda-1', 'x-should-retry': 'false' });
  expect(standIn.calls).toEqual([]);
});

test.each<[InvokerErrorName, Fault]>([
  ['AccessDeniedError', Fault.accessDenied('User: arn:aws:sts::111122223333:assumed-role/r/f is not authorized to perform: bedrock:InvokeModel')],
  ['ConnectionError', Fault.resetBeforeResponse()],
])('an HTTP caller learns nothing of %s, which is not its own fault, and the log the name', async (name, fault) => {
  invoker = TestInvoker.create({ url: standIn.url, options: { retry: { maxAttempts: 1 } } });
  standIn.faults.push(fault);
  const { statusCode, headers, body: text } = await http(functionUrl(body));
  const { message } = new InvokerError(name, '').forCallers();
  expect({ statusCode, body: JSON.parse(text) }).toEqual({ statusCode: 500, body: { type: 'error', error: { type: 'api_error', message }, request_id: headers['request-id'] } });
  expect(message).not.toMatch(/arn:|\d{12}|127\.0\.0\.1/);
  expect(invoker.lines).toMatchObject([{ error: name }]);
});

test('a caller is told to try again only where that may help', async () => {
  const told = async (fault: Fault, left = 30_000) => {
    const asked = TestInvoker.create({ url: standIn.url, options: { retry: { maxAttempts: 1 } } });
    standIn.faults.push(fault);
    return (await respond(functionUrl(body), contextWith(left), asked) as HttpResult).headers['x-should-retry'];
  };
  expect(await told(Fault.throttling(1))).toBe('true');
  expect(await told(Fault.serviceUnavailable())).toBe('true');
  expect(await told(Fault.accessDenied('No.'))).toBe('false');
  // It took all the time that there was, and would take, and cost, it again.
  expect(await told(Fault.hang(), 600)).toBe('false');
});

describe('a function that answers whole', () => {
  const NO_STREAM = 'The event asks for a stream, and this function answers whole. Leave "stream" out, or call a HaikuInvoker that streams: '
    + 'one with responseStreaming, or with a function URL that streams.';
  const streamed = { ...body, stream: true };

  test.each<[string, object]>([
    ['a Function URL', functionUrl(streamed)], ['an HTTP API', httpApiEvent({ body: streamed })], ['a REST API', restApi(streamed)], ['a load balancer', loadBalancerEvent({ body: streamed })],
  ])('refuses %s a stream, and pays nothing', async (_, event) => {
    const { statusCode, body: text } = await http(event);
    expect({ statusCode, error: JSON.parse(text).error }).toEqual({ statusCode: 400, error: { type: 'invalid_request_error', message: NO_STREAM } });
    expect(standIn.calls).toEqual([]);
  });

  test('refuses it in every other use and dialect too', async () => {
    await expect(respond(streamed, context, invoker)).rejects.toMatchObject({ name: 'InvalidRequestError', message: NO_STREAM });
    expect(await respond({ Records: [{ messageId: 'a', body: JSON.stringify(streamed), eventSource: 'aws:sqs' }] }, context, invoker).catch(() => 'thrown')).not.toEqual({ batchItemFailures: [] });
    const converse = TestInvoker.create({ url: standIn.url, dialect: CONVERSE });
    await expect(respond({ prompt: 'Hello', stream: true }, context, converse)).rejects.toMatchObject({ message: NO_STREAM });
    expect(standIn.calls).toEqual([]);
  });

  test.each([false, null])('takes "stream": %j, which the service need not see', async (stream) => {
    expect(await http(functionUrl({ ...body, stream }))).toMatchObject({ statusCode: 200 });
    expect(JSON.parse(standIn.calls[0].body.toString())).not.toHaveProperty('stream');
  });

  test.each(['true', 1, {}])('refuses "stream": %j', async (stream) => {
    await expect(respond({ ...body, stream }, context, invoker)).rejects.toMatchObject({
      name: 'InvalidRequestError', message: 'The event\'s "stream" is neither true nor false; use one of them, or leave it out.',
    });
  });
});

test('the model\'s name is the construct\'s, and goes nowhere else', async () => {
  await respond({ ...body, model: MODEL_ID }, context, invoker);
  expect(JSON.parse(standIn.calls[0].body.toString())).not.toHaveProperty('model');
});
