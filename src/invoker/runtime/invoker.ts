import { CallLog } from './call-log';
import { CallContext, CallRecord } from './call-record';
import type { Clock } from './clock';
import type { InvokerConfig } from './config';
import type { Dialect, ModelRequest } from './dialect';
import { asInvokerError, InvokerError } from './errors';
import { parseAnswer } from './exact-json';
import { isObject, JsonObject } from './json-object';
import { Reply, tooLarge } from './reply';
import { withRetries } from './retry';
import { serviceError } from './service-error';
import type { Sign } from './signer';
import type { Transport } from './transport';

/** What Lambda takes and returns at most. */
export const PAYLOAD_LIMIT = 6 * 1024 * 1024;

/** What a call needs from outside: everything that a test replaces. */
export interface InvokerParts {
  readonly config: InvokerConfig;
  readonly dialect: Dialect;
  readonly sign: Sign;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: CallLog;
}

/** The model's answer: as the service wrote it, and read. */
export interface Answer {
  readonly text: string;
  readonly body: JsonObject;
  readonly requestId?: string;
}

/** Calls the model: one request body in, one answer out or an `InvokerError` thrown, one line in the log either way. */
export class Invoker {
  constructor(readonly parts: InvokerParts) {}

  /** `read` gives the body, so that a body that cannot be read is logged like any other failed call. */
  async invoke(read: () => unknown, call: CallContext): Promise<Answer> {
    const { config, dialect, clock, log } = this.parts;
    const record = new CallRecord(call, clock.now());
    try {
      const prepared = record.prepared = dialect.prepare(read(), config, false);
      const request = checkedRequest(dialect.request(prepared.body, config, false));
      const answer = await this.retried(record, async (timeoutMs) => this.attempt(request, timeoutMs, record));
      checkSize(answer, call);
      record.facts = dialect.facts(answer.body);
      if (config.options.logContent) log.content(record, prepared.body, answer.body);
      return answer;
    } catch (thrown) {
      throw record.error = asInvokerError(thrown);
    } finally {
      record.endedAt = clock.now();
      await log.record(record);
    }
  }

  /** Repeats an attempt within the call's time, and keeps the record. */
  retried<T>(record: CallRecord, attempt: (timeoutMs: number) => Promise<T>): Promise<T> {
    return withRetries((timeoutMs) => {
      record.attempts++;
      return attempt(timeoutMs);
    }, this.parts.config.options.retry, { clock: this.parts.clock, deadline: record.call.deadline, failed: (error) => record.attemptFailed(error) });
  }

  /** Signs anew for each attempt, since the clock goes on and Lambda may have renewed the credentials. */
  async send(request: ModelRequest, timeoutMs: number, record: CallRecord): Promise<Reply> {
    const { sign, transport, clock, config } = this.parts;
    const headers = sign(request, new Date(clock.now()));
    const reply = await transport.send({ ...request, headers }, timeoutMs);
    record.replied(reply);
    if (reply.status === 200) return reply;
    throw serviceError(reply.status, reply.headers, await reply.text(PAYLOAD_LIMIT), config, clock.now());
  }

  private async attempt(request: ModelRequest, timeoutMs: number, record: CallRecord): Promise<Answer> {
    const reply = await this.send(request, timeoutMs, record);
    const text = await reply.text(PAYLOAD_LIMIT);
    return { text, body: readAnswer(text, reply.requestId), requestId: reply.requestId };
  }
}

/** The request, unless it is longer than what Lambda takes, which only an unpacked body can be. */
export function checkedRequest(request: ModelRequest): ModelRequest {
  // A character takes at most three bytes of UTF-8.
  if (request.body.length * 3 <= PAYLOAD_LIMIT) return request;
  const bytes = Buffer.byteLength(request.body);
  if (bytes <= PAYLOAD_LIMIT) return request;
  throw new InvokerError('RequestTooLargeError', `The request is ${bytes} bytes long; Lambda takes at most ${PAYLOAD_LIMIT}. Send fewer or smaller images, or fewer messages.`);
}

function readAnswer(text: string, requestId: string | undefined): JsonObject {
  let answer: unknown;
  try {
    answer = parseAnswer(text);
  } catch {
    // Said below, without JSON.parse's own message, which quotes the answer.
  }
  if (isObject(answer)) return answer;
  throw new InvokerError('InvalidResponseError', 'The service\'s answer is no JSON object.', { requestId });
}

/** Inside an HTTP result the answer is a JSON string, where each quotation mark and backslash takes a byte more. */
function checkSize({ text, requestId }: Answer, { source }: CallContext): void {
  if (source === 'direct' || source === 'sqs' || text.length * 2 < PAYLOAD_LIMIT) return;
  const bytes = Buffer.byteLength(JSON.stringify(text));
  if (bytes > PAYLOAD_LIMIT) throw tooLarge(`${bytes} bytes long as an HTTP body`, requestId);
}
