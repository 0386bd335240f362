import { crc32 } from 'node:zlib';
import { EventStreamCodec } from '@smithy/core/event-streams';

/** One frame of AWS's event-stream encoding, read. */
export interface Frame {
  readonly headers: ReturnType<EventStreamCodec['decode']>['headers'];
  readonly payload: string;
}

/** Lengths of a frame's beginning (two lengths and their checksum) and of the checksum at its end. */
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;

const codec = new EventStreamCodec((bytes) => Buffer.from(bytes as Uint8Array).toString(), (text) => Buffer.from(text));

/**
 * Reads the frames of one stream. Nearly all of them have the same headers: the codec reads a block of headers once, and of
 * a frame that repeats it only the checksum is verified.
 */
export class FrameReader {
  private known?: { readonly block: Buffer; readonly headers: Frame['headers'] };

  /** Throws if the frame is corrupt. */
  read(frame: Buffer): Frame {
    const start = PRELUDE_BYTES + frame.readUInt32BE(4);
    const end = frame.length - CHECKSUM_BYTES;
    const block = frame.subarray(PRELUDE_BYTES, start);
    if (!this.known?.block.equals(block) || crc32(frame.subarray(0, end)) !== frame.readUInt32BE(end)) {
      // The codec reads the headers, or says what is wrong.
      this.known = { block: Buffer.from(block), headers: codec.decode(frame).headers };
    }
    return { headers: this.known.headers, payload: frame.toString('utf8', start, end) };
  }
}
