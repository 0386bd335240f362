import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { MODEL_ID, REGION } from './test-invoker';
import { credentialEnvironment } from '../stand-ins/bedrock-runtime';

const CALLS = 20_000;

/** Answers with the prompt, at once and without a check: the soak is the handler's. */
async function echo() {
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const { messages } = JSON.parse(Buffer.concat(chunks).toString()) as { messages: { content: string }[] };
      const usage = { input_tokens: 1, output_tokens: 1 };
      response.end(JSON.stringify({ type: 'message', content: [{ type: 'text', text: messages[0].content }], stop_reason: 'end_turn', usage }));
    });
  }).on('connection', () => connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections };
}

test('twenty thousand calls, fifty at once: each gets its own answer, over fifty connections, and memory stays flat', async () => {
  const { server, url, connections } = await echo();
  const child = fork(resolve(__dirname, '../fixtures/invoker/soak.cjs'), [resolve(__dirname, '../../assets/invoke-model'), String(CALLS)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...credentialEnvironment(), MODEL_ID, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: REGION, AWS_ENDPOINT_URL: url },
  });
  const [{ right, heaps }] = await once(child, 'message') as [{ right: number; heaps: number[] }];
  server.close();
  server.closeAllConnections();
  expect(right).toBe(CALLS);
  expect(connections()).toBe(50);
  expect(heaps.at(-1)! / heaps[0]).toBeLessThan(1.2);
}, 180_000);
