import * as http from 'node:http';
import * as https from 'node:https';
import { InvokerError } from './errors';
import { Reply } from './reply';

/** One signed POST request. */
export interface SignedRequest {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** A function in a subnet without a way to the endpoint should learn that in seconds, not at Lambda's timeout. */
const CONNECT_TIMEOUT_MS = 5000;

/** Sends POST requests to one endpoint over kept-alive HTTP/1.1 connections. */
export class Transport {
  private readonly agent: http.Agent;
  private readonly request: typeof http.request;

  constructor(private readonly url: URL) {
    const client = url.protocol === 'http:' ? http : https;
    this.agent = new client.Agent({ keepAlive: true });
    this.request = client.request;
  }

  /**
   * Resolves as soon as the answer's headers are here. The time limit also covers the reading of the body.
   * A kept connection that the service closed in the meantime is replaced without an error.
   */
  async send(request: SignedRequest, timeoutMs: number): Promise<Reply> {
    for (;;) {
      const outcome = await this.attempt(request, timeoutMs);
      if (outcome !== 'stale connection') return outcome;
    }
  }

  /** Closes the kept connections. */
  close(): void {
    this.agent.destroy();
  }

  private attempt({ path, headers, body }: SignedRequest, timeoutMs: number): Promise<Reply | 'stale connection'> {
    const { protocol, hostname, port, host } = this.url;
    return new Promise((resolve, reject) => {
      // IPv6 addresses stand in brackets in a URL, and without them in a socket.
      const request = this.request({ protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port, path, headers, method: 'POST', agent: this.agent });
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
        const connecting = setTimeout(() => give(unreachable(host)), CONNECT_TIMEOUT_MS);
        socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting)).once('close', () => clearTimeout(connecting));
      });
      request.on('response', (message) => resolve(new Reply(message, failure)));
      request.on('error', (error: NodeJS.ErrnoException) => {
        const closed = error.code === 'ECONNRESET' || error.code === 'EPIPE';
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
