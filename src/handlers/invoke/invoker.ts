import type { Clock } from './clock';
import type { InvokerConfig } from './config';
import type { Dialect, ModelRequest } from './dialects/dialect';
import { asInvokerError, InvokerError } from './failures/errors';
import { serviceError } from './failures/service-error';
import { BODY_LIMIT, Reply, tooLarge } from './http/reply';
import { withRetries } from './http/retry';
import type { Sign } from './http/signer';
import type { Transport } from './http/transport';
import { parseAnswer } from './json/exact-json';
import { nestedTooDeeply, shallow } from './json/json-depth';
import { isObject, JsonObject } from './json/json-object';
import { CallLog } from './log/call-log';
import { CallContext, CallRecord } from './log/call-record';

/**
 * What Lambda returns at most, in bytes of JSON. Its page says 6 MB, its error says this number.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const PAYLOAD_LIMIT = 6_291_556;

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

  /**
   * `read` gives the body, so that a body that cannot be read is logged like any other failed call. `returned` is what Lambda
   * is to write as JSON for an answer, in one piece; without it, the answer's size does not matter.
   */
  async invoke(read: () => unknown, call: CallContext, returned?: (answer: Answer) => unknown): Promise<Answer> {
    const { config, dialect, clock, log } = this.parts;
    const record = new CallRecord(call, clock.now());
    let given: unknown;
    try {
      given = read();
      const prepared = record.prepared = dialect.prepare(shallow(given), config, false);
      given = prepared.body;
      const request = checkedRequest(dialect.request(prepared.body, config, false), config);
      const answer = await this.retried(record, async (timeoutMs) => this.attempt(request, timeoutMs, record));
      if (returned) checkSize(answer, returned);
      record.facts = dialect.facts(answer.body);
      if (config.options.logContent) log.content(record, prepared.body, answer.body);
      return answer;
    } catch (thrown) {
      // What leaves the handler is logged: by us, and by Lambda's runtime if it is thrown.
      record.error = asInvokerError(thrown).withoutTextOf(given).naming(dialect.maxTokensField);
      if (config.options.logContent) log.content(record, given, undefined);
      throw record.error;
    } finally {
      record.endedAt = clock.now();
      log.record(record);
    }
  }

  /** Repeats an attempt within the call's time, and keeps the record. */
  retried<T>(record: CallRecord, attempt: (timeoutMs: number) => Promise<T>): Promise<T> {
    return withRetries((timeoutMs) => {
      record.attempts++;
      return attempt(timeoutMs);
    }, this.parts.config.options.retry, { clock: this.parts.clock, ...record.call, failed: (error) => record.attemptFailed(error) });
  }

  /** Signs anew for each attempt, since the clock goes on and Lambda may have renewed the credentials. */
  async send(request: ModelRequest, timeoutMs: number, record: CallRecord): Promise<Reply> {
    const { sign, transport, clock, config } = this.parts;
    // An override of the endpoint may have a path of its own, which is signed with the rest.
    const routed = { ...request, path: config.url.pathname.replace(/\/$/, '') + request.path };
    const headers = sign(routed, new Date(clock.now()));
    const { gone, deadline } = record.call;
    const advice = moreTime(record, timeoutMs < deadline - clock.now());
    const reply = await transport.send({ ...routed, headers }, timeoutMs, { advice, gone });
    record.replied(reply);
    if (reply.status === 200) return reply;
    throw serviceError(reply.status, reply.headers, await reply.text(BODY_LIMIT), config, clock.now());
  }

  private async attempt(request: ModelRequest, timeoutMs: number, record: CallRecord): Promise<Answer> {
    const reply = await this.send(request, timeoutMs, record);
    const text = await reply.text(BODY_LIMIT);
    return { text, body: readAnswer(text, reply.requestId), requestId: reply.requestId };
  }
}

/** The request, unless it is longer than what Bedrock takes. What Lambda takes is Lambda's to check: it did when it passed the event. */
export function checkedRequest(request: ModelRequest, { endpoint }: InvokerConfig): ModelRequest {
  // A character takes at most three bytes of UTF-8. For bedrock-mantle no limit is documented.
  if (request.body.length * 3 <= BODY_LIMIT || endpoint !== 'bedrock-runtime') return request;
  const bytes = Buffer.byteLength(request.body);
  if (bytes <= BODY_LIMIT) return request;
  throw new InvokerError('RequestTooLargeError', `The request is ${bytes} bytes long; Bedrock takes at most ${BODY_LIMIT}. Send fewer or smaller images, or fewer messages.`);
}

/** What to change where an attempt's time was not enough: its own limit, or the time that Lambda has. */
function moreTime({ streamed }: CallRecord, limited: boolean): string {
  const limit = limited ? 'retry.attemptTimeout' : 'the function\'s timeout (at most 15 minutes)';
  return streamed ? `Raise ${limit}, or lower max_tokens.` : `Raise ${limit}, lower max_tokens, or stream.`;
}

function readAnswer(text: string, requestId: string | undefined): JsonObject {
  let answer: unknown;
  try {
    answer = parseAnswer(text);
  } catch {
    // Said below, without JSON.parse's own message, which quotes the answer.
  }
  if (!isObject(answer)) throw new InvokerError('InvalidResponseError', 'The service\'s answer is no JSON object.', { requestId });
  if (nestedTooDeeply(answer)) throw new InvokerError('InvalidResponseError', 'The service\'s answer is nested too deeply to be returned.', { requestId });
  return answer;
}

/** Lambda counts the bytes of the JSON that it returns: of an HTTP result the whole, in which the answer is a string with escapes. */
function checkSize(answer: Answer, returned: (answer: Answer) => unknown): void {
  // Written anew, a character takes at most six bytes: the number 1e20 becomes 21 digits. The rest is for the result's headers.
  if (answer.text.length * 6 + 32_768 < PAYLOAD_LIMIT) return;
  const bytes = Buffer.byteLength(JSON.stringify(returned(answer)));
  if (bytes > PAYLOAD_LIMIT) throw tooLarge(`${bytes} bytes long as Lambda returns it; Lambda returns at most ${PAYLOAD_LIMIT}`, answer.requestId);
}
