import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import * as fc from 'fast-check';
import { CallMetrics } from '../../../../src/handlers/invoke/log/call-metrics';
import { CallRecord, EventSource } from '../../../../src/handlers/invoke/log/call-record';
import { MODEL_ID, REGION, TestClock, TestInvoker } from '../../../invoker/test-invoker';
import type { TestInvokerProps } from '../../../invoker/test-invoker';
import { BedrockStandIn, Fault } from '../../../stand-ins/bedrock-runtime';
import '../../../property-seed';

let standIn: BedrockStandIn;
beforeEach(async () => { standIn = await BedrockStandIn.start({ region: REGION }); });
afterEach(async () => standIn.stop());

async function linesOf(event: unknown, props: Partial<TestInvokerProps> = {}, source: EventSource = 'direct') {
  const clock = new TestClock(Date.parse('2026-01-02T03:04:05Z'));
  standIn.clockOffsetMs = clock.now() - Date.now();
  const invoker = TestInvoker.create({ url: standIn.url, clock, ...props });
  await invoker.invoke(() => event, { source, deadline: clock.now() + 30_000, lambdaRequestId: 'lambda-1' }).catch(() => undefined);
  invoker.close();
  return invoker.lines;
}

test('a call is one line: what CloudWatch needs to read metrics from it, and what a person needs to find it', async () => {
  const [line, ...more] = await linesOf({ prompt: 'Hello' });
  expect(more).toEqual([]);
  expect(line).toEqual({
    _aws: {
      Timestamp: Date.parse('2026-01-02T03:04:05Z'),
      CloudWatchMetrics: [{
        Namespace: 'HaikuInvoker',
        Dimensions: [['FunctionName']],
        Metrics: [
          { Name: 'Invocations', Unit: 'Count' }, { Name: 'Latency', Unit: 'Milliseconds' },
          ...['InputTokens', 'OutputTokens', 'MaxTokens', 'CacheReadTokens', 'CacheWriteTokens', 'Retries', 'Throttles', 'ClientErrors', 'ServerErrors', 'ToolCalls', 'ToolFailures', 'Refusals', 'GuardrailInterventions'].map((Name) => ({ Name, Unit: 'Count' })),
        ],
      }],
    },
    FunctionName: 'test-function',
    Invocations: 1,
    Latency: 0,
    InputTokens: expect.any(Number),
    OutputTokens: expect.any(Number),
    MaxTokens: 4096,
    CacheReadTokens: 0,
    CacheWriteTokens: 0,
    Retries: 0,
    Throttles: 0,
    ClientErrors: 0,
    ServerErrors: 0,
    ToolCalls: 0,
    ToolFailures: 0,
    Refusals: 0,
    GuardrailInterventions: 0,
    modelId: MODEL_ID,
    endpoint: 'bedrock-runtime',
    region: REGION,
    dialect: 'messages',
    message: 'answered',
    source: 'direct',
    streamed: false,
    lambdaRequestId: 'lambda-1',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    attempts: 1,
    stopReason: 'end_turn',
    refused: false,
    guardrailIntervened: false,
    serviceTier: 'standard',
  });
});

test.each(['direct', 'sqs', 'http-api'] as const)('a failed call of %s says why, with the advice', async (source) => {
  const denied = 'User: arn:aws:sts::111122223333:assumed-role/r/f is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-2:111122223333:key/abc because no identity-based policy allows the kms:Decrypt action';
  standIn.faults.push(Fault.accessDenied(denied));
  const [line] = await linesOf({ prompt: 'Hello' }, {}, source);
  expect(line).toMatchObject({
    message: 'failed',
    source,
    error: 'AccessDeniedError',
    status: 403,
    ClientErrors: 0,
    ServerErrors: 1,
    reason: `AccessDeniedException: ${denied} Cause: no policy allows kms:Decrypt on arn:aws:kms:eu-west-2:111122223333:key/abc. Allow kms:Decrypt on the key to the function's role, in the role's policy or the key's; a guardrail under a customer managed key needs it.`,
  });
});

