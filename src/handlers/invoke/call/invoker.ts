import { BEDROCK_BODY_BYTES, LAMBDA_PAYLOAD_BYTES } from '../../../contract/limits';
import type { InvokerConfig } from '../config/config';
import type { Dialect } from '../dialects/dialect';
import { asInvokerError, InvokerError } from '../failures/errors';
import type { Explanations } from '../failures/explain';
import type { Clock } from '../http/clock';
import { Reply, tooLarge } from '../http/reply';
import { withRetries } from '../http/retry';
import type { Sign } from '../http/signer';
import type { ModelRequest, Transport } from '../http/transport';
import { parseAnswer } from '../json/exact-json';
import { nestedTooDeeply } from '../json/json-depth';
import { isObject, JsonObject } from '../json/json-object';
import { CallLog } from '../log/call-log';
import { CallAddition, CallContext, CallRecord } from '../log/call-record';

/** What a call needs from outside: everything that a test replaces. */
export interface InvokerParts {
  readonly config: InvokerConfig;
  readonly dialect: Dialect;
  readonly sign: Sign;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: CallLog;
  /** Gives the system prompt where it is read, by the time of the call. */
  readonly systemPrompt?: (deadline: number) => Promise<string>;
  /** What else the line of each call says, for OpenTelemetry. */
  readonly telemetry?: Promise<CallAddition>;
  /** Loads what only a failed call needs. */
  readonly explanations: () => Promise<Explanations>;
  /** How an answer is come by where more than one model may be asked. Absent: this one is asked. */
  readonly way?: Promise<Way>;
}

/** A way to an answer by more than one model: a ladder, or split traffic. */
export interface Way {
  /** Gives what was opened of the answer that counts; throws if there is none. */
  ask<Opened>(first: Invoker, given: unknown, record: CallRecord, open: (reply: Reply) => Promise<Opened>): Promise<Opened>;
}

/** What becomes of an answer: it is read whole, or passed on as it comes. */
export interface Consumer<Opened, Result extends Consumed> {
  /** Reads as much of a reply as shows that the attempt succeeded. If it throws, another attempt may follow. */
  open(reply: Reply): Promise<Opened>;
  /** Takes the rest, once. */
  finish(opened: Opened): Promise<Result>;
}

/** An answer that was consumed, as its dialect's facts are read from it. */
export interface Consumed {
  readonly body: JsonObject;
  /** What a log with content holds of it. Default: the body. */
  readonly text?: string;
}

/** The model's answer whole: as the service wrote it, and read. */
export interface Answer {
  readonly written: string;
  readonly body: JsonObject;
  readonly requestId?: string;
  /** What else its HTTP headers say. */
  readonly headers?: Record<string, string>;
}

/** Calls the model: one request body in, one answer out or an `InvokerError` thrown, one line in the log either way. */
export class Invoker {
  constructor(readonly parts: InvokerParts) {}

  /** The answer whole. `returned` is what Lambda is to write as JSON for it, in one piece; without it, the answer's size does not matter. */
  invoke(read: () => unknown, context: CallContext, returned?: (answer: Answer) => unknown): Promise<Answer> {
    return this.call(read, new CallRecord(context, this.parts.clock.now()), {
      open: readWhole,
      finish: async (answer) => {
        if (returned) checkSize(answer, returned);
        return answer;
      },
    });
  }

  /**
   * One call, whatever consumes its answer. `read` gives the body, so that a body that cannot be read is logged like any other failed
   * call. Attempts are repeated within the call's time until one is opened.
   */
  async call<Opened, Result extends Consumed>(read: () => unknown, record: CallRecord, { open, finish }: Consumer<Opened, Result>): Promise<Result> {
    const { config: { options }, dialect, clock, log, explanations, way, telemetry } = this.parts;
    let given: unknown;
    // What was sent, or else what came.
    const request = () => record.prepared?.body ?? given;
    try {
      if (telemetry) record.additions.push(await telemetry);
      given = read();
      const opened = await (way ? (await way).ask(this, given, record, open) : this.send(await this.prepare(given, record), record, open));
      const consumed = await finish(opened);
      record.facts = dialect.facts(consumed.body);
      // That of a stream that broke off, of which its caller knows.
      if (record.error) record.error = record.error.withoutTextOf(request(), await explanations());
      if (options.logContent || record.withContent) log.content(record, request(), consumed.text ?? consumed.body);
      return consumed;
    } catch (thrown) {
      // What leaves the handler is logged: by us, and by Lambda's runtime if it is thrown.
      const error = asInvokerError(thrown).withoutTextOf(request(), await explanations()).naming(dialect.maxTokensField);
      if (!record.abandoned) record.error = error;
      if (options.logContent) log.content(record, request(), undefined);
      throw error;
    } finally {
      record.endedAt = clock.now();
      log.record(record);
      for (const addition of record.additions) addition.ended?.(record);
    }
  }

