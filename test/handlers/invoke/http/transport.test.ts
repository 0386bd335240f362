import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { Transport } from '../../../../src/handlers/invoke/http/transport';

const request = { path: '/', headers: {}, body: '{}' };
let server: Server;
let transport: Transport;
const open = new Set<Socket>();

async function listen(listening: Server, protocol = 'http:'): Promise<string> {
  server = listening;
  server.on('connection', (socket: Socket) => open.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(`${protocol}//127.0.0.1:${(server.address() as AddressInfo).port}`);
  transport = new Transport(url);
  return url.host;
}

afterEach(() => {
  jest.useRealTimers();
  transport.close();
  open.forEach((socket) => socket.destroy());
  open.clear();
  server.close();
});

test('an endpoint that accepts no TLS connection is said to be out of reach, and what a VPC needs', async () => {
  const host = await listen(createServer(), 'https:');
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'performance', 'queueMicrotask'] });
  const sent = transport.send(request, 60_000);
  const failed = expect(sent).rejects.toMatchObject({
    name: 'ConnectionError',
    retryable: true,
    message: `No connection to ${host} within 5000 ms. In a VPC the function needs a NAT gateway or an interface endpoint for the service.`,
  });
  await once(server, 'connection');
  jest.advanceTimersByTime(5000);
  await failed;
});

test('a kept connection that breaks while the service is at work is an error, not a second call in silence', async () => {
  let calls = 0;
  await listen(createHttpServer((incoming, response) => {
    calls++;
    if (calls === 1) response.end('ok');
    else setTimeout(() => incoming.socket.destroy(), 1200);
  }));
  expect(await (await transport.send(request, 60_000)).text(100)).toBe('ok');
  await expect(transport.send(request, 60_000)).rejects.toMatchObject({ name: 'ConnectionError', retryable: true });
  expect(calls).toBe(2);
});

test('a URL with an IPv6 address is called without its brackets', () => {
  transport = new Transport(new URL('http://[::1]:8080'));
  server = createServer();
  expect((transport as unknown as { target: { hostname: string } }).target.hostname).toBe('::1');
});
