import { Places } from './places';
import type { SetParts } from './prepare';
import type { BulkResult } from '../../../contract/bulk-records';
import type { BatchItem } from '../../../contract/bulk-set';
import { DEFAULT_MAX_TOKENS } from '../../../contract/invoker-defaults';
import type { Invoker } from '../../invoke/call/invoker';
import { asInvokerError, InvokerError } from '../../invoke/failures/errors';
import type { Clock } from '../../invoke/http/clock';
import type { FairAdmission } from '../queue/fair-admission';
import { answerResult, errorResult, THROTTLES, tokensAtEnd, tokensAtStart } from '../queue/queue-message';
import { resultText } from '../records/result-line';

/** What a worker needs besides the set. */
export interface AnswerParts extends SetParts {
  readonly invoker: Invoker;
  readonly clock: Clock;
  readonly admission: FairAdmission;
}

/** Which records a worker asks. */
export interface BatchWork {
  readonly run: string;
  readonly part: number;
  readonly round: number;
  readonly item: BatchItem;
}

/** A record as it was written down. */
interface WrittenRecord {
  readonly recordId: string;
  readonly modelInput: unknown;
}

/** Calls that one worker has open. */
const CONCURRENCY = 10;
/** With less time than this no call is begun. */
const LEAST_CALL_MS = 20_000;
/** A record that fails for a passing reason is asked this often by one worker. */
const MOST_ATTEMPTS = 3;
const FIRST_WAIT_MS = 2000;
const TENANT = '';

/**
 * Asks the records of one batch, and writes their results down as one object. What there is when time runs out is kept, and the error that
 * then ends the invocation makes Step Functions begin another one, which asks the rest. A batch that has its object is not asked again.
 */
export async function answerBatch(
  parts: AnswerParts, { run, part, round, item }: BatchWork, deadline: number): Promise<{ readonly batch: number; readonly records: number }> {
  const { buckets, outputBucket, options } = parts;
  const places = new Places(options, run);
  const [answers, partial] = [places.answers(part, round, item.batch), places.partial(part, round, item.batch)];
  const done = { batch: item.batch, records: item.records };
  if (await buckets.textIfThere(outputBucket, answers) !== undefined) return done;
  const records = linesIn<WrittenRecord>(await buckets.range(outputBucket, item.key, item.start, item.bytes));
  const results = new Map(linesIn<BulkResult>(await buckets.textIfThere(outputBucket, partial) ?? '').map((result) => [result.recordId, result]));
  const waiting = records.filter(({ recordId }) => !results.has(recordId));
  let late: InvokerError | undefined;
  const asker = new RecordAsker(parts, deadline, round);
  const worker = async () => {
    for (let record = waiting.shift(); record && !late; record = waiting.shift()) {
      const result = await asker.ask(record);
      if (result instanceof InvokerError) late = result;
      else results.set(record.recordId, result);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const text = records.flatMap(({ recordId }) => results.get(recordId) ?? []).map((result) => `${resultText(result)}\n`).join('');
  await buckets.put(outputBucket, late ? partial : answers, text);
  if (late) throw late;
  return done;
}

/** Asks one record at a time, in its turn. */
class RecordAsker {
  constructor(private readonly parts: AnswerParts, private readonly deadline: number, private readonly round: number) {}

  /** The result; or the error to end with, for want of time. */
  async ask({ recordId, modelInput }: WrittenRecord): Promise<BulkResult | InvokerError> {
    const { invoker, clock, admission } = this.parts;
    const tokens = tokensAtStart(modelInput, JSON.stringify(modelInput), invoker.parts.config.options.maxTokens ?? DEFAULT_MAX_TOKENS);
    const last = this.deadline - LEAST_CALL_MS;
    let throttled: InvokerError | undefined;
    for (let attempt = 1; ;) {
      if (!await admission.turn(TENANT, tokens, last)) return throttled ?? outOfTime();
      let took = 0;
      try {
        const answer = await invoker.invoke(() => modelInput, { source: 'direct', deadline: this.deadline });
        const result = answerResult(recordId, answer, this.round - 1 + attempt);
        took = tokensAtEnd(result, this.parts.options.rate.outputWeight);
        return result;
      } catch (thrown) {
        const error = asInvokerError(thrown);
        const throttle = THROTTLES.includes(error.name);
        if (throttle) throttled = error;
        else if (!error.retryable || attempt >= MOST_ATTEMPTS) return errorResult(recordId, error, this.round - 1 + attempt);
        else attempt++;
        const wait = Math.max(error.retryAfterMs ?? 0, FIRST_WAIT_MS * (1 + clock.random()));
        if (throttle && error.retryAfterMs) await admission.pause(clock.now() + error.retryAfterMs);
        if (clock.now() + wait > last) return error;
        await clock.sleep(wait);
      } finally {
        await admission.settle(Math.round(took - tokens));
      }
    }
  }
}

function outOfTime(): InvokerError {
  return new InvokerError('RateLimitError', 'No call of this batch had its turn in time. The next invocation goes on.', { retryable: true });
}

function linesIn<T>(text: string): T[] {
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}
