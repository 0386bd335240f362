import * as http from 'node:http';
import * as http2 from 'node:http2';
import * as net from 'node:net';

export type IncomingRequest = http.IncomingMessage | http2.Http2ServerRequest;
export type OutgoingResponse = http.ServerResponse | http2.Http2ServerResponse;
export type RequestListener = (request: IncomingRequest, response: OutgoingResponse, connection: Connection) => void;

/** One TCP connection; an HTTP/2 one carries many requests at once. */
export interface Connection {
  readonly id: number;
  readonly socket: net.Socket;
}

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Serves HTTP/1.1 and HTTP/2 with prior knowledge on one loopback port, told apart by the connection preface. */
export class PolyglotServer {
  static async start(listener: RequestListener): Promise<PolyglotServer> {
    const server = new PolyglotServer(listener);
    await new Promise<void>((resolve, reject) => server.tcp.once('error', reject).listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** Connections accepted since the start, open or not. */
  public accepted = 0;

  private readonly open = new Map<number, Connection>();
  private readonly http1: http.Server;
  private readonly http2: http2.Http2Server;
  private readonly tcp: net.Server;

  private constructor(listener: RequestListener) {
    const serve = (request: IncomingRequest, response: OutgoingResponse) => {
      // A peer's port names its connection as long as that is open, over both protocols.
      const connection = this.open.get(request.socket.remotePort ?? -1);
      if (connection !== undefined) listener(request, response, connection);
    };
    this.http1 = http.createServer({ keepAliveTimeout: 0 }, serve);
    this.http2 = http2.createServer({}, serve);
    this.http2.on('sessionError', () => undefined); // a reset by the peer or by a fault
    this.tcp = net.createServer((socket) => this.accept(socket));
  }

  public get port(): number {
    return (this.tcp.address() as net.AddressInfo).port;
  }

  /** Closes the listening port and every connection. */
  public async stop(): Promise<void> {
    for (const { socket } of this.open.values()) socket.destroy();
    await new Promise((resolve) => this.tcp.close(resolve));
  }

  /** Closes the connections that are open now, as an idle timeout of the service would. */
  public closeConnections(): void {
    for (const { socket } of this.open.values()) socket.end();
  }

  private accept(socket: net.Socket): void {
    const peer = socket.remotePort;
    if (peer === undefined) return;
    this.accepted += 1;
    this.open.set(peer, { id: this.accepted, socket });
    socket.on('close', () => this.open.delete(peer));
    socket.on('error', () => undefined);
    socket.setNoDelay(true);
    this.sniff(socket, Buffer.alloc(0));
  }

  private sniff(socket: net.Socket, seen: Buffer): void {
    socket.once('data', (chunk: Buffer) => {
      const head = Buffer.concat([seen, chunk]);
      const length = Math.min(head.length, PREFACE.length);
      const maybeHttp2 = head.subarray(0, length).equals(PREFACE.subarray(0, length));
      if (maybeHttp2 && head.length < PREFACE.length) return this.sniff(socket, head);
      socket.pause();
      socket.unshift(head);
      // An HTTP/2 session reads what is buffered by itself; letting it flow would lose it.
      if (maybeHttp2) return void this.http2.emit('connection', socket);
      this.http1.emit('connection', socket);
      socket.resume();
    });
  }
}
