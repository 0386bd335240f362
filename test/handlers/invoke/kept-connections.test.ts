import { once } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Transport } from '../../../src/handlers/invoke/http/transport';
import { TestClock, TestInvoker } from '../../invoker/test-invoker';

const ANSWER = JSON.stringify({ type: 'message', content: [], stop_reason: 'end_turn', usage: {} });
const KEPT = 10;
const later = async (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let server: Server;
let url: string;
/** Requests that the service read, by the connection that they came on. */
let requests: Socket[];
let serve: (incoming: IncomingMessage, response: ServerResponse) => void;
let close: () => void;

beforeEach(async () => {
  requests = [];
  serve = (_, response) => response.end(ANSWER);
  server = createServer({ keepAliveTimeout: 0 }, (incoming, response) => {
    requests.push(incoming.socket);
    incoming.resume().on('end', () => serve(incoming, response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  close();
  server.closeAllConnections();
  server.close();
});

/** An invoker that has just had as many calls at once, and keeps their connections. */
async function withKept(connections: number, maxAttempts: number | undefined) {
  const clock = new TestClock();
  const invoker = TestInvoker.create({ url, clock, options: { retry: { maxAttempts, maxDelayMs: 500 } } });
  close = () => invoker.close();
  const ask = async () => invoker.invoke(() => ({ prompt: 'Hello' }), { source: 'direct', deadline: clock.now() + 60_000 });
  const waiting: ServerResponse[] = [];
  serve = (_, response) => {
    if (waiting.push(response) === connections) waiting.forEach((each) => each.end(ANSWER));
  };
  await Promise.all(Array.from({ length: connections }, ask));
  await later(20);
  expect(new Set(requests).size).toBe(connections);
  const kept = new Set(requests.splice(0));
  invoker.lines.length = 0;
  return { invoker, ask, clock, kept };
}

/** Reads a request on a kept connection, and closes that without an answer, as a service that just gave the connection up. */
const closeKept = (kept: Set<Socket>) => (incoming: IncomingMessage, response: ServerResponse) => {
  if (kept.has(incoming.socket)) incoming.socket.destroy();
  else response.end(ANSWER);
};

test('with one attempt exactly one request is sent, however many connections were kept', async () => {
  const { ask, kept, invoker } = await withKept(KEPT, 1);
  serve = closeKept(kept);
  await expect(ask()).rejects.toMatchObject({ name: 'ConnectionError', retryable: true, message: expect.stringMatching(/^The connection to 127\.0\.0\.1:\d+ failed: socket hang up\.$/) });
  expect(requests).toHaveLength(1);
  expect(invoker.lines).toMatchObject([{ message: 'failed', attempts: 1, Retries: 0, error: 'ConnectionError' }]);
  expect(invoker.lines[0]).not.toHaveProperty('retried');
});

test.each([2, 3, 4, undefined])('with %p attempts the second has a new connection, at once, and is counted and explained', async (maxAttempts) => {
  const { ask, kept, clock, invoker } = await withKept(KEPT, maxAttempts);
  serve = closeKept(kept);
  expect((await ask()).body.stop_reason).toBe('end_turn');
  expect(requests).toHaveLength(2);
  expect(clock.waits).toEqual([]);
  expect(invoker.lines).toMatchObject([{ message: 'answered', attempts: 2, Retries: 1, retried: ['ConnectionError'] }]);
});

test.each([1, 2, 3, 4])('a service that closes every connection gets %d requests for as many attempts', async (maxAttempts) => {
  const { ask, invoker } = await withKept(KEPT, maxAttempts);
  serve = ({ socket }) => socket.destroy();
  await expect(ask()).rejects.toMatchObject({ name: 'ConnectionError' });
  expect(requests).toHaveLength(maxAttempts);
  expect(invoker.lines).toMatchObject([{ attempts: maxAttempts, Retries: maxAttempts - 1 }]);
  expect(invoker.lines[0].retried ?? []).toEqual(Array(maxAttempts - 1).fill('ConnectionError'));
});

test('calls at the same time each have their own attempts', async () => {
  const { ask, kept } = await withKept(KEPT, 2);
  serve = closeKept(kept);
  const answers = await Promise.all(Array.from({ length: KEPT }, ask));
  expect(answers).toHaveLength(KEPT);
  expect(requests.length).toBeLessThanOrEqual(2 * KEPT);
});

test('the line names ten failures at most', async () => {
  const { ask, invoker } = await withKept(1, 30);
  serve = (_, response) => response.writeHead(503).end('{}');
  await expect(ask()).rejects.toMatchObject({ name: 'OverloadedError' });
  expect(invoker.lines).toMatchObject([{ attempts: 30, Retries: 29, retried: Array(10).fill('OverloadedError') }]);
});

describe('a connection that was idle', () => {
  const request = { path: '/', headers: {}, body: '{}' };
  const start = (maxIdleMs?: number) => {
    const transport = new Transport(new URL(url), maxIdleMs);
    close = () => transport.close();
    return async () => {
      const reply = await transport.send(request, 10_000);
      return reply.text(1000);
    };
  };

  test('for a short time is used again', async () => {
    const send = start();
    await send();
    await later(50);
    await send();
    expect(new Set(requests).size).toBe(1);
  });

  test('for long is closed before a request is sent on it', async () => {
    const send = start(30);
    await Promise.all([send(), send()]);
    await later(60);
    const closed = requests.slice(0, 2).map((socket) => once(socket, 'close'));
    await send();
    await Promise.all(closed);
    expect(new Set(requests).size).toBe(3);
  });

  test('is idle only since its last answer: a request under way is not harmed', async () => {
    const send = start(30);
    await send();
    serve = (_, response) => setTimeout(() => response.end(ANSWER), 100);
    const slow = send();
    await later(60);
    serve = (_, response) => response.end(ANSWER);
    expect(await send()).toBe(ANSWER);
    expect(await slow).toBe(ANSWER);
    expect(new Set(requests).size).toBe(2);
  });
});
