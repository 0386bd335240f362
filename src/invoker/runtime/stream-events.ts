import { EventStreamCodec, getChunkedStream } from '@smithy/core/event-streams';
import { createParser } from 'eventsource-parser';
import { InvokerError } from './errors';
import { isObject } from './json-object';
import type { Reply } from './reply';
import { streamError } from './service-error';

/** One event of a streamed Messages response: its type, and its JSON as the service wrote it. */
export interface StreamEvent {
  readonly type: string;
  readonly data: string;
}

/** The Messages events of a streamed answer as they arrive; an exception inside the stream is thrown. */
export function streamEvents(reply: Reply): AsyncGenerator<StreamEvent> {
  return String(reply.headers['content-type']).startsWith('text/event-stream') ? fromServerSentEvents(reply) : fromEventStream(reply);
}

const codec = new EventStreamCodec((bytes) => Buffer.from(bytes as Uint8Array).toString(), (text) => Buffer.from(text));

/** bedrock-runtime frames each event in AWS's event-stream encoding. */
async function* fromEventStream(reply: Reply): AsyncGenerator<StreamEvent> {
  try {
    for await (const frame of getChunkedStream(reply.chunks())) {
      yield readFrame(frame, reply);
    }
  } catch (thrown) {
    if (thrown instanceof InvokerError) throw thrown;
    throw new InvokerError('InvalidResponseError', `The stream holds a frame that cannot be read: ${(thrown as Error).message}`, { requestId: reply.requestId, retryable: true });
  }
}

function readFrame(frame: Uint8Array, { requestId }: Reply): StreamEvent {
  const { headers, body } = codec.decode(frame);
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  const kind = headers[':message-type']?.value;
  if (kind === 'exception') throw streamError(String(headers[':exception-type']?.value), String(parsed(text).message ?? text), requestId);
  if (kind === 'error') throw streamError(String(headers[':error-code']?.value), String(headers[':error-message']?.value), requestId);
  const { bytes } = parsed(text);
  if (typeof bytes !== 'string') throw new InvokerError('InvalidResponseError', 'The stream holds an event without bytes.', { requestId });
  return typed(Buffer.from(bytes, 'base64').toString());
}

/** bedrock-mantle sends server-sent events already; they are read to know where the stream stands. */
async function* fromServerSentEvents(reply: Reply): AsyncGenerator<StreamEvent> {
  const pending: StreamEvent[] = [];
  const parser = createParser({ onEvent: ({ event, data }) => pending.push(event === undefined ? typed(data) : { type: event, data }) });
  const decoder = new TextDecoder();
  for await (const chunk of reply.chunks()) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    for (const event of pending.splice(0)) {
      if (event.type === 'error') throw errorEvent(event.data, reply.requestId);
      yield event;
    }
  }
}

function errorEvent(data: string, requestId?: string): InvokerError {
  const { error } = parsed(data);
  return isObject(error) ? streamError(String(error.type), String(error.message), requestId) : streamError('error', data, requestId);
}

/** The type without parsing the whole event, where the service writes it first, as it does. */
function typed(data: string): StreamEvent {
  return { type: /^\{"type":"(\w+)"/.exec(data)?.[1] ?? String(parsed(data).type), data };
}

function parsed(json: string): { readonly [field: string]: unknown } {
  const value: unknown = JSON.parse(json);
  return isObject(value) ? value : {};
}
