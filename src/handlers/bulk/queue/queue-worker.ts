import type { FairAdmission } from './fair-admission';
import type { Ledger } from './ledger';
import { OutputServices, tell } from './outputs';
import { answerResult, askedBy, errorResult, QueueMessage, queueMessage, THROTTLES, tokensAtEnd, tokensAtStart } from './queue-message';
import type { QueueOptions } from '../../../contract/bulk-queue';
import type { BulkResult } from '../../../contract/bulk-records';
import { DEFAULT_MAX_TOKENS } from '../../../contract/invoker-defaults';
import type { Invoker } from '../../invoke/call/invoker';
import type { BatchResult } from '../../invoke/events/sqs-batch';
import { groupsOf } from '../../invoke/events/sqs-batch';
import { asInvokerError, InvokerError } from '../../invoke/failures/errors';
import type { Clock } from '../../invoke/http/clock';
import { JsonObject, objectsIn } from '../../invoke/json/json-object';
import { resultText } from '../records/result-line';

/** What a worker needs from outside. */
export interface WorkerParts {
  readonly invoker: Invoker;
  readonly clock: Clock;
  readonly options: QueueOptions;
  readonly admission: FairAdmission;
  readonly ledger: Ledger;
  readonly services: OutputServices;
  readonly queueUrl: string;
  readonly deadLetterUrl: string;
  /** Where results go: see `OutputOptions`. */
  readonly output: string;
  readonly log: (line: object) => void;
}

/** A message that failed is tried again after this long, doubled for each further failure. */
const FIRST_WAIT_MS = 10_000;
/** SQS hides a message for at most 12 hours, counted from when it was received. */
const MOST_HIDDEN_MS = 11 * 3_600_000;
/** A worker waits that long for a message's turn before it puts the message back. */
const PATIENCE_MS = 60_000;
/** With less time than this for a call its message is put back. */
const LEAST_CALL_MS = 20_000;
/** What is wrong with a request itself, whoever sends it and when. */
const ITS_OWN = ['InvalidRequestError', 'RequestTooLargeError', 'ResponseTooLargeError'];

/** How often a message was tried before. */
interface Tried {
  readonly throttles: number;
  readonly failures: number;
}

/** A message that stays in the queue, hidden until a time. */
interface PutBack {
  readonly until: number;
}

/** Asks the model what the messages of a queue ask, at the rate that all workers share, and tells of each result once or, rarely, twice. */
export class QueueWorker {
  constructor(private readonly parts: WorkerParts) {}

  /** Handles the messages that one invocation was given, and names those that stay in the queue. */
  async handle(event: JsonObject, deadline: number, lambdaRequestId?: string): Promise<BatchResult> {
    const groups = groupsOf(objectsIn(event.Records)).map((group) => group.map((record) => queueMessage(record, this.parts.options.tenantAttribute)));
    const kept = await Promise.all(groups.map((group) => this.handleGroup(group, deadline, lambdaRequestId)));
    return { batchItemFailures: kept.flat().map((itemIdentifier) => ({ itemIdentifier })) };
  }

  /** The messages of a group one after another; what stays in the queue keeps those behind it back. */
  private async handleGroup(group: QueueMessage[], deadline: number, lambdaRequestId?: string): Promise<string[]> {
    for (const [index, message] of group.entries()) {
      // What fails here is the worker's own, such as a table that cannot be reached: the message comes again.
      const back = await this.handleOne(message, deadline, lambdaRequestId).catch((error: unknown) => this.failedToWork(error, message));
      if (!back) continue;
      const rest = group.slice(index);
      await Promise.all(rest.map((one) => this.hide(one, back.until)));
      return rest.map(({ messageId }) => messageId);
    }
    return [];
  }

