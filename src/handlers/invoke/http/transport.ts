// By name: a namespace would bring the bundler's helper for one into each bundle.
import { Agent, request as plainRequest, RequestOptions } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { Reply } from './reply';
import { InvokerError } from '../failures/errors';

/** One request to the endpoint; what is sent is signed. */
export interface ModelRequest {
  /** Default: POST, as each call of the model is. */
  readonly method?: 'DELETE' | 'GET' | 'HEAD' | 'POST' | 'PUT';
  /** With the query, if there is one. */
  readonly path: string;
  readonly headers: Record<string, string>;
  /** A string, because Node then sends it in one write with the headers; a buffer takes two, and two TLS records. */
  readonly body: string;
}

/** What a call knows of its requests. */
export interface Sending {
  /** What to change where the time limit cuts the answer. */
  readonly advice?: () => string;
  /** Aborted when the caller has hung up, with the error to end with. */
  readonly gone?: AbortSignal;
}

/** A function in a subnet without a way to the endpoint should learn that in seconds, not at Lambda's timeout. */
const CONNECT_TIMEOUT_MS = 5000;

/** A kept connection that was closed says so at once; one that breaks later broke while the service was at work. */
const STALE_WITHIN_MS = 1000;

/**
 * A connection that was idle for longer is not used again: while Lambda had frozen the function, the service may have closed
 * it. AWS does not say how long it keeps one; a new one costs milliseconds, a request on a closed one costs an attempt.
 */
const MAX_IDLE_MS = 20_000;

/** A kept connection had been closed when the request was sent. Whether the service read the request is not known. */
export class StaleConnectionError extends InvokerError {}

/** Sends requests to one endpoint over kept-alive HTTP/1.1 connections. */
export class Transport {
  private readonly agent: Agent;
  private readonly idleSince = new WeakMap<Socket, number>();
  private readonly request: typeof plainRequest;

  private readonly host: string;
  private readonly target: RequestOptions;

  constructor({ protocol, hostname, port, host }: URL, private readonly maxIdleMs = MAX_IDLE_MS) {
    const plain = protocol === 'http:';
    this.agent = new (plain ? Agent : TlsAgent)({ keepAlive: true });
    this.agent.on('free', (socket: Socket) => this.idleSince.set(socket, Date.now()));
    this.request = plain ? plainRequest : tlsRequest;
    this.host = host;
    // IPv6 addresses stand in brackets in a URL, and without them in a socket.
    this.target = { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port };
  }

  /**
   * Sends the request once. Resolves as soon as the answer's headers are here; the time limit also covers the reading of the
   * body, and a caller that hangs up ends both. Throws a `StaleConnectionError` where a kept connection turned out to be closed.
   */
  send({ method = 'POST', path, headers, body }: ModelRequest, timeoutMs: number, { advice, gone }: Sending = {}): Promise<Reply> {
    const { target, host } = this;
    this.dropIdle(this.maxIdleMs);
    return new Promise((resolve, reject) => {
      const sent = Date.now();
      const request = this.request({ ...target, path, headers, method, agent: this.agent });
      let reason: InvokerError | undefined;
      const give = (up: InvokerError) => {
        reason = up;
        request.destroy();
      };
      const timer = setTimeout(() => give(timeout(host, timeoutMs, advice)), timeoutMs);
      const hangUp = () => give(gone?.reason as InvokerError);
      gone?.addEventListener('abort', hangUp);
      const failure = (error: Error) => reason ?? connectionError(error, host);
      request.on('close', () => {
        clearTimeout(timer);
        gone?.removeEventListener('abort', hangUp);
      });
      request.on('socket', (socket) => {
        if (!socket.connecting) return;
        const connecting = setTimeout(() => give(unreachable(host)), CONNECT_TIMEOUT_MS);
        socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting)).once('close', () => clearTimeout(connecting));
      });
      request.on('response', (message) => resolve(new Reply(message, failure)));
      request.on('error', (error: NodeJS.ErrnoException) => {
        const closed = (error.code === 'ECONNRESET' || error.code === 'EPIPE') && Date.now() - sent < STALE_WITHIN_MS;
        if (!closed || !request.reusedSocket || reason) return reject(failure(error));
        // What closed this connection has hardly left the others open.
        this.dropIdle(-1);
        reject(connectionError(error, host, StaleConnectionError));
      });
      request.end(body);
    });
  }

  /** Closes the kept connections. */
  close(): void {
    this.agent.destroy();
  }

  /** Closes what has been idle for longer. A connection with a request on it is not idle. */
  private dropIdle(milliseconds: number): void {
    const now = Date.now();
    for (const sockets of Object.values(this.agent.freeSockets)) {
      for (const socket of sockets ?? []) {
        if (now - (this.idleSince.get(socket) ?? now) > milliseconds) socket.destroy();
      }
    }
  }
}

function timeout(host: string, timeoutMs: number, advice = () => 'Lower max_tokens.'): InvokerError {
  const toCallers = 'The model did not finish its answer in time. Lower max_tokens.';
  return new InvokerError('ModelTimeoutError', `${host} did not finish its answer within ${timeoutMs} ms. ${advice()}`, { retryable: true, toCallers });
}

function unreachable(host: string): InvokerError {
  return new InvokerError('ConnectionError', `No connection to ${host} within ${CONNECT_TIMEOUT_MS} ms. In a VPC the function needs a NAT gateway or an interface endpoint for the service.`, { retryable: true });
}

function connectionError(error: Error, host: string, Kind = InvokerError): InvokerError {
  return new Kind('ConnectionError', `The connection to ${host} failed: ${error.message}.`, { retryable: true, cause: error });
}
