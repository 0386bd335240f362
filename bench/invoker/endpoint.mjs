// Plays the model endpoint as cheaply as Node can: one fixed answer, no checks, TLS with HTTP/1.1 and HTTP/2.
// Runs as a process of its own so that its work is not the handler's.
import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { EventStreamCodec } from '@smithy/core/event-streams';

const [, , key, cert, deltas = '110'] = process.argv;
const text = 'Haiku are short poems. '.repeat(20);
const usage = { input_tokens: 31, output_tokens: 120, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
const message = { id: 'msg_bdrk_1', type: 'message', role: 'assistant', model: 'claude-haiku-4-5-20251001', stop_sequence: null };
const whole = Buffer.from(JSON.stringify({ ...message, content: [{ type: 'text', text }], stop_reason: 'end_turn', usage }));

const codec = new EventStreamCodec((bytes) => Buffer.from(bytes).toString(), (string) => Buffer.from(string));
const frame = (event) => Buffer.from(codec.encode({
  headers: {
    ':event-type': { type: 'string', value: 'chunk' },
    ':content-type': { type: 'string', value: 'application/json' },
    ':message-type': { type: 'string', value: 'event' },
  },
  body: Buffer.from(JSON.stringify({ bytes: Buffer.from(JSON.stringify(event)).toString('base64'), p: 'abcdefghijkl' })),
}));
const frames = [
  { type: 'message_start', message: { ...message, content: [], stop_reason: null, usage } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  ...Array.from({ length: Number(deltas) }, () => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Haiku are short. ' } })),
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 120 } },
  { type: 'message_stop' },
].map(frame);

const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert), allowHTTP1: true }, (request, response) => {
  request.on('data', () => {}).on('end', () => {
    if (!request.url.endsWith('stream')) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length, 'x-amzn-requestid': 'bench' });
      response.end(whole);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': 'bench' });
    // Ten events at a time: as a model sends them, a few in each packet.
    const some = (from) => {
      if (from >= frames.length) return response.end();
      response.write(Buffer.concat(frames.slice(from, from + 10)));
      setImmediate(some, from + 10);
    };
    some(0);
  });
});
// A stream's small writes must not wait for one another.
server.on('secureConnection', (socket) => socket.setNoDelay(true));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
