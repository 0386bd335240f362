import type { RateOptions } from './bulk-queue';
import type { BulkPrices } from './bulk-records';

/** What the construct of a map or of batch jobs tells its functions: one JSON object of literals. */
export interface SetOptions {
  readonly inputPrefix: string;
  /** Ends with a slash, or is empty. */
  readonly outputPrefix: string;
  /** How rows become records. Default: each line is a record. */
  readonly template?: { readonly modelInput: object; readonly idField?: string };
  /** What a part of a set holds at most: one batch job, or one worker's merge. */
  readonly part: { readonly records: number; readonly bytes: number };
  /** What one worker asks at most. */
  readonly batch: { readonly records: number; readonly bytes: number };
  /** Fewer records than this are asked on demand. */
  readonly leastPerJob?: number;
  readonly prices?: BulkPrices;
  readonly rate: RateOptions;
}

/** The environment variables of the functions. */
export const SET_VARIABLES = {
  options: 'HAIKU_SET_OPTIONS',
  inputBucket: 'HAIKU_SET_INPUT_BUCKET',
  outputBucket: 'HAIKU_SET_OUTPUT_BUCKET',
  /** The table with the rate, for the functions that call the model. */
  table: 'HAIKU_SET_TABLE',
  /** The account that the buckets belong to. */
  account: 'HAIKU_SET_ACCOUNT',
} as const;

/** So many jobs ask the records of a part at most; what is then left and would make another job is given up. */
export const MOST_JOBS = 2;

/** What became of a set when it was read: its parts are ready, or there is nothing to ask. */
export type SetState = 'ready' | 'refused' | 'empty' | 'taken';

/** How records are asked next: by a batch job, or one by one. */
export type Asker = 'job' | 'on-demand' | 'nobody';

/** The records of a part that a round asks, as the state machine carries them on: their number, and where they are. */
export interface Asking {
  /** From 1 on. */
  readonly part: number;
  /** From 1 on. */
  readonly round: number;
  readonly records: number;
  readonly by: Asker;
  /** The file of records. */
  readonly recordsKey: string;
  /** The places of its batches. */
  readonly batchesKey: string;
  /** Where a job's output goes. */
  readonly outputPrefix: string;
  readonly jobName: string;
}

/** An item of the map over batches: some records of a file, by their place in it. */
export interface BatchItem {
  /** From 1 on. */
  readonly batch: number;
  readonly key: string;
  readonly start: number;
  readonly bytes: number;
  readonly records: number;
}

/** Where things are below the output prefix and the name of a run; the state machine writes the same keys. */
export const SET_KEYS = {
  manifest: 'manifest.json',
  plan: 'plan.json',
  parts: 'parts.jsonl',
  records: 'records/',
  results: 'results/',
  summaries: 'summaries/',
  work: 'work/',
} as const;

/** The environment variables of the function that tells a run of a job's end. */
export const RESUME_VARIABLES = { bucket: 'HAIKU_BATCH_BUCKET', prefix: 'HAIKU_BATCH_PREFIX' } as const;