  /** The event as a complete request body, checked. */
  async prepare(given: unknown, record: CallRecord): Promise<JsonObject> {
    record.prepared = this.parts.dialect.prepare(given, await this.complete(record.call), record.streamed);
    return record.prepared.body;
  }

  /** Sends a complete body, again and again within the call's time, until its answer is opened. */
  send<Opened>(
    body: JsonObject, record: CallRecord, open: (reply: Reply) => Promise<Opened>, retry = this.parts.config.options.retry): Promise<Opened> {
    const { config, dialect, clock } = this.parts;
    const request = checkedRequest(dialect.request(body, config, record.streamed), config);
    return withRetries(async (timeoutMs) => {
      record.attempts++;
      return open(await this.attempt(request, timeoutMs, record));
    }, retry, { clock, ...record.call, failed: (error) => record.attemptFailed(error) });
  }

  /** The configuration with the system prompt in it. */
  private async complete({ deadline }: CallContext): Promise<InvokerConfig> {
    const { config, systemPrompt } = this.parts;
    return systemPrompt ? { ...config, options: { ...config.options, system: await systemPrompt(deadline) } } : config;
  }

  /** Signs anew for each attempt, since the clock goes on and Lambda may have renewed the credentials. */
  private async attempt(request: ModelRequest, timeoutMs: number, record: CallRecord): Promise<Reply> {
    const { sign, transport, clock, config, explanations } = this.parts;
    // An override of the endpoint may have a path of its own, which is signed with the rest.
    const routed = { ...request, path: config.url.pathname.replace(/\/$/, '') + request.path };
    const began = clock.now();
    const headers = await sign(routed, clock, timeoutMs);
    const left = timeoutMs - (clock.now() - began);
    const { gone, deadline } = record.call;
    const limited = left < deadline - clock.now();
    const reply = await transport.send({ ...routed, headers }, left, { advice: () => moreTime(record, limited), gone });
    record.replied(reply);
    if (reply.status === 200) return reply;
    const refusal = { status: reply.status, headers: reply.headers, body: await reply.text() };
    throw new InvokerError(...(await explanations()).serviceError(refusal, config, clock.now()));
  }
}

/** The request, unless it is longer than what Bedrock takes. What Lambda takes is Lambda's to check: it did when it passed the event. */
function checkedRequest(request: ModelRequest, { endpoint }: InvokerConfig): ModelRequest {
  // A character takes at most three bytes of UTF-8. For bedrock-mantle no limit is documented.
  if (request.body.length * 3 <= BEDROCK_BODY_BYTES || endpoint !== 'bedrock-runtime') return request;
  const bytes = Buffer.byteLength(request.body);
  if (bytes <= BEDROCK_BODY_BYTES) return request;
  throw new InvokerError('RequestTooLargeError', `The request is ${bytes} bytes long; Bedrock takes at most ${BEDROCK_BODY_BYTES}. Send fewer or smaller images, or fewer messages.`);
}

/** What to change where an attempt's time was not enough: its own limit, or the time that Lambda has. */
function moreTime({ streamed }: CallRecord, limited: boolean): string {
  const limit = limited ? 'retry.attemptTimeout' : 'the function\'s timeout (at most 15 minutes)';
  return streamed ? `Raise ${limit}, or lower max_tokens.` : `Raise ${limit}, lower max_tokens, or stream.`;
}

async function readWhole(reply: Reply): Promise<Answer> {
  const written = await reply.text();
  const { requestId } = reply;
  let body: unknown;
  try {
    body = parseAnswer(written);
  } catch {
    // Said below, without JSON.parse's own message, which quotes the answer.
  }
  if (!isObject(body)) throw new InvokerError('InvalidResponseError', 'The service\'s answer is no JSON object.', { requestId });
  if (nestedTooDeeply(body)) throw new InvokerError('InvalidResponseError', 'The service\'s answer is nested too deeply to be returned.', { requestId });
  return { written, body, requestId };
}

/** Lambda counts the bytes of the JSON that it returns: of an HTTP result the whole, in which the answer is a string with escapes. */
function checkSize(answer: Answer, returned: (answer: Answer) => unknown): void {
  // Written anew, a character takes at most six bytes: the number 1e20 becomes 21 digits. The rest is for the result's headers.
  if (answer.written.length * 6 + 32_768 < LAMBDA_PAYLOAD_BYTES) return;
  const bytes = Buffer.byteLength(JSON.stringify(returned(answer)));
  if (bytes > LAMBDA_PAYLOAD_BYTES) throw tooLarge(`${bytes} bytes long as Lambda returns it; Lambda returns at most ${LAMBDA_PAYLOAD_BYTES}`, answer.requestId);
}
