import { EventStreamReader, Frame, unreadable } from './event-stream';
import { ServerSentReader } from './server-sent-events';
import { InvokerError } from '../failures/errors';
import type { Explanations } from '../failures/explain';
import type { Reply } from '../http/reply';
import { isObject, JsonObject, textOf } from '../json/json-object';

/** One event of a streamed Messages response: its type, its JSON as the service wrote it, and read. */
export interface StreamEvent {
  readonly type: string;
  readonly data: string;
  readonly body: JsonObject;
}

/** Reads the network's chunks: gives the events that are complete, or throws what came in the place of one. */
interface ChunkReader {
  read(chunk: Buffer): Iterable<StreamEvent>;
  /** What the stream's end completes. */
  end(): Iterable<StreamEvent>;
}

/** An event's type becomes a line of its own for the caller, so it must be one word. */
const TYPE = /^[\w.:-]{1,200}$/;
/** The events that make up the message. */
const OF_MESSAGE = /^(message|content_block)_/;

/**
 * The Messages events of a streamed answer as they arrive: those of one network chunk together, since a turn of the event
 * loop for each would cost more than the events. An exception inside the stream is thrown after what came before it.
 */
export async function* streamEvents(reply: Reply, explanations: () => Promise<Explanations>): AsyncGenerator<StreamEvent[]> {
  const reader = String(reply.headers['content-type']).startsWith('text/event-stream') ? serverSentEvents(reply) : eventStream(reply);
  try {
    for await (const chunk of reply.chunks()) yield* together(reader.read(chunk));
    yield* together(reader.end());
  } catch (thrown) {
    if (!(thrown instanceof StreamFailure)) throw thrown;
    throw new InvokerError(...(await explanations()).streamError(thrown.type, thrown.text, reply.requestId));
  }
}

/** What the service says in the place of an event: it breaks the stream off. */
class StreamFailure {
  constructor(readonly type: string, readonly text: string) {}
}

function* together(read: Iterable<StreamEvent>): Generator<StreamEvent[]> {
  const events: StreamEvent[] = [];
  let failure: unknown;
  try {
    for (const event of read) events.push(event);
  } catch (thrown) {
    failure = thrown;
  }
  if (events.length > 0) yield events;
  if (failure) throw failure;
}

/** bedrock-runtime frames each event in AWS's event-stream encoding. */
function eventStream({ requestId }: Reply): ChunkReader {
  const reader = new EventStreamReader(requestId);
  return {
    * read(chunk) {
      for (const frame of reader.push(chunk)) {
        const event = frameEvent(frame, requestId);
        if (event) yield event;
      }
    },
    end() {
      reader.end();
      return [];
    },
  };
}

/** bedrock-mantle sends server-sent events already; they are read to know where the stream stands. */
function serverSentEvents({ requestId }: Reply): ChunkReader {
  const reader = new ServerSentReader();
  const decoder = new TextDecoder();
  function* read(text: string): Generator<StreamEvent> {
    for (const { event, data } of reader.push(text)) {
      yield eventOf(data, requestId, event);
    }
  }
  return {
    read: (chunk) => read(decoder.decode(chunk, { stream: true })),
    // The last line's end may have been half of one.
    end: () => read(`${decoder.decode()}\n`),
  };
}

/** Undefined for a frame of a type that is not known here: services add some, and AWS's own clients skip those. */
function frameEvent({ headers, payload }: Frame, requestId: string | undefined): StreamEvent | undefined {
  const header = (name: string) => headers[name] ?? 'unknown';
  switch (headers[':message-type']) {
    case 'exception':
      throw new StreamFailure(header(':exception-type'), textOf(parsed(payload)?.message ?? payload));
    case 'error':
      throw new StreamFailure(header(':error-code'), header(':error-message'));
    case 'event':
      return headers[':event-type'] === 'chunk' ? eventOf(decoded(payload), requestId) : undefined;
    default:
      return undefined;
  }
}

function decoded(payload: string): string {
  const bytes = parsed(payload)?.bytes;
  return typeof bytes === 'string' ? Buffer.from(bytes, 'base64').toString() : '';
}

function errorEvent(error: unknown): StreamFailure {
  const { type, message } = isObject(error) ? error : {};
  return new StreamFailure(textOf(type ?? 'unknown'), textOf(message ?? 'no message'));
}

/** Types that are not known here are passed on: the caller's client may know them. */
function eventOf(data: string, requestId: string | undefined, named?: string): StreamEvent {
  const body = parsed(data);
  if (named === 'error' || body?.type === 'error') throw errorEvent(body?.error);
  if (named !== undefined && (body || !OF_MESSAGE.test(named))) return { type: named, data, body: body ?? {} };
  if (body && typeof body.type === 'string' && TYPE.test(body.type)) return { type: body.type, data, body };
  throw unreadable('an event that is no JSON object with a type.', { requestId });
}

function parsed(json: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
