import { crc32 } from './crc32';
import { InvokerError, InvokerErrorDetails, saidBy } from '../failures/errors';

/** One frame of AWS's event-stream encoding, read. Of its headers those that are strings: the others say nothing of the frame itself. */
export interface Frame {
  readonly headers: { readonly [name: string]: string | undefined };
  readonly payload: string;
}

/** The least that a frame holds besides its payload, and the most that AWS lets it hold. */
const LEAST_BYTES = 16;
export const MOST_BYTES = 24 * 1024 * 1024;

/** Lengths of a frame's beginning (two lengths and their checksum) and of the checksum at its end. */
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;

/** How long a header's value is, by its type: true, false, byte, short, int, long, bytes, string, timestamp, UUID. Two have a length of their own. */
const VALUE_BYTES = [0, 0, 1, 2, 4, 8, undefined, undefined, 8, 16];
const STRING = 7;

/**
 * Reads the frames of one stream, wherever the network cut them, as `@smithy/core/event-streams` does (a test compares them over generated
 * frames). Our own, because that one takes a seventh of the bundle; and since nearly all frames have the same headers, they are read once.
 *
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export class EventStreamReader {
  private pending: Buffer = Buffer.alloc(0);
  /** The headers of the last frame. */
  private known?: { readonly block: Buffer; readonly headers: Frame['headers'] };

  constructor(private readonly requestId?: string) {}

  /** The frames that are complete now: each begins with its own length. Throws at one that cannot be read, after those before it. */
  * push(chunk: Buffer): Generator<Frame> {
    const bytes = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    let start = 0;
    while (bytes.length - start >= 4) {
      const length = bytes.readUInt32BE(start);
      if (length < LEAST_BYTES || length > MOST_BYTES) throw unreadable(`a frame of ${length} bytes; frames have ${LEAST_BYTES} to ${MOST_BYTES}.`);
      if (bytes.length - start < length) break;
      yield this.read(bytes.subarray(start, start += length));
    }
    this.pending = bytes.subarray(start);
  }

  /** Throws if the stream ended inside a frame. */
  end(): void {
    if (this.pending.length > 0) throw new InvokerError('InvalidResponseError', 'The stream ended inside a frame.', { retryable: true });
  }

  private read(frame: Buffer): Frame {
    try {
      return this.checked(frame);
    } catch (cause) {
      const { name, quoted = `${name}.` } = saidBy(cause);
      throw unreadable(`a frame that cannot be read: ${quoted}`, { requestId: this.requestId, quoted });
    }
  }

  private checked(frame: Buffer): Frame {
    const start = PRELUDE_BYTES + frame.readUInt32BE(4);
    const end = frame.length - CHECKSUM_BYTES;
    // The last checksum covers the first one too, which is for readers that do not wait for the whole frame.
    if (start > end || crc32(frame.subarray(0, end)) !== frame.readUInt32BE(end)) throw new Error('its checksum is wrong.');
    const block = frame.subarray(PRELUDE_BYTES, start);
    if (!this.known?.block.equals(block)) this.known = { block: Buffer.from(block), headers: readHeaders(block) };
    return { headers: this.known.headers, payload: frame.toString('utf8', start, end) };
  }
}

function readHeaders(block: Buffer): Frame['headers'] {
  const headers: { [name: string]: string } = Object.create(null);
  for (let at = 0; at < block.length;) {
    const typeAt = at + 1 + block.readUInt8(at);
    const name = block.toString('utf8', at + 1, typeAt);
    const type = block.readUInt8(typeAt);
    if (type >= VALUE_BYTES.length) throw new Error(`it has a header of the type ${type}.`);
    const fixed = VALUE_BYTES[type];
    const valueAt = typeAt + (fixed === undefined ? 3 : 1);
    at = valueAt + (fixed ?? block.readUInt16BE(typeAt + 1));
    if (at > block.length) throw new Error('it ends inside a header.');
    if (type === STRING) headers[name] = block.toString('utf8', valueAt, at);
  }
  return headers;
}

/** What stands where an event should. Of its text, which is the model's, nothing is said. */
export function unreadable(what: string, details: InvokerErrorDetails = {}): InvokerError {
  return new InvokerError('InvalidResponseError', `The stream holds ${what}`, { retryable: true, ...details });
}
