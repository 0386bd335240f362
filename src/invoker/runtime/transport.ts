import * as http from 'node:http';
import * as https from 'node:https';
import { InvokerError } from './errors';
import { Reply } from './reply';

/** One signed POST request. */
export interface SignedRequest {
  readonly path: string;
  readonly headers: Record<string, string>;
  /** A string, because Node then sends it in one write with the headers; a buffer takes two, and two TLS records. */
  readonly body: string;
}

/** A function in a subnet without a way to the endpoint should learn that in seconds, not at Lambda's timeout. */
const CONNECT_TIMEOUT_MS = 5000;

/** A kept connection that was closed says so at once; one that breaks later broke while the service was at work. */
const STALE_WITHIN_MS = 1000;

/** Sends POST requests to one endpoint over kept-alive HTTP/1.1 connections. */
export class Transport {
  private readonly agent: http.Agent;
  private readonly request: typeof http.request;

  private readonly host: string;
  private readonly target: http.RequestOptions;

  /** `meanwhile` runs each time that a new connection waits for the endpoint. */
  constructor({ protocol, hostname, port, host }: URL, private readonly meanwhile: () => void = () => {}) {
    const client = protocol === 'http:' ? http : https;
    this.agent = new client.Agent({ keepAlive: true });
    this.request = client.request;
    this.host = host;
    // IPv6 addresses stand in brackets in a URL, and without them in a socket.
    this.target = { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port };
  }

  /**
   * Resolves as soon as the answer's headers are here. The time limit also covers the reading of the body.
   * A kept connection that the service closed in the meantime is replaced without an error.
   */
  async send(request: SignedRequest, timeoutMs: number): Promise<Reply> {
    const started = Date.now();
    for (;;) {
      const outcome = await this.attempt(request, timeoutMs - (Date.now() - started));
      if (outcome !== 'stale connection') return outcome;
    }
  }

  /** Closes the kept connections. */
  close(): void {
    this.agent.destroy();
  }

  private attempt({ path, headers, body }: SignedRequest, timeoutMs: number): Promise<Reply | 'stale connection'> {
    const { target, host } = this;
    return new Promise((resolve, reject) => {
      const sent = Date.now();
      const request = this.request({ ...target, path, headers, method: 'POST', agent: this.agent });
      let reason: InvokerError | undefined;
      const give = (up: InvokerError) => {
        reason = up;
        request.destroy();
      };
      const timer = setTimeout(() => give(timeout(host, timeoutMs)), timeoutMs);
      const failure = (error: Error) => reason ?? connectionError(error, host);
      request.on('close', () => clearTimeout(timer));
      request.on('socket', (socket) => {
        if (!socket.connecting) return;
        socket.once('connect', this.meanwhile);
        const connecting = setTimeout(() => give(unreachable(host)), CONNECT_TIMEOUT_MS);
        socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting)).once('close', () => clearTimeout(connecting));
      });
      request.on('response', (message) => resolve(new Reply(message, failure)));
      request.on('error', (error: NodeJS.ErrnoException) => {
        const closed = (error.code === 'ECONNRESET' || error.code === 'EPIPE') && Date.now() - sent < STALE_WITHIN_MS;
        if (closed && request.reusedSocket && !reason) resolve('stale connection');
        else reject(failure(error));
      });
      request.end(body);
    });
  }
}

function timeout(host: string, timeoutMs: number): InvokerError {
  return new InvokerError('ModelTimeoutError', `${host} did not finish its answer within ${timeoutMs} ms. Raise the function's timeout (at most 15 minutes), lower max_tokens, or stream.`, { retryable: true });
}

function unreachable(host: string): InvokerError {
  return new InvokerError('ConnectionError', `No connection to ${host} within ${CONNECT_TIMEOUT_MS} ms. In a VPC the function needs a NAT gateway or an interface endpoint for the service.`, { retryable: true });
}

function connectionError(error: Error, host: string): InvokerError {
  return new InvokerError('ConnectionError', `The connection to ${host} failed: ${error.message}.`, { retryable: true, cause: error });
}
