import * as http from 'node:http';
import * as https from 'node:https';
import { InvokerError } from './errors';

/** An answer whose headers are here and whose body is still to be read. */
export type Reply = http.IncomingMessage;

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
   * Resolves as soon as the answer's headers are here. An abort tears the connection down, also while the body is read.
   * A kept connection that the service closed in the meantime is replaced without an error.
   */
  async send(path: string, headers: Record<string, string>, body: Buffer, signal: AbortSignal): Promise<Reply> {
    for (;;) {
      const outcome = await this.attempt(path, headers, body, signal);
      if (outcome !== 'stale connection') return outcome;
    }
  }

  /** Closes the kept connections. */
  close(): void {
    this.agent.destroy();
  }

  private attempt(path: string, headers: Record<string, string>, body: Buffer, signal: AbortSignal): Promise<Reply | 'stale connection'> {
    return new Promise((resolve, reject) => {
      const { protocol, hostname, port } = this.url;
      const request = this.request({ protocol, hostname, port, path, headers, method: 'POST', agent: this.agent, signal });
      request.on('response', resolve);
      request.on('error', (error: NodeJS.ErrnoException) => {
        const closed = error.code === 'ECONNRESET' || error.code === 'EPIPE';
        if (closed && request.reusedSocket) resolve('stale connection');
        else reject(connectionError(error, this.url.host));
      });
      request.end(body);
    });
  }
}

/** Reads a body to its end, or fails as soon as it is longer than `limit` bytes. */
export function readBody(reply: Reply, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    reply.on('data', (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > limit) {
        reply.destroy();
        reject(new InvokerError('ResponseTooLargeError', `The answer is longer than ${limit} bytes, which is what Lambda can return. Lower max_tokens, or stream it through a Function URL.`));
      }
    });
    reply.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    reply.on('error', (error) => reject(connectionError(error, 'the service')));
  });
}

function connectionError(error: NodeJS.ErrnoException, host: string): InvokerError {
  return new InvokerError('ConnectionError', `The connection to ${host} failed: ${error.message}.`, { retryable: true, cause: error });
}