test('tool calls and failed tool results are counted', async () => {
  const tools = [{ name: 'clock', input_schema: { type: 'object' } }];
  const conversation = [
    { role: 'user', content: 'Time?' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'clock', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', is_error: true, content: 'broken' }] },
  ];
  const [line] = await linesOf({ messages: conversation, max_tokens: 50, tools, tool_choice: { type: 'tool', name: 'clock' } });
  expect(line).toMatchObject({ message: 'answered', ToolCalls: 1, ToolFailures: 1, stopReason: 'tool_use' });
});

test('neither an answered, a refused nor a broken call writes prompt or answer text', async () => {
  const secret = 'zebra-42';
  const lines = [
    await linesOf({ prompt: secret }),
    await linesOf({ prompt: secret, max_tokens: 70_000 }),
    await linesOf({ messages: [{ role: secret, content: secret }] }),
    await linesOf(secret),
  ];
  expect(lines.map(([{ message }]) => message)).toEqual(['answered', 'failed', 'failed', 'failed']);
  expect(JSON.stringify(lines)).not.toContain(secret);
});

test('content is written to a line of its own, when the user asked for it', async () => {
  const lines = await linesOf({ prompt: 'Hello' }, { options: { logContent: true, metricsNamespace: 'Mine' } });
  expect(lines).toMatchObject([
    { message: 'content', lambdaRequestId: 'lambda-1', request: { messages: [{ role: 'user', content: 'Hello' }] }, answer: { content: [{ text: 'You said: Hello' }] } },
    { message: 'answered', _aws: { CloudWatchMetrics: [{ Namespace: 'Mine' }] } },
  ]);
});

test('content of a failed call is its request and all that the service said', async () => {
  const event = { messages: [{ role: 'user', content: 'zebra-42' }] };
  standIn.faults.push(Fault.validation(() => 'messages.0.content: zebra-42 is not allowed'));
  const lines = await linesOf(event, { options: { logContent: true } });
  expect(lines).toMatchObject([
    { message: 'content', lambdaRequestId: 'lambda-1', request: { ...event, max_tokens: 4096 }, reason: expect.stringContaining('zebra-42') },
    { message: 'failed', reason: expect.not.stringContaining('zebra-42') },
  ]);
  expect(lines[0]).not.toHaveProperty('answer');
  expect(await linesOf('secret', { options: { logContent: true } })).toMatchObject([{ message: 'content', request: 'secret' }, { message: 'failed' }]);
});

test('content that cannot be written does not cost the call its error', async () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
  const lines = await linesOf({ messages: [], deep }, { options: { logContent: true } });
  expect(lines).toMatchObject([{ message: 'content', request: 'JSON nested too deeply to be written' }, { message: 'failed', reason: expect.any(String) }]);
});

test.each(['model', 'stop_reason', 'x'])('a field "%s" of 1.5 MB makes no long line', async (field) => {
  standIn.faults.push(Fault.validation((call) => `${field}: ${JSON.parse(call.body.toString())[field]} is not allowed`));
  const lines = await linesOf({ prompt: 'Hello', [field]: 'zebra '.repeat(250_000) });
  expect(JSON.stringify(lines).length).toBeLessThan(5_000);
  expect(JSON.stringify(lines)).not.toContain('zebra');
});

test('the metrics of any call are what Powertools itself would write', () => {
  const ours = new CallMetrics('N', 'f');
  const call = { source: 'direct', deadline: 0 } as const;
  const count = fc.option(fc.nat(), { nil: undefined });
  fc.assert(fc.property(count, count, count, fc.nat(), fc.boolean(), (inputTokens, outputTokens, firstTokenAt, endedAt, refused) => {
    const facts = { inputTokens, outputTokens, toolCalls: 0, refused, guardrailIntervened: false };
    const record = Object.assign(new CallRecord(call, 0), { endedAt, firstTokenAt, facts });
    const { _aws, FunctionName, ...values } = ours.fields(record, 5) as Record<string, number> & { _aws: object };
    const theirs = new Metrics({ namespace: 'N' });
    theirs.clearDefaultDimensions();
    theirs.setDefaultDimensions({ FunctionName: 'f' });
    for (const [name, value] of Object.entries(values)) {
      theirs.addMetric(name, ['Latency', 'TimeToFirstToken'].includes(name) ? MetricUnit.Milliseconds : MetricUnit.Count, value);
    }
    const expected = theirs.serializeMetrics();
    expect({ _aws, FunctionName, ...values }).toEqual({ ...expected, _aws: { ...expected._aws, Timestamp: 5 } });
  }));
});
