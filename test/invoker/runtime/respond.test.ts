import { respond } from '../../../src/invoker/runtime/respond';
import { BedrockStandIn, Fault } from '../../stand-ins/bedrock-runtime';
import { eachWithStandIn } from '../each-with-stand-in';
import { contextWith, MODEL_ID, TestInvoker } from '../test-invoker';

const context = contextWith(30_000);
const body = { messages: [{ role: 'user', content: 'Hello' }], max_tokens: 100 };
const functionUrl = (content: string, more = {}) =>
  ({ version: '2.0', rawPath: '/', headers: {}, requestContext: { domainName: 'x.lambda-url.eu-west-2.on.aws', http: { method: 'POST' } }, body: content, isBase64Encoded: false, ...more });
const restApi = (content: string | null, more = {}) =>
  ({ resource: '/', httpMethod: 'POST', headers: {}, requestContext: { stage: 'prod' }, body: content, isBase64Encoded: false, ...more });

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
  standIn.faults.push(Fault.accessDenied('nope'));
  await expect(respond(body, context, invoker)).rejects.toMatchObject({ name: 'AccessDeniedError', message: 'AccessDeniedException: nope' });
});

test.each([
  ['a Function URL', functionUrl(JSON.stringify(body))],
  ['a Function URL with a base64 body', functionUrl(Buffer.from(JSON.stringify(body)).toString('base64'), { isBase64Encoded: true })],
  ['an HTTP API', functionUrl(JSON.stringify(body), { requestContext: { domainName: 'abc.execute-api.eu-west-2.amazonaws.com', http: { method: 'POST' } } })],
  ['a REST API', restApi(JSON.stringify(body))],
])('%s gets status 200, the Messages response and the request ID', async (_, event) => {
  const { statusCode, headers, body: text } = await http(event);
  expect({ statusCode, type: headers['content-type'] }).toEqual({ statusCode: 200, type: 'application/json' });
  expect(headers['request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.parse(text)).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
});

test('an HTTP caller of a failed call gets its status, the Messages error body and how long to wait', async () => {
  invoker = TestInvoker.create({ url: standIn.url, options: { retry: { maxAttempts: 1 } } });
  standIn.faults.push(Fault.throttling(7));
  const { statusCode, headers, body: text } = await http(restApi(JSON.stringify(body)));
  expect(statusCode).toBe(429);
  expect(headers['retry-after']).toBe('7');
  expect(JSON.parse(text)).toEqual({
    type: 'error',
    error: { type: 'rate_limit_error', message: 'ThrottlingException: Too many requests, please wait before trying again.' },
    request_id: headers['request-id'],
  });
});

test.each([
  [restApi(null), 400, 'The request has no body; send a request body in JSON.'],
  [restApi('secret words'), 400, 'The body is not JSON; send a request body with "messages", or { "prompt": "..." }.'],
  [restApi('{}', { httpMethod: 'GET' }), 405, 'The method is GET; send a POST with a request body in JSON.'],
  [restApi('{}', { httpMethod: 'secret words' }), 405, 'The method is another one; send a POST with a request body in JSON.'],
  [functionUrl('[]'), 400, 'The event is an array; send a request body with "messages", or { "prompt": "..." }.'],
])('a bad HTTP request never reaches the model: %#', async (event, statusCode, message) => {
  const result = await http(event);
  expect({ statusCode: result.statusCode, body: JSON.parse(result.body) }).toEqual({ statusCode, body: { type: 'error', error: { type: 'invalid_request_error', message } } });
  expect(standIn.calls).toEqual([]);
});

test('the anthropic-beta header of an HTTP caller goes into the body, where InvokeModel reads it', async () => {
  await http(functionUrl(JSON.stringify(body), { headers: { 'Anthropic-Beta': 'interleaved-thinking-2025-05-14, x' } }));
  expect(JSON.parse(standIn.calls[0].body.toString()).anthropic_beta).toEqual(['interleaved-thinking-2025-05-14', 'x']);
});

test('an event may name the model of the construct, and no other', async () => {
  await respond({ ...body, model: MODEL_ID }, context, invoker);
  expect(JSON.parse(standIn.calls[0].body.toString())).not.toHaveProperty('model');
  await expect(respond({ ...body, model: 'claude-opus' }, context, invoker)).rejects.toMatchObject({
    name: 'InvalidRequestError',
    message: `The event asks for another model in "model"; this invoker calls "${MODEL_ID}". Leave "model" out, or deploy a HaikuInvoker for the other model.`,
  });
  expect(standIn.calls).toHaveLength(1);
});
