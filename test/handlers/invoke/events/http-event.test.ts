import * as fc from 'fast-check';
import { CONVERSE } from '../../../../src/handlers/invoke/dialects/converse-dialect';
import { sourceOf } from '../../../../src/handlers/invoke/events/event-source';
import { respond } from '../../../../src/handlers/invoke/events/respond';
import { eachWithStandIn } from '../../../invoker/each-with-stand-in';
import { functionUrlEvent, httpApiEvent, httpApiEvent1, HttpRequest, loadBalancerEvent, restApiEvent } from '../../../invoker/http-events';
import { contextWith, MODEL_ID, TestInvoker } from '../../../invoker/test-invoker';
import type { BedrockStandIn } from '../../../stand-ins/bedrock-runtime';
import '../../../property-seed';

let standIn: BedrockStandIn;
let invoker: TestInvoker;
eachWithStandIn((started) => ({ standIn, invoker } = started));

const body = { messages: [{ role: 'user', content: 'Hello' }], max_tokens: 100 };
const blocks = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };
const MODEL_PATH = `/model/${encodeURIComponent(MODEL_ID)}/converse`;
const SERVED = 'Send Messages request bodies by POST to / or to /v1/messages; other operations, such as counting tokens or batches, are not served.';

interface HttpResult {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly multiValueHeaders?: Record<string, string[]>;
  readonly body: string;
}
const answerTo = async (event: unknown, asked = invoker) => await respond(event, contextWith(30_000), asked) as HttpResult;
const converse = () => TestInvoker.create({ url: standIn.url, dialect: CONVERSE });

const GREEDY: [string, (request: HttpRequest) => unknown][] = [
  ['function-url', functionUrlEvent],
  ['http-api', httpApiEvent],
  ['http-api', (request) => httpApiEvent(request, { routeKey: 'POST /ai/{proxy+}' })],
  ['http-api', (request) => httpApiEvent(request, { routeKey: 'ANY /{anything+}', stage: 'prod' })],
  ['http-api', (request) => httpApiEvent1(request, '$default')],
  ['rest-api', (request) => restApiEvent(request, '/{proxy+}')],
  ['alb', loadBalancerEvent],
  ['alb', (request) => loadBalancerEvent(request, { multiValue: true })],
];
const ROUTED: [string, (request: HttpRequest) => unknown][] = [
  ['http-api', (request) => httpApiEvent(request, { routeKey: `POST ${request.path}` })],
  ['http-api', (request) => httpApiEvent1(request)],
  ['rest-api', restApiEvent],
];

describe.each(GREEDY)('a source that takes every path, %s', (source, eventOf) => {
  test('is told by its own marks', () => {
    expect(sourceOf(eventOf({ body }))).toBe(source);
  });

  test.each(['/', '/v1/messages', '/v1/messages/', '//v1/messages', '//'])('is served at %s', async (path) => {
    expect(await answerTo(eventOf({ path, body }))).toMatchObject({ statusCode: 200, body: expect.stringMatching(/"type":"message"/) });
  });

  test.each([
    '/v1/messages/count_tokens', '/v1/messages/batches', '/v1/messages/batches/msgbatch_1/results', '/v1/complete', '/v1/models', '/v1/models/claude',
    `/model/${encodeURIComponent(MODEL_ID)}/invoke`, '/model/amazon.nova-lite-v1%3A0/invoke', MODEL_PATH, '/v1/chat/completions', '/anything', '/messages', '/v1',
    '/v1/messages%', '/v1/messagesx', '/anything/v1/messages', '/anthropic/v1/messages', '/v1/messages/batches/v1/messages', '/v1/models/v1/messages', '/v1/v1/messages',
    '/%2e%2e/v1/messages', '/$default/v1/messages', '/undefined/v1/messages', '/v1//messages',
  ])('is not served at %s, and nothing is paid', async (path) => {
    const answer = await answerTo(eventOf({ path, body }));
    expect({ statusCode: answer.statusCode, body: JSON.parse(answer.body) }).toEqual({
      statusCode: 404,
      body: { type: 'error', error: { type: 'not_found_error', message: `Nothing is served at this path. ${SERVED}` }, request_id: 'lambda-1' },
    });
    expect(standIn.calls).toEqual([]);
    expect(invoker.lines).toMatchObject([{ message: 'failed', error: 'PathNotFoundError', source, ClientErrors: 1 }]);
  });
});

