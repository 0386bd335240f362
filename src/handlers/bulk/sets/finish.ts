import { collect } from './collect';
import { Places } from './places';
import type { Plan, SetParts } from './prepare';
import type { BulkTally } from '../../../contract/bulk-records';
import { Asking, MOST_JOBS } from '../../../contract/bulk-set';
import { costOf, Tally } from '../records/tally';

/** How a run ended. */
export interface Finished {
  readonly state: 'succeeded' | 'failed';
  readonly manifest: string;
}

/** The plan of a run that ended before its records were read. */
const NOT_READ = JSON.stringify({ state: 'refused', reason: 'The run ended before its records were read.', records: 0, problems: 0, codes: {}, first: [], objects: [], parts: 0 });

/** Writes the manifest of a run. A part that nobody finished is put together of what there is of it, so that each record has its result. */
export async function finish(set: SetParts, run: string): Promise<Finished> {
  const { options, buckets, outputBucket } = set;
  const places = new Places(options, run);
  const plan = JSON.parse(await buckets.textIfThere(outputBucket, places.plan) ?? NOT_READ) as Plan;
  const tally = new Tally();
  if (plan.state === 'ready') {
    for (const { part } of linesIn<Asking>(await buckets.text(outputBucket, places.parts))) {
      const read = () => buckets.textIfThere(outputBucket, places.summary(part));
      if (await read() === undefined) await collect(set, run, part, MOST_JOBS, true);
      tally.addAll(JSON.parse((await read())!) as BulkTally);
    }
  }
  const succeeded = Object.values(tally.routes).reduce((sum, counts) => sum + counts.succeeded, 0);
  // A run in which nothing was answered has failed, also where each job says that it completed.
  const state = succeeded > 0 ? 'succeeded' : 'failed';
  const { records, problems, codes, first, objects, reason } = plan;
  await buckets.put(outputBucket, places.manifest, JSON.stringify({
    run,
    state,
    reason: reason ?? (succeeded === 0 ? 'No record has an answer. The failures say why.' : undefined),
    records,
    succeeded,
    failed: plan.state === 'ready' ? records - succeeded : 0,
    routes: tally.routes,
    failures: tally.failures,
    cost: costOf(tally, options.prices),
    problems: { count: problems, codes, first },
    objects,
    results: plan.state === 'ready' ? Array.from({ length: plan.parts }, (_, index) => places.results(index + 1)) : [],
  }, undefined, 2));
  return { state, manifest: places.manifest };
}

function linesIn<T>(text: string): T[] {
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}
