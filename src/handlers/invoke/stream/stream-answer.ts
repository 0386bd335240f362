import type { Writable } from 'node:stream';
import { StreamEvent, streamEvents } from './stream-events';
import { StreamOutput } from './stream-output';
import { StreamedMessage } from './streamed-message';
import type { Invoker, InvokerParts } from '../call/invoker';
import { asInvokerError, InvokerError } from '../failures/errors';
import type { Reply } from '../http/reply';
import { CallContext, CallRecord } from '../log/call-record';

/** How long an answer may take to end after its last event. */
const LAST_MS = 100;

/** A stream whose first events are here: what comes now goes to the caller. */
interface Opened {
  /** What else the head of the answer says. */
  readonly headers?: Record<string, string>;
  readonly reply: Reply;
  readonly first: StreamEvent[];
  readonly rest: AsyncGenerator<StreamEvent[]>;
}

/**
 * Calls the model and passes its events on as they arrive. Until the first one is here a failure is retried, and thrown
 * in the end; after it, a failure becomes the stream's last event, since what the caller has read cannot be taken back.
 * `open` gives the caller's stream once the answer is known to begin. A caller that hangs up stops the model too, and what it costs.
 */
export async function streamAnswer(
  read: () => unknown,
  call: CallContext,
  invoker: Invoker,
  caller: Writable,
  open: (requestId?: string, headers?: Record<string, string>) => Writable,
): Promise<void> {
  const { config: { options }, clock } = invoker.parts;
  const gone = new AbortController();
  const record = new CallRecord({ ...call, gone: gone.signal }, clock.now(), true);
  const message = new StreamedMessage(options.logContent);
  const hangUp = () => {
    if (message.complete) return;
    record.abandoned = true;
    gone.abort(new InvokerError('ConnectionError', 'The caller hung up.'));
  };
  caller.on('close', hangUp).on('error', hangUp);
  if (caller.destroyed) hangUp();
  try {
    await invoker.call(read, record, {
      open: (reply) => openStream(reply, invoker.parts),
      finish: async (opened) => {
        await passOn(opened, open(opened.reply.requestId, opened.headers), message, record, invoker.parts);
        return message;
      },
    });
  } catch (thrown) {
    if (!record.abandoned) throw thrown;
  }
}

async function openStream(reply: Reply, { explanations }: InvokerParts): Promise<Opened> {
  const rest = streamEvents(reply, explanations);
  const { value: first, done } = await rest.next();
  if (done) throw new InvokerError('InvalidResponseError', 'The stream ended before its first event.', { requestId: reply.requestId, retryable: true });
  return { reply, first, rest };
}

async function passOn(opened: Opened, out: Writable, message: StreamedMessage, record: CallRecord, { clock, dialect }: InvokerParts): Promise<void> {
  const { reply, first, rest } = opened;
  const output = new StreamOutput(out, () => record.call.deadline - clock.now());
  const pass = (events: StreamEvent[]) => {
    if (events.some(({ type }) => type === 'content_block_delta')) record.firstTokenAt ??= clock.now();
    for (const event of events) message.add(event);
    return output.events(events);
  };
  try {
    await pass(first);
    while (!message.complete) {
      const { value: events, done } = await rest.next();
      if (done) throw new InvokerError('InvalidResponseError', 'The stream ended before its last event.', { requestId: reply.requestId });
      await pass(events);
    }
  } catch (thrown) {
    if (record.abandoned) return;
    record.error = asInvokerError(thrown);
    output.error(dialect.http.error(record.error, record.error.requestId ?? record.call.lambdaRequestId).body);
  }
  record.abandoned ||= output.stalled;
  out.end();
  await ended(reply, rest);
}

/** After its last event the message is whole, whatever becomes of the connection: if the answer ends soon, it can be used again. */
async function ended(reply: Reply, rest: AsyncGenerator): Promise<void> {
  const timer = setTimeout(() => reply.close(), LAST_MS);
  try {
    while (!(await rest.next()).done);
  } catch {
    // Nothing that the caller misses.
  } finally {
    clearTimeout(timer);
  }
}
