import { BulkResult, MOST_RECORD_ID_CHARACTERS } from '../../../contract/bulk-records';
import type { Answer } from '../../invoke/call/invoker';
import { parseBody } from '../../invoke/events/http-event';
import { InvokerError, refuse } from '../../invoke/failures/errors';
import { isObject, JsonObject, textOf } from '../../invoke/json/json-object';
import { usageOf } from '../records/result-line';

/** The errors that say that the service has no room now. */
export const THROTTLES = ['RateLimitError', 'OverloadedError'];

/** A message as a worker reads it. */
export interface QueueMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly group?: string;
  readonly tenant: string;
}

/** What a message asks. */
interface Asked {
  readonly recordId: string;
  readonly modelInput: unknown;
}

/** @param tenantAttribute - the message attribute that names the tenant, where there is no message group */
export function queueMessage(record: JsonObject, tenantAttribute?: string): QueueMessage {
  const attributes = isObject(record.attributes) ? record.attributes : {};
  const group = typeof attributes.MessageGroupId === 'string' ? attributes.MessageGroupId : undefined;
  const { [tenantAttribute ?? '']: tenant } = isObject(record.messageAttributes) ? record.messageAttributes : {};
  return {
    messageId: textOf(record.messageId),
    receiptHandle: textOf(record.receiptHandle),
    body: textOf(record.body),
    group,
    tenant: group ?? (isObject(tenant) ? textOf(tenant.stringValue) : ''),
  };
}

/** The record of a message: its body is one, or a request body that has the message's ID. Throws an `InvalidRequestError` for any other. */
export function askedBy({ body, messageId }: QueueMessage): Asked {
  const value = parseBody(body);
  if (!isObject(value) || value.modelInput === undefined) return { recordId: messageId, modelInput: value };
  const { recordId = messageId, modelInput } = value;
  if (typeof recordId === 'string' && recordId !== '' && recordId.length <= MOST_RECORD_ID_CHARACTERS) return { recordId, modelInput };
  return refuse(`The message's recordId is no text of 1 to ${MOST_RECORD_ID_CHARACTERS} characters.`);
}

export function answerResult(recordId: string, { body }: Answer, attempts: number): BulkResult {
  return { recordId, modelOutput: body, attempts, route: 'on-demand', usage: usageOf(body) };
}

export function errorResult(recordId: string, error: InvokerError, attempts: number): BulkResult {
  return { recordId, error: { errorCode: error.name, errorMessage: error.full }, attempts, route: 'on-demand' };
}

/** About how many tokens of the quota a call takes when it begins: its input, and all the output that it may have. */
export function tokensAtStart(modelInput: unknown, body: string, defaultMaxTokens: number): number {
  const asked = isObject(modelInput) ? Number(textOf(modelInput.max_tokens ?? '')) : NaN;
  // English has about four bytes a token, other languages fewer.
  return Math.ceil(Buffer.byteLength(body) / 3) + (Number.isFinite(asked) && asked > 0 ? asked : defaultMaxTokens);
}

/** What a call took of the quota. Reads of the cache take nothing. */
export function tokensAtEnd({ usage = {} }: BulkResult, outputWeight: number): number {
  return (usage.inputTokens ?? 0) + (usage.cacheWriteTokens ?? 0) + (usage.outputTokens ?? 0) * outputWeight;
}
