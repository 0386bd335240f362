import { EventStreamCodec } from '@smithy/core/event-streams';
import { fromUtf8, toUtf8 } from '@smithy/core/serde';
import type { ConverseEvent } from './converse-answer';

const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** A Messages event as the `chunk` frame of InvokeModelWithResponseStream. */
export function chunkFrame(event: object): Buffer {
  return frame({ ':event-type': 'chunk', ':message-type': 'event' }, { bytes: Buffer.from(JSON.stringify(event)).toString('base64'), p: 'abcdefgh' });
}

/** An event of ConverseStream as a frame. */
export function converseFrame({ type, payload }: ConverseEvent): Buffer {
  return frame({ ':event-type': type, ':message-type': 'event' }, { ...payload, p: 'abcdefgh' });
}

/** An exception in mid-stream: the status was 200 long ago. */
export function exceptionFrame(type: string, message: string): Buffer {
  return frame({ ':exception-type': type, ':message-type': 'exception' }, { message });
}

function frame(headers: Record<string, string>, payload: object): Buffer {
  const tagged = Object.entries({ ...headers, ':content-type': 'application/json' }).map(([name, value]) => [name, { type: 'string' as const, value }]);
  return Buffer.from(codec.encode({ headers: Object.fromEntries(tagged), body: Buffer.from(JSON.stringify(payload)) }));
}
