import type { Answer } from './answer';
import { exceptionFrame } from './event-stream';

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

/** Ends a stream half way with an error: an exception frame, or the `error` event of server-sent events. */
export function failHalfWay(answer: Answer, type: string, message: string): Answer {
  const sse = answer.headers['content-type']?.startsWith('text/event-stream');
  const last = sse
    ? Buffer.from(`event: error\ndata: ${JSON.stringify({ type: 'error', error: { type, message } })}\n\n`)
    : exceptionFrame(type, message);
  return { ...answer, chunks: [...answer.chunks.slice(0, half(answer)), last] };
}

function changeLast(answer: Answer, change: (frame: Buffer) => Buffer): Answer {
  const last = answer.chunks[answer.chunks.length - 1];
  return { ...answer, chunks: [...answer.chunks.slice(0, -1), change(last)] };
}
