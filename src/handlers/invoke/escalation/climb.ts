import { allInput, costOf, Usage } from './cost';
import type { Rates, TriggerName } from '../../../contract/escalation';
import type { AnswerFacts } from '../dialects/dialect';
import type { CallAddition, CallRecord } from '../log/call-record';

/** Why a rung was not begun. */
export type NotBegun = 'time' | 'cost' | 'request';

/** One model that was asked in a call. */
interface Asked {
  readonly model: string;
  readonly rung: number;
  readonly rates?: Rates;
  readonly begunAt: number;
  /** The fields of the request that were changed for this model. */
  readonly adapted: readonly string[];
  usage?: Usage;
  ms?: number;
  error?: string;
  /** What the error says, without what it quotes of the request. */
  reason?: string;
  /** Whether it was asked to judge its own answer. */
  readonly judging?: boolean;
}

/** One call on its way up the ladder: what was asked, why, and what it cost. */
export class Climb implements CallAddition {
  /** The rung whose answer counts. */
  rung = 1;
  readonly reasons: (TriggerName | 'forced')[] = [];
  /** What is still wrong with the answer that counts. */
  unresolved?: TriggerName;
  notBegun?: NotBegun;
  /** What failed without a failure of the call: a verdict or a judgement that did not come. */
  readonly failed: string[] = [];
  private readonly asked: Asked[] = [];

  begin(asked: Asked): void {
    this.asked.push(asked);
  }

  /** The last model that was asked has answered; of a stream it is known later what it said. */
  answered(facts: Usage | undefined, now: number): void {
    const last = this.asked.at(-1)!;
    last.usage = facts;
    last.ms = now - last.begunAt;
  }

  broke({ name, message }: Error, now: number): void {
    this.answered(undefined, now);
    Object.assign(this.asked.at(-1)!, { error: name, reason: message });
  }

  /** How many of the attempts were the first of a model's. */
  get firsts(): number {
    return this.asked.length;
  }

  /** What the call has cost so far; undefined if any price is not known. */
  get cost(): number | undefined {
    return this.asked.reduce<number | undefined>((sum, { usage, rates }) => {
      const cost = usage ? costOf(usage, rates) : 0;
      return sum === undefined || cost === undefined ? undefined : sum + cost;
    }, 0);
  }

  /** The input tokens of the request, by the last model that has counted them. */
  get input(): number | undefined {
    const counted = this.asked.filter(({ usage, judging }) => usage && !judging).at(-1);
    return counted && allInput(counted.usage!);
  }

  get headers(): Record<string, string> {
    const { rung, reasons, unresolved, notBegun } = this;
    return {
      'x-escalation-rung': String(rung),
      'x-escalation-model': this.model,
      ...reasons.length > 0 && { 'x-escalation-reasons': reasons.join(',') },
      ...unresolved && { 'x-escalation-unresolved': unresolved },
      ...notBegun && { 'x-escalation-not-begun': notBegun },
    };
  }

  /** The same as a field of an answer that is no HTTP answer. */
  get field(): Record<string, unknown> {
    const { rung, model, reasons, unresolved, notBegun } = this;
    return { rung, model, reasons, unresolved, notBegun };
  }

  fields({ facts }: CallRecord): Record<string, unknown> {
    this.close(facts);
    const { rung, model, reasons, unresolved, notBegun, failed } = this;
    const rungs = this.asked.map(({ rates, usage, begunAt, adapted, ...asked }) => ({
      ...asked, adapted: adapted.length > 0 ? adapted : undefined, ...usage, cost: usage && costOf(usage, rates),
    }));
    return {
      escalation: { rung, model, reasons, unresolved, notBegun, failed: failed.length > 0 ? failed : undefined, rungs },
      ...this.cost !== undefined && { costUsd: round(this.cost) },
    };
  }

  metrics({ facts, attempts, error }: CallRecord): Record<string, number | undefined> {
    this.close(facts);
    const rungs = [...new Set(this.asked.map(({ rung }) => rung))].flatMap((rung) => Object.entries(this.sums((asked) => asked.rung === rung))
      .map(([name, value]) => [`Rung${rung}${name}`, value]));
    return {
      ...this.sums(() => true),
      Escalations: this.asked.some(({ rung }) => rung > this.asked[0].rung) ? 1 : 0,
      // Of a call that was answered all the same.
      EscalationFailures: error ? 0 : this.asked.filter((asked) => asked.error && asked.error !== 'RateLimitError' && asked.error !== 'OverloadedError').length,
      Retries: Math.max(attempts - this.firsts, 0),
      ...Object.fromEntries(rungs) as Record<string, number | undefined>,
    };
  }

  /** What a stream says at its end. */
  private close(facts: AnswerFacts | undefined): void {
    const last = this.asked.at(-1);
    if (last && !last.usage && !last.error && facts) last.usage = usageOf(facts);
  }

  private get model(): string {
    return this.asked.filter(({ rung, judging }) => rung === this.rung && !judging).at(-1)?.model ?? '';
  }

  private sums(counts: (asked: Asked) => boolean): Record<string, number | undefined> {
    const counted = this.asked.filter(counts);
    const sum = (value: (asked: Asked) => number | undefined) => {
      const values = counted.map(value).filter((one) => one !== undefined);
      return values.length > 0 ? round(values.reduce((all, one) => all + one, 0)) : undefined;
    };
    return {
      InputTokens: sum(({ usage }) => usage?.inputTokens),
      OutputTokens: sum(({ usage }) => usage?.outputTokens),
      CacheReadTokens: sum(({ usage }) => usage?.cacheReadTokens),
      CacheWriteTokens: sum(({ usage }) => usage?.cacheWriteTokens),
      Cost: sum(({ usage, rates }) => usage && costOf(usage, rates)),
    };
  }
}

export function usageOf({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: AnswerFacts, cacheHourTokens?: number): Usage {
  return { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheHourTokens: cacheHourTokens || undefined };
}

function round(value: number): number {
  return Math.round(value * 1e7) / 1e7;
}
