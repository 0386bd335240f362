import { parseBody } from './http-event';
import { isObject, JsonObject, objectsIn, textOf } from './json-object';

/** What Lambda's SQS poller wants back: the messages that stay in the queue. */
export interface BatchResult {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/** How many of a batch's messages are asked at the same time. */
const CONCURRENCY = 10;

/**
 * Asks each message of a batch once and reports those that got no answer, so that the queue keeps exactly them.
 * In a FIFO queue the messages of a group are asked one after another, and a failure keeps the rest of its group back.
 */
export async function askBatch(event: JsonObject, ask: (read: () => unknown) => Promise<unknown>): Promise<BatchResult> {
  const failed = new Set<string>();
  const groups = groupsOf(objectsIn(event.Records));
  const worker = async () => {
    for (let group = groups.shift(); group; group = groups.shift()) {
      for (const record of group) await askOne(record, group, failed, ask);
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, groups.length) }, worker));
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}

async function askOne(record: JsonObject, group: JsonObject[], failed: Set<string>, ask: (read: () => unknown) => Promise<unknown>): Promise<void> {
  if (group.some(({ messageId }) => failed.has(textOf(messageId)))) {
    failed.add(textOf(record.messageId));
    return;
  }
  try {
    await ask(() => parseBody(textOf(record.body)));
  } catch {
    // The call's own line in the log says why; the queue's redrive policy decides how often it comes back.
    failed.add(textOf(record.messageId));
  }
}

/** Messages that must keep their order stand in one group; a message that a batch holds twice is asked once. */
function groupsOf(records: JsonObject[]): JsonObject[][] {
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