const DOMAIN = 'api.example.com';
const at = (event: { requestContext: object }, context: object) => ({ ...event, requestContext: { ...event.requestContext, ...context } });

/** What API Gateway lets stand before a path: its stage, a route's own beginning, and the base path of a domain of the developer's own. */
test.each<[string, unknown, number]>([
  ['an HTTP API\'s stage', httpApiEvent({ path: '/prod/v1/messages', body }, { stage: 'prod' }), 200],
  ['another stage', httpApiEvent({ path: '/test/v1/messages', body }, { stage: 'prod' }), 404],
  ['the stage twice', httpApiEvent({ path: '/prod/prod/v1/messages', body }, { stage: 'prod' }), 404],
  ['a stage and more', httpApiEvent({ path: '/production/v1/messages', body }, { stage: 'prod' }), 404],
  ['a greedy route', httpApiEvent({ path: '/ai/v1/messages', body }, { routeKey: 'POST /ai/{proxy+}' }), 200],
  ['a greedy route that begins with the path\'s own', httpApiEvent({ path: '/ai/v1/messages', body }, { routeKey: 'ANY /ai/v1/{proxy+}' }), 200],
  ['a greedy route and more', httpApiEvent({ path: '/ai/x/v1/messages', body }, { routeKey: 'POST /ai/{proxy+}' }), 404],
  ['a stage and a greedy route', httpApiEvent({ path: '/prod/ai/v1/messages', body }, { routeKey: 'POST /ai/{proxy+}', stage: 'prod' }), 200],
  ['a greedy resource', restApiEvent({ path: '/ai/v1/messages', body }, '/ai/{proxy+}'), 200],
  ['a greedy resource and more', restApiEvent({ path: '/ai/x/v1/messages', body }, '/ai/{proxy+}'), 404],
  ['the stage in format 1.0', httpApiEvent1({ path: '/prod/v1/messages', body }, '$default'), 200],
  ['a resource with a parameter', restApiEvent({ path: '/tenant-1/v1/messages', body }, '/{tenant}/v1/messages'), 200],
  ['a route with a parameter', httpApiEvent({ path: '/tenant-1/v1/messages', body }, { routeKey: 'POST /{tenant}/v1/messages' }), 200],
  ['a domain\'s base path', at(restApiEvent({ path: '/claude/beta/v1/messages', body }, '/{proxy+}'), { domainName: DOMAIN }), 200],
  ['a domain\'s base path and a greedy resource', at(restApiEvent({ path: '/claude/ai/v1/messages', body }, '/ai/{proxy+}'), { domainName: DOMAIN }), 200],
  ['a domain\'s base path in format 1.0', at(httpApiEvent1({ path: '/claude/v1/messages', body }, '$default'), { domainName: DOMAIN }), 200],
  ['another operation after a domain\'s base path', at(restApiEvent({ path: '/claude/v1/messages/batches/v1/messages', body }, '/{proxy+}'), { domainName: DOMAIN }), 404],
  ['anything at a domain with format 2.0, whose events say no base path', at(httpApiEvent({ path: '/claude/v1/messages', body }), { domainName: DOMAIN }), 404],
  ['anything at a load balancer, whatever the event says beside', { ...loadBalancerEvent({ path: '/ai/v1/messages', body }), stage: 'ai' }, 404],
])('before the path may stand %s: %#', async (_, event, statusCode) => {
  expect(await answerTo(event)).toMatchObject({ statusCode });
  expect(standIn.calls).toHaveLength(statusCode === 200 ? 1 : 0);
});

test('the root of an HTTP API\'s stage is a root', async () => {
  expect(await answerTo(httpApiEvent({ path: '/prod/', body }, { stage: 'prod' }))).toMatchObject({ statusCode: 200 });
  expect(await answerTo(httpApiEvent({ path: '/prod', body }, { stage: 'prod' }))).toMatchObject({ statusCode: 200 });
  expect(await answerTo(httpApiEvent({ path: '/prod', body }, { stage: 'test' }))).toMatchObject({ statusCode: 404 });
});

