import { createParser } from 'eventsource-parser';
import { asInvokerError, InvokerError, saidBy } from './errors';
import { Frame, FrameReader } from './frame-reader';
import { FrameSplitter } from './frame-splitter';
import { isObject, JsonObject, textOf } from './json-object';
import type { Reply } from './reply';
import { streamError } from './service-error';

/** One event of a streamed Messages response: its type, and its JSON as the service wrote it. */
export interface StreamEvent {
  readonly type: string;
  readonly data: string;
}

/** Reads the network's chunks; gives the events that are complete, or what came in their place. */
interface ChunkReader {
  read(chunk: Buffer): (StreamEvent | InvokerError)[];
  end(): void;
}

/**
 * The Messages events of a streamed answer as they arrive: those of one network chunk together, since a turn of the event
 * loop for each would cost more than the events. An exception inside the stream is thrown after what came before it.
 */
export async function* streamEvents(reply: Reply): AsyncGenerator<StreamEvent[]> {
  const reader = String(reply.headers['content-type']).startsWith('text/event-stream') ? serverSentEvents(reply) : eventStream(reply);
  for await (const chunk of reply.chunks()) {
    const read = reader.read(chunk);
    const failed = read.findIndex((item) => item instanceof InvokerError);
    const events = (failed === -1 ? read : read.slice(0, failed)) as StreamEvent[];
    if (events.length > 0) yield events;
    if (failed !== -1) throw read[failed];
  }
  reader.end();
}

/** bedrock-runtime frames each event in AWS's event-stream encoding. */
function eventStream({ requestId }: Reply): ChunkReader {
  const splitter = new FrameSplitter();
  const frames = new FrameReader();
  return {
    read: (chunk) => splitter.push(chunk).map((frame) => caught(() => readFrame(frames.read(frame), requestId), requestId)),
    end: () => splitter.end(),
  };
}

/** bedrock-mantle sends server-sent events already; they are read to know where the stream stands. */
function serverSentEvents({ requestId }: Reply): ChunkReader {
  const pending: (StreamEvent | InvokerError)[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => pending.push(event === 'error' ? errorEvent(data, requestId) : event === undefined ? typed(data) : { type: event, data }),
  });
  const decoder = new TextDecoder();
  return {
    read(chunk) {
      parser.feed(decoder.decode(chunk, { stream: true }));
      return pending.splice(0);
    },
    end() {},
  };
}

function readFrame({ headers, payload }: Frame, requestId: string | undefined): StreamEvent | InvokerError {
  const kind = headers[':message-type']?.value;
  if (kind === 'exception') return streamError(String(headers[':exception-type']?.value), textOf(parsed(payload).message ?? payload), requestId);
  if (kind === 'error') return streamError(String(headers[':error-code']?.value), String(headers[':error-message']?.value), requestId);
  const { bytes } = parsed(payload);
  if (typeof bytes !== 'string') throw new Error('it has no bytes.');
  return typed(Buffer.from(bytes, 'base64').toString());
}

function caught(read: () => StreamEvent | InvokerError, requestId: string | undefined): StreamEvent | InvokerError {
  try {
    return read();
  } catch (cause) {
    const { name, quoted = `${name}.` } = saidBy(cause);
    return new InvokerError('InvalidResponseError', `The stream holds a frame that cannot be read: ${quoted}`, { requestId, retryable: true, cause, quoted });
  }
}

function errorEvent(data: string, requestId: string | undefined): InvokerError {
  try {
    const { type, message } = parsed(data).error as JsonObject;
    return streamError(textOf(type), textOf(message), requestId);
  } catch (cause) {
    return asInvokerError(cause);
  }
}

/** The type without parsing the whole event, where the service writes it first, as it does. */
function typed(data: string): StreamEvent {
  return { type: /^\{"type":"(\w+)"/.exec(data)?.[1] ?? textOf(parsed(data).type), data };
}

function parsed(json: string): JsonObject {
  const value: unknown = JSON.parse(json);
  return isObject(value) ? value : {};
}
