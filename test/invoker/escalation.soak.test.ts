import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { deployedFunction } from './deployed-function';
import { REGION } from './test-invoker';
import { CrossRegionInferenceProfile, Escalation, EscalationTrigger, HaikuInvoker, ModelCard } from '../../src';
import { credentialEnvironment } from '../stand-ins/bedrock-runtime';

const CALLS = 20_000;

/** What each model was asked, and what it has counted. */
interface Model {
  calls: number;
  input: number;
  output: number;
}

/** Answers as both models, at once and without a check: one prompt in ten gets no JSON of the first. */
async function models() {
  const haiku: Model = { calls: 0, input: 0, output: 0 };
  const sonnet: Model = { calls: 0, input: 0, output: 0 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const { messages } = JSON.parse(Buffer.concat(chunks).toString()) as { messages: { content: string }[] };
      const [{ content: prompt }] = messages;
      const number = Number(/\d+/.exec(prompt)![0]);
      const stronger = request.url!.includes('sonnet');
      const model = stronger ? sonnet : haiku;
      const usage = { input_tokens: number % 7 + 1, output_tokens: number % 5 + 1 };
      model.calls++;
      model.input += usage.input_tokens;
      model.output += usage.output_tokens;
      const text = number % 10 === 0 && !stronger ? 'I am not sure.' : JSON.stringify({ prompt });
      response.end(JSON.stringify({ type: 'message', content: [{ type: 'text', text }], stop_reason: 'end_turn', usage }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, haiku, sonnet };
}

test('twenty thousand calls, fifty at once, one in ten escalated: none is lost, and every token is counted', async () => {
  const { server, url, haiku, sonnet } = await models();
  const { handlerDir, env } = deployedFunction(REGION, (scope) => new HaikuInvoker(scope, 'Invoker', {
    escalation: Escalation.to(new CrossRegionInferenceProfile(scope, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_6 }), { when: [EscalationTrigger.schemaViolation({ required: ['prompt'] })] }),
  }));
  const child = fork(resolve(__dirname, '../fixtures/invoker/escalation-soak.cjs'), [handlerDir, String(CALLS)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...credentialEnvironment(), ...env, AWS_REGION: REGION, LAMBDA_TASK_ROOT: handlerDir, AWS_ENDPOINT_URL: url },
  });
  const [seen] = await once(child, 'message') as [{ right: number; heaps: number[]; escalated: number; sums: Record<string, number> }];
  server.close();
  server.closeAllConnections();
  expect(seen).toMatchObject({ right: CALLS, escalated: CALLS / 10 });
  expect([haiku.calls, sonnet.calls]).toEqual([CALLS, CALLS / 10]);
  expect(seen.sums).toMatchObject({
    Invocations: CALLS,
    Escalations: CALLS / 10,
    Retries: 0,
    InputTokens: haiku.input + sonnet.input,
    OutputTokens: haiku.output + sonnet.output,
    Rung1InputTokens: haiku.input,
    Rung2InputTokens: sonnet.input,
    Rung1OutputTokens: haiku.output,
    Rung2OutputTokens: sonnet.output,
  });
  expect(seen.sums.Cost).toBeCloseTo((haiku.input * 1.1 + haiku.output * 5.5 + sonnet.input * 3.3 + sonnet.output * 16.5) / 1e6, 3);
  expect(seen.heaps.at(-1)! / seen.heaps[0]).toBeLessThan(1.2);
}, 300_000);
