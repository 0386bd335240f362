import { createHash } from 'node:crypto';
import { Asker, Asking, SET_KEYS, SetOptions } from '../../../contract/bulk-set';

/** Where the objects of one run are. */
export class Places {
  readonly manifest: string;
  readonly plan: string;
  readonly parts: string;
  readonly summaries: string;
  private readonly root: string;

  constructor({ outputPrefix }: SetOptions, private readonly run: string) {
    this.root = `${outputPrefix}${run}/`;
    this.manifest = this.root + SET_KEYS.manifest;
    this.plan = this.root + SET_KEYS.plan;
    this.parts = this.root + SET_KEYS.parts;
    this.summaries = this.root + SET_KEYS.summaries;
  }

  /** The records of a part, as the round asks them: all of them, or those that are left. */
  records(part: number, round: number): string {
    return round === 1 ? `${this.root}${SET_KEYS.records}${number(part)}.jsonl` : `${this.work(part)}records-${round}.jsonl`;
  }

  /** What a round asks. The name of its job is the same whoever makes it, so a job is never made twice. */
  asking(part: number, round: number, records: number, by: Asker): Asking {
    return {
      part,
      round,
      records,
      by,
      recordsKey: this.records(part, round),
      batchesKey: this.batches(part, round),
      outputPrefix: `${this.work(part)}job-${round}/`,
      jobName: `haiku-${createHash('sha256').update(this.run).digest('hex').slice(0, 24)}-${part}-${round}`,
    };
  }

  /** The same records by their places, some a worker. */
  batches(part: number, round: number): string {
    return `${this.work(part)}batches-${round}.jsonl`;
  }

  results(part: number): string {
    return `${this.root}${SET_KEYS.results}${number(part)}.jsonl`;
  }

  summary(part: number): string {
    return `${this.summaries}${number(part)}.json`;
  }

  /** What came out of the rounds of a part stands below this. */
  work(part: number): string {
    return `${this.root}${SET_KEYS.work}${number(part)}/`;
  }

  answers(part: number, round: number, batch: number): string {
    return `${this.work(part)}answers-${round}/${number(batch)}.jsonl`;
  }

  /** What a worker had when it ran out of time. */
  partial(part: number, round: number, batch: number): string {
    return `${this.work(part)}partial-${round}/${number(batch)}.jsonl`;
  }
}

/** The round of an object below the work of a part that holds results; nothing for any other object. */
export function roundOf(key: string): number | undefined {
  const found = /\/(?:job|answers)-(\d{1,2})\/(?:[^/]{1,200}\/){0,3}[^/]{1,1024}\.jsonl(?:\.out)?$/.exec(key);
  return found ? Number(found[1]) : undefined;
}

/** In keys numbers have as many digits as sort them. */
function number(of: number): string {
  return String(of).padStart(6, '0');
}