describe.each(ROUTED)('a route of the developer\'s own, %s', (source, eventOf) => {
  test.each(['/ask', '/v1/ask', '/ai/answers', '/model/haiku', '/v1/messages'])('is served at %s', async (path) => {
    expect(sourceOf(eventOf({ path, body }))).toBe(source);
    expect(await answerTo(eventOf({ path, body }))).toMatchObject({ statusCode: 200 });
  });

  test.each([
    '/v1/messages/count_tokens', '/count_tokens/', '/v1/messages/batches', '/v1/messages/batches/b/cancel', '/v1/complete', '/v1/models', '/v1/models/claude', '/v1/files/f',
    '/model/other/invoke', '/prod/model/other/invoke-with-response-stream', MODEL_PATH, '/model/other/count-tokens', '/v1/chat/completions', '/openai/v1/responses',
  ])('that is another operation of the APIs is not served: %s', async (path) => {
    expect(await answerTo(eventOf({ path, body }))).toMatchObject({ statusCode: 404 });
    expect(standIn.calls).toEqual([]);
  });
});

describe('a Converse invoker', () => {
  test.each(['/', MODEL_PATH, `/${MODEL_PATH}/`, MODEL_PATH.replace('%3A', ':'), '/model/claude-haiku-4-5/converse', '/model/anthropic.claude-haiku-4-5-20251001-v1:0/converse'])(
    'is served at %s', async (path) => {
      expect(await answerTo(functionUrlEvent({ path, body: blocks }), converse())).toMatchObject({ statusCode: 200, body: expect.stringMatching(/"stopReason"/) });
    });

  test.each(['/v1/messages', `/prod${MODEL_PATH}`, '/anything/model/claude-haiku-4-5/converse', '/model/x/converse-stream', `/model/${encodeURIComponent(MODEL_ID)}/invoke`, '/converse', '/ask'])('is not served at %s', async (path) => {
    const { statusCode, body: text, headers } = await answerTo(functionUrlEvent({ path, body: blocks }), converse());
    expect({ statusCode, type: headers['x-amzn-errortype'], body: JSON.parse(text) }).toEqual({
      statusCode: 404,
      type: 'ResourceNotFoundException',
      body: { message: `Nothing is served at this path. Send Converse request bodies by POST to / or to ${MODEL_PATH}; other operations are not served.` },
    });
  });

  test('has routes of the developer\'s own, but no Messages API', async () => {
    expect(await answerTo(restApiEvent({ path: '/ask', body: blocks }), converse())).toMatchObject({ statusCode: 200 });
    expect(await answerTo(restApiEvent({ path: '/v1/messages', body: blocks }), converse())).toMatchObject({ statusCode: 404 });
  });

  test('has the stage and the routes of API Gateway before its path', async () => {
    expect(await answerTo(httpApiEvent({ path: `/prod${MODEL_PATH}`, body: blocks }, { stage: 'prod' }), converse())).toMatchObject({ statusCode: 200 });
    expect(await answerTo(restApiEvent({ path: `/ai${MODEL_PATH}`, body: blocks }, '/ai/{proxy+}'), converse())).toMatchObject({ statusCode: 200 });
    expect(await answerTo(restApiEvent({ path: '/tenant/model/claude-haiku-4-5/converse', body: blocks }, '/{tenant}/model/{model}/converse'), converse())).toMatchObject({ statusCode: 200 });
  });

  test.each([functionUrlEvent, loadBalancerEvent, httpApiEvent, (request: HttpRequest) => restApiEvent(request, '/{proxy+}'), restApiEvent])('refuses a path that names two models: %#', async (eventOf) => {
    const path = '/model/amazon.nova-pro-v1:0/model/claude-haiku-4-5/converse';
    expect(await answerTo(eventOf({ path, body: blocks }), converse())).toMatchObject({ statusCode: 400, body: expect.stringContaining('asks for another model') });
    expect(standIn.calls).toEqual([]);
  });

  test.each(['other.model', 'us.anthropic.claude-haiku-4-5-20251001-v1:0', ''])('calls no other model: %p', async (model) => {
    const { statusCode, body: text } = await answerTo(functionUrlEvent({ path: `/model/${encodeURIComponent(model)}/converse`, body: blocks }), converse());
    expect({ statusCode, body: JSON.parse(text) }).toEqual({
      statusCode: 400,
      body: { message: `The event asks for another model; this invoker calls "${MODEL_ID}". Leave "modelId" out, or deploy a HaikuInvoker for the other model.` },
    });
    expect(standIn.calls).toEqual([]);
  });

  test('is named by an application profile\'s ARN, whole and decoded', async () => {
    const arn = 'arn:aws:bedrock:eu-west-2:111122223333:application-inference-profile/abc123def456';
    const named = TestInvoker.create({ url: standIn.url, dialect: CONVERSE, modelId: arn, options: { modelName: 'anthropic.claude-haiku-4-5-20251001-v1:0' } });
    for (const path of [encodeURIComponent(arn), arn, 'claude-haiku-4-5']) {
      const answer = await answerTo(functionUrlEvent({ path: `/model/${path}/converse`, body: blocks }), named);
      expect(answer.body).not.toContain('another model');
    }
    expect(await answerTo(functionUrlEvent({ path: '/model/other/converse', body: blocks }), named)).toMatchObject({
      statusCode: 400, body: expect.stringContaining('this invoker calls \\"anthropic.claude-haiku-4-5-20251001-v1:0\\"'),
    });
  });
});

