import { InvokerError } from '../failures/errors';

/** The least that a frame holds besides its payload, and the most that AWS lets it hold. */
const LEAST_BYTES = 16;
export const MOST_BYTES = 24 * 1024 * 1024;

/** Cuts AWS's event-stream encoding into whole frames, wherever the network cut it. Each frame begins with its own length. */
export class FrameSplitter {
  private pending: Buffer = Buffer.alloc(0);

  /** The frames that are complete now. Throws at one that cannot be a frame, after those before it. */
  *push(chunk: Buffer): Generator<Buffer> {
    const bytes = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    let start = 0;
    while (bytes.length - start >= 4) {
      const length = bytes.readUInt32BE(start);
      if (length < LEAST_BYTES || length > MOST_BYTES) {
        throw new InvokerError('InvalidResponseError', `The stream holds a frame of ${length} bytes; frames have ${LEAST_BYTES} to ${MOST_BYTES}.`, { retryable: true });
      }
      if (bytes.length - start < length) break;
      yield bytes.subarray(start, start += length);
    }
    this.pending = bytes.subarray(start);
  }

  /** Throws if the stream ended inside a frame. */
  end(): void {
    if (this.pending.length > 0) throw new InvokerError('InvalidResponseError', 'The stream ended inside a frame.', { retryable: true });
  }
}