  private async handleOne(message: QueueMessage, deadline: number, lambdaRequestId?: string): Promise<PutBack | undefined> {
    const { clock, ledger, admission, invoker, options: { rate } } = this.parts;
    let asked: ReturnType<typeof askedBy>;
    try {
      asked = askedBy(message);
    } catch (error) {
      await this.tellOf(message, errorResult(message.messageId, asInvokerError(error), 0));
      return undefined;
    }
    const maxTokens = invoker.parts.config.options.maxTokens ?? DEFAULT_MAX_TOKENS;
    const tokens = tokensAtStart(asked.modelInput, message.body, maxTokens);
    const last = Math.min(clock.now() + PATIENCE_MS, deadline - LEAST_CALL_MS);
    if (!await admission.turn(message.tenant, tokens, last)) return { until: clock.now() + FIRST_WAIT_MS * (1 + clock.random()) };
    const begun = await ledger.begin(message.messageId, deadline + 1000);
    if (begun.state !== 'begun') {
      await admission.settle(-tokens);
      if (begun.state === 'taken') return { until: begun.until };
      await this.tellOf(message, begun.result);
      return undefined;
    }
    const attempts = begun.failures + 1;
    // Those who had it before died of it, or of their own: it is not tried for ever.
    if (begun.failures > this.parts.options.maxFailures) return this.giveUp(message, asked.recordId, died(), attempts);
    let took = 0;
    try {
      const answer = await invoker.invoke(() => asked.modelInput, { source: 'sqs', deadline, lambdaRequestId });
      const result = answerResult(asked.recordId, answer, attempts);
      took = tokensAtEnd(result, rate.outputWeight);
      return await this.ends(message, result);
    } catch (thrown) {
      return await this.failed(message, asked.recordId, asInvokerError(thrown), begun);
    } finally {
      await admission.settle(Math.round(took - tokens));
    }
  }

  private async failed(message: QueueMessage, recordId: string, error: InvokerError, begun: Tried): Promise<PutBack | undefined> {
    const { clock, ledger, admission, options: { maxFailures } } = this.parts;
    const attempts = begun.failures + 1;
    const backOff = (times: number) => FIRST_WAIT_MS * 2 ** Math.min(times, 8) * (0.5 + clock.random() / 2);
    if (THROTTLES.includes(error.name)) {
      await ledger.throttled(message.messageId);
      const wait = error.retryAfterMs ?? 0;
      if (wait > 0) await admission.pause(clock.now() + wait);
      return { until: clock.now() + Math.max(wait, backOff(begun.throttles)) };
    }
    if (ITS_OWN.includes(error.name)) {
      return this.ends(message, errorResult(recordId, error, attempts));
    }
    if (attempts > maxFailures) return this.giveUp(message, recordId, error, attempts);
    await ledger.failed(message.messageId);
    return { until: clock.now() + backOff(begun.failures) };
  }

  /** A message that nobody could answer: its result says why, and the message itself waits in the dead-letter queue to be sent back. */
  private async giveUp(message: QueueMessage, recordId: string, error: InvokerError, attempts: number): Promise<undefined> {
    const { services: { sqs }, deadLetterUrl } = this.parts;
    await sqs.json('AmazonSQS.SendMessage', {
      QueueUrl: deadLetterUrl,
      MessageBody: message.body,
      MessageAttributes: { reason: textAttribute(`${error.name}: ${error.message}`.slice(0, 1000)), messageId: textAttribute(message.messageId) },
      ...message.group !== undefined && { MessageGroupId: message.group },
      ...deadLetterUrl.endsWith('.fifo') && { MessageDeduplicationId: message.messageId },
    });
    return this.ends(message, errorResult(recordId, error, attempts));
  }

  /** A message is done: its result is kept first, and then told. */
  private async ends(message: QueueMessage, result: BulkResult): Promise<undefined> {
    const text = resultText(result);
    await this.parts.ledger.answered(message.messageId, text);
    await this.tellOf(message, text, result);
  }

  private async tellOf({ messageId, group }: QueueMessage, told: BulkResult | string, parsed?: BulkResult): Promise<void> {
    const { options, output, services } = this.parts;
    const text = typeof told === 'string' ? told : resultText(told);
    const result = parsed ?? (typeof told === 'string' ? JSON.parse(told) as BulkResult : told);
    await tell(options.output, output, services, { messageId, group, result, text });
  }

  private failedToWork(thrown: unknown, message: QueueMessage): PutBack {
    const { clock } = this.parts;
    const { name, message: reason } = thrown as Error;
    this.parts.log({ level: 'ERROR', message: 'put back', messageId: message.messageId, error: name, reason });
    return { until: clock.now() + FIRST_WAIT_MS };
  }

  /** Hides a message, which stays in the queue, until a time; at the end of its visibility timeout it comes back anyway. */
  private async hide({ receiptHandle }: QueueMessage, until: number): Promise<void> {
    const { services: { sqs }, queueUrl, clock } = this.parts;
    const seconds = Math.ceil(Math.min(Math.max(until - clock.now(), 0), MOST_HIDDEN_MS) / 1000);
    await sqs.json('AmazonSQS.ChangeMessageVisibility', { QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds }).catch(() => undefined);
  }
}

function textAttribute(StringValue: string): object {
  return { DataType: 'String', StringValue };
}

function died(): InvokerError {
  return new InvokerError('InternalServerError', 'Workers that had this message ended before they could tell of it.');
}