test('no path but those served makes a call, whatever it is', async () => {
  const segment = fc.oneof(fc.constantFrom('v1', 'messages', 'model', 'invoke', 'count_tokens', 'batches', MODEL_ID, '', 'test', '%'), fc.string({ maxLength: 5 }));
  await fc.assert(fc.asyncProperty(fc.array(segment, { maxLength: 5 }), fc.constantFrom(...GREEDY), async (segments, [, eventOf]) => {
    const path = `/${segments.join('/')}`;
    const { statusCode } = await answerTo(eventOf({ path, body: 'no JSON' }));
    // What is served is read, and found to be no JSON.
    const served = /^\/*$|^\/+v1\/messages\/*$/.test(path);
    expect({ path, statusCode }).toEqual({ path, statusCode: served ? 400 : 404 });
  }), { numRuns: 2_000 });
});

test.each([
  ['GET', functionUrlEvent({ method: 'GET', body })], ['PUT', restApiEvent({ method: 'PUT', body })], ['HEAD', loadBalancerEvent({ method: 'HEAD', body })],
])('%s is not POST', async (_, event) => {
  const answer = await answerTo(event);
  expect(answer).toMatchObject({ statusCode: 405, headers: { 'allow': 'POST', 'x-should-retry': 'false' } });
  expect(JSON.parse(answer.body).error).toEqual({ type: 'invalid_request_error', message: 'The method is not POST; send a POST with a request body in JSON.' });
});

describe('a load balancer', () => {
  test('that sends lists of header values gets them too, for answers and errors', async () => {
    const multiValue = true;
    const answered = await answerTo(loadBalancerEvent({ body }, { multiValue }));
    expect(answered).toEqual({
      statusCode: 200,
      multiValueHeaders: { 'content-type': ['application/json'], 'request-id': [expect.stringMatching(/^[0-9a-f-]{36}$/)] },
      body: expect.any(String),
      isBase64Encoded: false,
    });
    expect(await answerTo(loadBalancerEvent({ body: '' }, { multiValue }))).toEqual({
      statusCode: 400,
      multiValueHeaders: { 'content-type': ['application/json'], 'request-id': ['lambda-1'], 'x-should-retry': ['false'] },
      body: expect.any(String),
      isBase64Encoded: false,
    });
  });

  test('that sends single values gets single values', async () => {
    const answered = await answerTo(loadBalancerEvent({ body }));
    expect(answered).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
    expect(answered).not.toHaveProperty('multiValueHeaders');
  });
});

const BETAS = { 'Anthropic-Beta': 'interleaved-thinking-2025-05-14, x' };
test.each<[string, object]>([
  ['a function URL', functionUrlEvent({ body, headers: BETAS })],
  ['a REST API', restApiEvent({ body, headers: BETAS })],
  ['a REST API, of which `headers` has only the last value', { ...restApiEvent({ body, headers: { 'anthropic-beta': 'x' } }), multiValueHeaders: { 'anthropic-beta': ['interleaved-thinking-2025-05-14', 'x'] } }],
  ['a load balancer', loadBalancerEvent({ body, headers: BETAS })],
  ['a load balancer with lists', loadBalancerEvent({ body, headers: BETAS }, { multiValue: true })],
])('the anthropic-beta header of %s goes into the body, where InvokeModel reads it', async (_, event) => {
  await answerTo(event);
  expect(JSON.parse(standIn.calls[0].body.toString()).anthropic_beta).toEqual(['interleaved-thinking-2025-05-14', 'x']);
});

test('Converse has no such header', async () => {
  await answerTo(functionUrlEvent({ body: blocks, headers: BETAS }), converse());
  expect(JSON.parse(standIn.calls[0].body.toString())).not.toHaveProperty('anthropic_beta');
});
