import type { BulkFailure, BulkResult, BulkUsage } from '../../../contract/bulk-records';
import { MESSAGES } from '../../invoke/dialects/messages-dialect';
import { jsonText, parseJson } from '../../invoke/json/exact-json';
import { isObject, JsonObject, stringOf, textOf } from '../../invoke/json/json-object';

/** Errors of single records in a batch job that another try cannot mend: what is wrong with the record itself. */
const ITS_OWN = new Set([400, 403, 404, 413, 422]);

/** What became of one record in one round. */
export interface Outcome {
  readonly result: BulkResult;
  /** Whether another try may give an answer. */
  readonly retryable: boolean;
}

/**
 * A line of a batch job's output, or of results that we wrote, as the result of its record; nothing for a line that is neither. `attempts` is
 * how often the record was sent, for a line that does not say it.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-results.html
 */
export function outcomeOf(text: string, attempts: number): Outcome | undefined {
  let line: unknown;
  try {
    line = parseJson(text);
  } catch {
    return undefined;
  }
  if (!isObject(line) || typeof line.recordId !== 'string') return undefined;
  const { recordId, modelOutput, error } = line;
  if (typeof line.attempts === 'number') return { result: line as unknown as BulkResult, retryable: false };
  if (isObject(modelOutput) && error === undefined) {
    return { result: { recordId, modelOutput, attempts, route: 'batch', usage: usageOf(modelOutput) }, retryable: false };
  }
  const failure = failureOf(error);
  return { result: { recordId, error: failure, attempts, route: 'batch' }, retryable: !ITS_OWN.has(Number(failure.errorCode)) };
}

/** The tokens that an answer says it took. */
export function usageOf(answer: JsonObject): BulkUsage {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = MESSAGES.facts(answer);
  return { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens };
}

/** A result as its line is written, without the line's end. */
export function resultText(result: BulkResult): string {
  return jsonText(result);
}

function failureOf(error: unknown): BulkFailure {
  const { errorCode, errorMessage } = isObject(error) ? error : {};
  const code = typeof errorCode === 'number' ? errorCode : stringOf(errorCode);
  return { errorCode: code ?? 'NoAnswer', errorMessage: errorMessage === undefined ? 'The job gave neither an answer nor an error.' : textOf(errorMessage) };
}
