import { parseBody } from './http-event';
import { asInvokerError, InvokerError, InvokerErrorName } from '../failures/errors';
import type { Clock } from '../http/clock';
import { isObject, JsonObject, objectsIn, textOf } from '../json/json-object';

/** What Lambda's SQS poller wants back: the messages that stay in the queue. */
export interface BatchResult {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/** How a batch is asked, and what becomes of its failures. */
export interface BatchParts {
  readonly clock: Clock;
  /** When the last answer must have been read, in milliseconds since 1970. */
  readonly deadline: number;
  /** The queues whose mappings are known to keep only the messages that a result names. */
  readonly reportingQueues: readonly string[];
  readonly ask: (read: () => unknown) => Promise<unknown>;
  /** Told what was not asked, which no call's line in the log says. */
  readonly notAsked: (counts: { readonly messages: number; readonly notBegun: number; readonly keptBack: number }) => void;
}

/** How many of a batch's messages are asked at the same time. */
const CONCURRENCY = 10;

/** With less time than this no answer of a model can be expected. */
const LEAST_TIME_MS = 250;

/**
 * Asks each message of a batch once and reports those that got no answer, so that the queue keeps exactly them. Throws when
 * there are some in a batch whose queue is not known to keep them, since Lambda would delete them; and when no message was answered.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export async function askBatch(event: JsonObject, parts: BatchParts): Promise<BatchResult> {
  const records = objectsIn(event.Records);
  const failed = await new Batch(parts).askAll(groupsOf(records));
  if (failed.size === 0) return { batchItemFailures: [] };
  const messages = new Set(records.map(({ messageId }) => messageId)).size;
  const outcomes = [...failed.values()];
  const count = (of: Outcome) => outcomes.filter((outcome) => outcome === of).length;
  const [notBegun, keptBack] = [count('not begun'), count('kept back')];
  if (notBegun + keptBack > 0) parts.notAsked({ messages, notBegun, keptBack });
  // A batch comes from one queue.
  const reported = parts.reportingQueues.includes(textOf(records[0].eventSourceARN));
  if (!reported || failed.size === messages) throw batchError(outcomes, messages, reported);
  return { batchItemFailures: [...failed.keys()].map((itemIdentifier) => ({ itemIdentifier })) };
}

/** Why a message stays in the queue. */
type Outcome = InvokerError | 'not begun' | 'kept back';

/** The messages of one batch. In a FIFO queue those of a group are asked one after another, and a failure keeps the rest of its group back. */
class Batch {
  private readonly failed = new Map<string, Outcome>();
  private longestMs = LEAST_TIME_MS;

  constructor(private readonly parts: BatchParts) {}

  async askAll(groups: JsonObject[][]): Promise<Map<string, Outcome>> {
    const worker = async () => {
      for (let group = groups.shift(); group; group = groups.shift()) await this.askGroup(group);
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, groups.length) }, worker));
    return this.failed;
  }

  private async askGroup(group: JsonObject[]): Promise<void> {
    let kept = false;
    for (const { messageId, body } of group) {
      const outcome = kept ? 'kept back' : await this.askOne(body);
      if (outcome === undefined) continue;
      this.failed.set(textOf(messageId), outcome);
      kept = true;
    }
  }

  /** A call that is cut off is paid for all the same, so what would take longer than there is time is not begun. */
  private async askOne(body: unknown): Promise<Outcome | undefined> {
    const { clock, deadline, ask } = this.parts;
    const begun = clock.now();
    if (deadline - begun < this.longestMs) return 'not begun';
    try {
      await ask(() => parseBody(textOf(body)));
      return undefined;
    } catch (thrown) {
      // The call's own line in the log says why; the queue's redrive policy decides how often it comes back.
      return asInvokerError(thrown);
    } finally {
      this.longestMs = Math.max(this.longestMs, clock.now() - begun);
    }
  }
}

/** Messages that must keep their order stand in one group; a message that a batch holds twice is asked once. */
export function groupsOf(records: JsonObject[]): JsonObject[][] {
  const groups = new Map<string, JsonObject[]>();
  const seen = new Set<unknown>();
  for (const record of records) {
    if (seen.has(record.messageId)) continue;
    seen.add(record.messageId);
    const key = orderOf(record);
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return [...groups.values()];
}

/** Messages with the same order are asked one after another: those of a FIFO queue's group; any other message is its own. */
function orderOf({ eventSourceARN, messageId, attributes }: JsonObject): string {
  if (!textOf(eventSourceARN).endsWith('.fifo')) return `message ${textOf(messageId)}`;
  return `group ${isObject(attributes) ? textOf(attributes.MessageGroupId) : ''}`;
}

/** One error for many: it has the name of the commonest, and is worth another try if one of them is. Their texts may quote prompts. */
function batchError(outcomes: Outcome[], messages: number, reported: boolean): InvokerError {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    const name = typeof outcome === 'string' ? outcome : outcome.name;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  const errors = outcomes.filter((outcome) => typeof outcome !== 'string');
  const commonest = sorted.find(([name]) => errors.some((error) => error.name === name))?.[0] ?? 'ModelTimeoutError';
  const answered = messages - outcomes.length;
  return new InvokerError(commonest as InvokerErrorName,
    `${outcomes.length} of ${messages} messages of the batch got no answer: ${sorted.map(([name, count]) => `${count} ${name}`).join(', ')}. `
    + (reported || answered === 0 ? 'The whole batch comes again.' : `The whole batch comes again, and with it the ${answered} that were answered, `
      + 'since it is not known that the event source mapping reports batch item failures. Make queue and mapping in the app and stack of this function, which then sees to it.'),
    { retryable: errors.length === 0 || errors.some(({ retryable }) => retryable) });
}
