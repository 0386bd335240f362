import type { Answer } from './answer';

/** Half of an answer's chunks, at least one. */
export function half(answer: Answer): number {
  return Math.max(1, Math.floor(answer.chunks.length / 2));
}

/** Cuts a body that is sent in one piece into several; a stream has its own pieces. */
export function split(answer: Answer, count: number): Answer {
  if (answer.chunks.length >= count) return answer;
  const body = Buffer.concat(answer.chunks);
  const size = Math.ceil(body.length / count);
  return { ...answer, chunks: Array.from({ length: count }, (_, index) => body.subarray(index * size, (index + 1) * size)) };
}

/** Ends a stream in the middle of a frame. */
export function truncateLastFrame(answer: Answer): Answer {
  return changeLast(answer, (frame) => frame.subarray(0, Math.floor(frame.length / 2)));
}

/** Changes one byte of a frame's payload, so that its checksum no longer holds. */
export function corruptLastFrame(answer: Answer): Answer {
  return changeLast(answer, (frame) => {
    const corrupt = Buffer.from(frame);
    const payloadEnd = corrupt.length - 5; // the last four bytes are the checksum itself
    corrupt[payloadEnd] = (corrupt[payloadEnd] + 1) % 256;
    return corrupt;
  });
}

/** Lengthens the text of a JSON answer, which stays valid, or a stream's last text piece would not be bigger than a frame may be. */
export function enlarge(answer: Answer, bytes: number): Answer {
  const body = JSON.parse(Buffer.concat(answer.chunks).toString('utf8')) as { content: { type: string; text: string }[] };
  const content = body.content.map((block) => block.type === 'text' ? { ...block, text: block.text + 'x'.repeat(bytes) } : block);
  return { ...answer, chunks: [Buffer.from(JSON.stringify({ ...body, content }))] };
}

function changeLast(answer: Answer, change: (frame: Buffer) => Buffer): Answer {
  const last = answer.chunks[answer.chunks.length - 1];
  return { ...answer, chunks: [...answer.chunks.slice(0, -1), change(last)] };
}
