import { EventStreamCodec } from '@smithy/core/event-streams';
import * as fc from 'fast-check';
import { FrameReader } from '../../../src/invoker/runtime/frame-reader';
import { FrameSplitter } from '../../../src/invoker/runtime/frame-splitter';
import '../../property-seed';

const codec = new EventStreamCodec((bytes) => Buffer.from(bytes as Uint8Array).toString(), (text) => Buffer.from(text));
const headers = fc.dictionary(fc.constantFrom(':event-type', ':message-type', 'x'), fc.string().map((value) => ({ type: 'string' as const, value })));
const frames = fc.array(fc.record({ headers, body: fc.string() }), { minLength: 1, maxLength: 8 })
  .map((given) => given.map(({ headers: named, body }) => Buffer.from(codec.encode({ headers: named, body: Buffer.from(body) }))));

test('frames come out whole, however the network cuts them, and read as the codec reads them', () => {
  fc.assert(fc.property(frames, fc.integer({ min: 1, max: 50 }), (given, size) => {
    const stream = Buffer.concat(given);
    const splitter = new FrameSplitter();
    const reader = new FrameReader();
    const read: unknown[] = [];
    for (let at = 0; at < stream.length; at += size) {
      for (const frame of splitter.push(stream.subarray(at, at + size))) read.push(reader.read(frame));
    }
    splitter.end();
    expect(read).toEqual(given.map((frame) => {
      const { headers: named, body } = codec.decode(frame);
      return { headers: named, payload: Buffer.from(body).toString() };
    }));
  }), { numRuns: 300 });
});

test('a changed byte anywhere in a frame is noticed, also where the headers are known', () => {
  const frame = Buffer.from(codec.encode({ headers: { ':event-type': { type: 'string', value: 'chunk' } }, body: Buffer.from('{"bytes":"e30="}') }));
  const reader = new FrameReader();
  reader.read(frame);
  for (let at = 0; at < frame.length; at++) {
    const corrupt = Buffer.from(frame);
    corrupt[at] = (corrupt[at] + 1) % 256;
    expect(() => reader.read(corrupt)).toThrow();
  }
  expect(reader.read(frame).payload).toBe('{"bytes":"e30="}');
});

test.each([0, 15, 25 * 1024 * 1024])('a frame that says it has %i bytes is refused at once, not waited for', (length) => {
  const prelude = Buffer.alloc(4);
  prelude.writeUInt32BE(length);
  expect(() => [...new FrameSplitter().push(prelude)]).toThrow(`The stream holds a frame of ${length} bytes; frames have 16 to 25165824.`);
});

test('a stream that ends inside a frame says so', () => {
  const splitter = new FrameSplitter();
  expect([...splitter.push(Buffer.from([0, 0, 0, 20, 1]))]).toEqual([]);
  expect(() => splitter.end()).toThrow('The stream ended inside a frame.');
});
