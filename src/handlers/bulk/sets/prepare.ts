import { createHash } from 'node:crypto';
import { Places } from './places';
import { RecordFile } from './record-file';
import type { Asking, SetOptions, SetState } from '../../../contract/bulk-set';
import type { InvokerConfig } from '../../invoke/config/config';
import { InvokerError } from '../../invoke/failures/errors';
import type { Buckets, Listed } from '../aws/buckets';
import { ServiceError } from '../aws/service-calls';
import { PartWriter } from '../records/part-writer';
import { RecordCheck } from '../records/record-check';
import { RecordSet, SetReport } from '../records/record-set';
import { RowTemplate } from '../records/row-template';

/** What the functions over a set have in common. */
export interface SetParts {
  readonly options: SetOptions;
  readonly buckets: Buckets;
  readonly inputBucket: string;
  readonly outputBucket: string;
}

/** What is told of a set that was read. */
export interface Plan extends SetReport {
  readonly state: SetState;
  /** Why nothing is asked, where nothing is. */
  readonly reason?: string;
  readonly objects: readonly Listed[];
  readonly parts: number;
}

/** What of it the state machine carries on. */
export interface Prepared {
  readonly run: string;
  readonly state: SetState;
  readonly parts: string;
}

/**
 * Reads a set, checks all of it and writes it down as the parts that are asked. Where a single record is wrong nothing is asked, so nothing is
 * paid for. An input that another run has taken is not taken again: both would pay for it.
 */
export async function prepare(set: SetParts & { readonly config: InvokerConfig }, run: string, again: boolean): Promise<Prepared> {
  const { options, buckets, inputBucket, outputBucket, config } = set;
  const places = new Places(options, run);
  const objects: Listed[] = [];
  for await (const object of buckets.list(inputBucket, options.inputPrefix)) if (object.size > 0 && isInput(object.key)) objects.push(object);
  const other = again ? undefined : await taken(set, run, objects);
  const template = options.template && new RowTemplate({ ...options.template.modelInput }, options.template.idField);
  const records = new RecordSet(new RecordCheck(config, template));
  const written: Asking[] = [];
  let changed: string | undefined;
  if (!other) {
    const writer = new PartWriter(options.part, (part) =>
      new RecordFile(buckets, outputBucket, places.records(part, 1), places.batches(part, 1), options.batch));
    try {
      for (const { key, etag } of objects) {
        for await (const some of records.read(key, buckets.chunks(inputBucket, key, etag))) await writer.add(some);
      }
    } catch (error) {
      if (!(error instanceof ServiceError) || error.status !== 412) throw error;
      changed = 'An object changed while it was read. Start another run when all objects are written.';
    }
    const least = options.leastPerJob ?? Infinity;
    written.push(...(await writer.end()).map(({ part, records: count }) => places.asking(part, 1, count, count >= least ? 'job' : 'on-demand')));
  }
  const { report } = records;
  const refused = changed ?? (report.problems > 0 ? `${report.problems} of ${report.problems + report.records} records are wrong. Correct them, and start another run.` : undefined);
  const state = other ? 'taken' : refused ? 'refused' : report.records === 0 ? 'empty' : 'ready';
  const reason = other ?? refused ?? (state === 'empty' ? `There are no records below s3://${inputBucket}/${options.inputPrefix}.` : undefined);
  const plan: Plan = { state, reason, ...report, objects, parts: written.length };
  await buckets.put(outputBucket, places.parts, written.map((item) => `${JSON.stringify(item)}\n`).join(''));
  await buckets.put(outputBucket, places.plan, JSON.stringify(plan));
  return { run, state, parts: places.parts };
}

/** Goes on with an earlier run: what it has the results of is not asked again, and a job that it made is not made again. */
export async function resume({ options, buckets, outputBucket }: SetParts, run: string): Promise<Prepared> {
  const places = new Places(options, run);
  const plan = await buckets.textIfThere(outputBucket, places.plan);
  if (plan === undefined) throw new InvokerError('NotFoundError', `There is no run ${JSON.stringify(run)} to go on with below s3://${outputBucket}/${options.outputPrefix}.`);
  return { run, state: (JSON.parse(plan) as Plan).state, parts: places.parts };
}

/** The run that has this input already, as a reason; nothing if it is this one. The first to write the object has it. */
async function taken({ options, buckets, inputBucket, outputBucket }: SetParts, run: string, objects: Listed[]): Promise<string | undefined> {
  const input = createHash('sha256').update(JSON.stringify([inputBucket, options.inputPrefix, objects])).digest('hex');
  const claim = `${options.outputPrefix}claims/${input}.json`;
  if (objects.length === 0 || await buckets.put(outputBucket, claim, JSON.stringify({ run }), { onlyNew: true })) return undefined;
  const { run: other } = JSON.parse(await buckets.text(outputBucket, claim)) as { run: string };
  if (other === run) return undefined;
  return `The run ${other} has asked these very objects. Start a run with {"again": true} to ask, and pay for, all of it again.`;
}

function isInput(key: string): boolean {
  return /\.(?:jsonl|json|csv)$/i.test(key);
}
