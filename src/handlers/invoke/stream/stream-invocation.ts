import type { Writable } from 'node:stream';
import { StreamEvent, streamEvents } from './stream-events';
import { StreamFacts } from './stream-facts';
import { StreamOutput } from './stream-output';
import { messagesError } from '../dialects/messages-http';
import { asInvokerError, InvokerError } from '../failures/errors';
import type { Reply } from '../http/reply';
import { checkedRequest, Invoker } from '../invoker';
import { shallow } from '../json/json-depth';
import { CallContext, CallRecord } from '../log/call-record';

/** A stream whose first events are here: what comes now goes to the caller. */
interface Opened {
  readonly reply: Reply;
  readonly first: StreamEvent[];
  readonly rest: AsyncGenerator<StreamEvent[]>;
}

/**
 * Calls the model and passes its events on as they arrive. Until the first one is here a failure is retried, and thrown
 * in the end; after it, a failure becomes the stream's last event, since what the caller has read cannot be taken back.
 * `open` gives the caller's stream once the answer is known to begin.
 */
export async function streamAnswer(
  body: () => unknown,
  call: CallContext,
  invoker: Invoker,
  open: (requestId?: string) => Writable,
): Promise<void> {
  const { config, dialect, clock, log } = invoker.parts;
  const record = new CallRecord(call, clock.now(), true);
  const facts = new StreamFacts(config.options.logContent);
  let given: unknown;
  try {
    given = body();
    const prepared = record.prepared = dialect.prepare(shallow(given), config, true);
    given = prepared.body;
    const request = checkedRequest(dialect.request(prepared.body, config, true), config);
    const opened = await invoker.retried(record, async (timeoutMs) => openStream(await invoker.send(request, timeoutMs, record)));
    await passOn(opened, open(opened.reply.requestId), facts, record, () => clock.now());
    record.facts = facts.read();
    record.error = record.error?.withoutTextOf(given);
    if (config.options.logContent) log.content(record, given, facts.text);
  } catch (thrown) {
    record.error = asInvokerError(thrown).withoutTextOf(given);
    if (config.options.logContent) log.content(record, given, undefined);
    throw record.error;
  } finally {
    record.endedAt = clock.now();
    log.record(record);
  }
}

async function openStream(reply: Reply): Promise<Opened> {
  const rest = streamEvents(reply);
  const { value: first, done } = await rest.next();
  if (done) throw new InvokerError('InvalidResponseError', 'The stream ended before its first event.', { requestId: reply.requestId, retryable: true });
  return { reply, first, rest };
}

async function passOn({ reply, first, rest }: Opened, out: Writable, facts: StreamFacts, record: CallRecord, now: () => number): Promise<void> {
  const output = new StreamOutput(out);
  // A caller that hangs up stops the model too, and what it costs.
  const hangUp = () => {
    record.abandoned = !facts.complete;
    reply.close();
  };
  out.on('close', hangUp).on('error', hangUp);
  const pass = (events: StreamEvent[]) => {
    if (events.some(({ type }) => type === 'content_block_delta')) record.firstTokenAt ??= now();
    for (const event of events) facts.add(event);
    return output.events(events);
  };
  try {
    await pass(first);
    for await (const events of rest) await pass(events);
    if (!facts.complete) throw new InvokerError('InvalidResponseError', 'The stream ended before its last event.', { requestId: reply.requestId });
  } catch (thrown) {
    if (record.abandoned) return;
    // After its last event the message is whole, whatever becomes of the connection.
    if (!facts.complete) {
      record.error = asInvokerError(thrown);
      await output.error(messagesError(record.error, record.error.requestId ?? record.call.lambdaRequestId));
    }
  }
  out.end();
}
