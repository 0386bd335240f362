import type { Connection, OutgoingResponse } from './polyglot-server';

/** A whole response, and how it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: Buffer[];
  /** A body of unknown length, as a stream has. */
  readonly streaming: boolean;
  /** Waits as long before each chunk. */
  readonly msPerChunk?: number;
  /** Sends as many chunks, then resets the connection. */
  readonly resetAfterChunks?: number;
}

/** Sends an answer over either protocol. */
export async function send(answer: Answer, response: OutgoingResponse, connection: Connection): Promise<void> {
  const length = answer.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  response.on('error', () => undefined); // the caller may have left
  response.writeHead(answer.status, { ...answer.headers, ...(answer.streaming ? {} : { 'content-length': String(length) }) });
  for (const [index, chunk] of answer.chunks.entries()) {
    if (index === answer.resetAfterChunks) return reset(connection);
    if (answer.msPerChunk !== undefined) await wait(answer.msPerChunk);
    if (connection.socket.destroyed) return;
    await write(response, chunk, connection);
  }
  response.end();
}

/** Drops the connection as a crashed peer does: RST, not FIN. */
export function reset(connection: Connection): void {
  connection.socket.resetAndDestroy();
}

/** Resolves when the chunk has left, so that a reset after it cannot overtake it. */
async function write(response: OutgoingResponse, chunk: Buffer, connection: Connection): Promise<void> {
  await new Promise<void>((resolve) => {
    const closed = () => resolve();
    connection.socket.once('close', closed);
    // Both overloads take a callback; TypeScript cannot see that through the union.
    (response.write as (data: Buffer, done: () => void) => boolean).call(response, chunk, () => {
      connection.socket.off('close', closed);
      resolve();
    });
  });
}

async function wait(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
