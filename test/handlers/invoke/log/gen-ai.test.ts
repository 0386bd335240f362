import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import { readConfig } from '../../../../src/handlers/invoke/config/config';
import { callContext } from '../../../../src/handlers/invoke/events/event-source';
import { InvokerError } from '../../../../src/handlers/invoke/failures/errors';
import { CallRecord } from '../../../../src/handlers/invoke/log/call-record';
import { GenAi, NAMES } from '../../../../src/handlers/invoke/log/gen-ai';

const MODEL_ID = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const CONFIG = readConfig({
  MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: 'eu-west-1', INVOKER_OPTIONS: JSON.stringify({ guardrail: { id: 'a1b2c3', version: '1' } }),
});
const X_RAY = { _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1' };

function answered(event: unknown = { prompt: 'Hello' }): CallRecord {
  const record = new CallRecord(callContext(event, { getRemainingTimeInMillis: () => 60_000 }, 1_000), 1_000, true);
  record.prepared = { body: {}, cache: { add: {}, leftOut: 0 }, maxTokens: 512, toolFailures: 0 };
  record.facts = {
    model: 'claude-haiku-4-5-20251001',
    inputTokens: 10,
    outputTokens: 20,
    cacheReadTokens: 6_000,
    cacheWriteTokens: 30,
    stopReason: 'end_turn',
    toolCalls: 0,
    refused: false,
    guardrailIntervened: false,
  };
  record.firstTokenAt = 1_250;
  record.endedAt = 2_000;
  return record;
}

test('a call has the attributes of the conventions, in which input counts what the cache read and took', () => {
  expect(new GenAi(CONFIG, {}).fields(answered())).toEqual({
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'aws.bedrock',
      'gen_ai.request.model': MODEL_ID,
      'gen_ai.request.max_tokens': 512,
      'gen_ai.request.stream': true,
      'gen_ai.response.model': 'claude-haiku-4-5-20251001',
      'gen_ai.response.finish_reasons': ['end_turn'],
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.usage.input_tokens': 6_040,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.cache_read.input_tokens': 6_000,
      'gen_ai.usage.cache_creation.input_tokens': 30,
      'aws.bedrock.guardrail.id': 'a1b2c3',
      'server.address': 'bedrock-runtime.eu-west-1.amazonaws.com',
      'server.port': 443,
    },
  });
});

test('a failed call says its error, and nothing of an answer', () => {
  const record = new CallRecord({ source: 'direct', deadline: 0 }, 1_000);
  record.error = new InvokerError('RateLimitError', 'Too many.');
  const { attributes } = new GenAi(CONFIG, {}).fields(record) as { attributes: Record<string, unknown> };
  expect(attributes['error.type']).toBe('RateLimitError');
  expect(Object.keys(attributes).filter((name) => /usage|response/.test(name))).toEqual([]);
});

test('the trace is the caller\'s, or else that of Lambda', () => {
  const w3c = { headers: { TraceParent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }, httpMethod: 'POST', requestContext: {} };
  expect(new GenAi(CONFIG, X_RAY).fields(answered(w3c))).toMatchObject({ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' });
  expect(new GenAi(CONFIG, X_RAY).fields(answered())).toMatchObject({ traceId: '5759e988bd862e3fe1be46a994272793', spanId: '53995c3f42cd8ad8' });
  expect(new GenAi(CONFIG, {}).fields(answered({ headers: { traceparent: 'DROP TABLE' } }))).not.toHaveProperty('traceId');
});

test('where Lambda traces the function, a call is a subsegment with the same attributes', async () => {
  const daemon = createSocket('udp4').bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  const env = { ...X_RAY, AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${(daemon.address() as AddressInfo).port}` };
  const genAi = new GenAi(CONFIG, env);
  const arrived = once(daemon, 'message');
  genAi.ended(answered());
  const [head, body] = String((await arrived)[0]).split('\n');
  daemon.close();
  expect(JSON.parse(head)).toEqual({ format: 'json', version: 1 });
  expect(JSON.parse(body)).toEqual({
    name: 'chat',
    id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    trace_id: '1-5759e988-bd862e3fe1be46a994272793',
    parent_id: '53995c3f42cd8ad8',
    type: 'subsegment',
    namespace: 'remote',
    start_time: 1,
    end_time: 2,
    metadata: { default: genAi.fields(answered()).attributes },
  });
});

test('no two attributes have one name', () => {
  expect(new Set(Object.values(NAMES)).size).toBe(Object.keys(NAMES).length);
});
