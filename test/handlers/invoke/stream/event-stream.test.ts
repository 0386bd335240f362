import { crc32 } from 'node:zlib';
import { EventStreamCodec, Int64 } from '@smithy/core/event-streams';
import * as fc from 'fast-check';
import { EventStreamReader, Frame } from '../../../../src/handlers/invoke/stream/event-stream';
import '../../../property-seed';

type HeaderValue = Parameters<EventStreamCodec['encode']>[0]['headers'][string];

const codec = new EventStreamCodec((bytes) => Buffer.from(bytes as Uint8Array).toString(), (text) => Buffer.from(text));
const text = fc.string({ unit: 'binary', maxLength: 60 }).map((value) => ({ type: 'string' as const, value }));
const header = fc.oneof<fc.Arbitrary<HeaderValue>[]>(
  { weight: 5, arbitrary: text } as never,
  fc.boolean().map((value) => ({ type: 'boolean', value })),
  fc.integer({ min: -128, max: 127 }).map((value) => ({ type: 'byte', value })),
  fc.integer({ min: -32_768, max: 32_767 }).map((value) => ({ type: 'short', value })),
  fc.integer().map((value) => ({ type: 'integer', value })),
  fc.integer().map((value) => ({ type: 'long', value: Int64.fromNumber(value) })),
  fc.uint8Array({ maxLength: 40 }).map((value) => ({ type: 'binary', value })),
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((value) => ({ type: 'timestamp', value })),
  fc.uuid().map((value) => ({ type: 'uuid', value })),
);
const headers = fc.dictionary(fc.oneof(fc.constantFrom(':event-type', ':message-type', 'x'), fc.string({ minLength: 1, maxLength: 20 })), header, { maxKeys: 6 });
const entriesOf = ({ headers: named, payload }: Frame) => ({ headers: Object.entries(named), payload });
const frames = fc.array(fc.record({ headers, body: fc.string() }), { minLength: 1, maxLength: 8 })
  .map((given) => given.map(({ headers: named, body }) => Buffer.from(codec.encode({ headers: named, body: Buffer.from(body) }))));

test('frames come out whole, however the network cuts them, and read as the codec reads them', () => {
  fc.assert(fc.property(frames, fc.integer({ min: 1, max: 50 }), (given, size) => {
    const stream = Buffer.concat(given);
    const reader = new EventStreamReader();
    const read: unknown[] = [];
    for (let at = 0; at < stream.length; at += size) {
      for (const frame of reader.push(stream.subarray(at, at + size))) read.push(entriesOf(frame));
    }
    reader.end();
    expect(read).toEqual(given.map((frame) => {
      const { headers: named, body } = codec.decode(frame);
      const strings = Object.entries(named).flatMap(([name, { type, value }]) => type === 'string' ? [[name, value]] : []);
      return { headers: strings, payload: Buffer.from(body).toString() };
    }));
  }), { numRuns: 300 });
});

test('a changed byte anywhere in a frame is noticed, also where the headers are known', () => {
  const frame = Buffer.from(codec.encode({ headers: { ':event-type': { type: 'string', value: 'chunk' } }, body: Buffer.from('{"bytes":"e30="}') }));
  for (let at = 0; at < frame.length; at++) {
    const reader = new EventStreamReader();
    expect([...reader.push(frame)].map(({ payload }) => payload)).toEqual(['{"bytes":"e30="}']);
    const corrupt = Buffer.from(frame);
    corrupt[at] = (corrupt[at] + 1) % 256;
    // One that says it is longer is waited for.
    expect(() => { if ([...reader.push(corrupt)].length === 0) reader.end(); }).toThrow(expect.objectContaining({ name: 'InvalidResponseError', retryable: true }));
  }
});

test.each([0, 15, 25 * 1024 * 1024])('a frame that says it has %i bytes is refused at once, not waited for', (length) => {
  const prelude = Buffer.alloc(4);
  prelude.writeUInt32BE(length);
  expect(() => [...new EventStreamReader().push(prelude)]).toThrow(`The stream holds a frame of ${length} bytes; frames have 16 to 25165824.`);
});

test('a stream that ends inside a frame says so', () => {
  const reader = new EventStreamReader();
  expect([...reader.push(Buffer.from([0, 0, 0, 20, 1]))]).toEqual([]);
  expect(() => reader.end()).toThrow('The stream ended inside a frame.');
});

/** A frame with correct checksums around a block of headers that the codec would not write. */
function withBlock(block: Buffer): Buffer {
  const frame = Buffer.concat([Buffer.alloc(12), block, Buffer.alloc(4)]);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(block.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  frame.writeUInt32BE(crc32(frame.subarray(0, -4)), frame.length - 4);
  return frame;
}

test('a block of headers that makes no sense is an error, whatever its bytes', () => {
  const read = (block: Buffer) => () => [...new EventStreamReader('id').push(withBlock(block))];
  expect(read(Buffer.from([1, 120, 10]))).toThrow('The stream holds a frame that cannot be read: it has a header of the type 10.');
  expect(read(Buffer.from([1, 120, 7, 0, 9, 1]))).toThrow('The stream holds a frame that cannot be read: it ends inside a header.');
  fc.assert(fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
    const theirs = outcome(() => codec.decode(withBlock(Buffer.from(bytes))));
    // The codec reads past the end of some blocks; what it refuses is refused here.
    if (theirs === 'threw') expect(outcome(read(Buffer.from(bytes)))).toBe('threw');
  }), { numRuns: 1000 });
});

function outcome(read: () => unknown): string {
  try {
    read();
    return 'read';
  } catch {
    return 'threw';
  }
}
