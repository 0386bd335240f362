// The limit of a stream: frames cut by their length, their payload passed on, no checksum.
import { send } from './hand-signed.mjs';

export const handler = awslambda.streamifyResponse(async (event, out) => {
  const reply = await send(event, 'invoke-with-response-stream');
  let pending = Buffer.alloc(0);
  for await (const chunk of reply) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length >= 4 && pending.length >= pending.readUInt32BE(0)) {
      const length = pending.readUInt32BE(0);
      const { bytes } = JSON.parse(pending.toString('utf8', 12 + pending.readUInt32BE(4), length - 4));
      const data = Buffer.from(bytes, 'base64').toString();
      out.write(`event: ${/"type":"(\w+)"/.exec(data)[1]}\ndata: ${data}\n\n`);
      pending = pending.subarray(length);
    }
  }
  out.end();
});
