import { FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Places, roundOf } from './places';
import type { SetParts } from './prepare';
import { RecordFile } from './record-file';
import { Asking, MOST_JOBS } from '../../../contract/bulk-set';
import { mergePart, Round } from '../records/merge';
import { Tally } from '../records/tally';

/**
 * Puts the outcomes of all rounds of a part together: the results of the whole part, in the order of its records; or, while some are left and
 * this is not the last round, what another round asks. The last few are asked on demand, since a job takes no fewer.
 */
export async function collect(set: SetParts, run: string, part: number, round: number, last: boolean): Promise<Asking> {
  const { options: { leastPerJob = 0 } } = set;
  const places = new Places(set.options, run);
  const left = await mergeRounds(set, places, part, round, last);
  const by = left === 0 ? 'nobody' : left < leastPerJob ? 'on-demand' : round < MOST_JOBS ? 'job' : 'nobody';
  if (left > 0 && by === 'nobody') await mergeRounds(set, places, part, round, true);
  return places.asking(part, round + 1, left, by);
}

/** How many records are left; if none, the results and their numbers are written. */
async function mergeRounds(set: SetParts, places: Places, part: number, round: number, last: boolean): Promise<number> {
  const { options, buckets, outputBucket } = set;
  const folder = await mkdtemp(join(tmpdir(), 'part-'));
  const files: FileHandle[] = [];
  try {
    const rounds = await downloaded(set, places, part, async (name) => {
      const file = await open(join(folder, name), 'w+');
      files.push(file);
      return file;
    });
    const tally = new Tally();
    const results = buckets.writer(outputBucket, places.results(part));
    const left = new RecordFile(buckets, outputBucket, places.records(part, round + 1), places.batches(part, round + 1), options.batch);
    let count = 0;
    for await (const merged of mergePart(buckets.chunks(outputBucket, places.records(part, 1)), rounds, last, tally)) {
      if (merged.results.length > 0 && count === 0) await results.write(`${merged.results.join('\n')}\n`);
      if (merged.left.length > 0) await left.write(merged.left);
      count += merged.left.length;
    }
    if (count > 0) {
      await results.discard();
      await left.close();
    } else {
      await results.close();
      await buckets.put(outputBucket, places.summary(part), JSON.stringify({ part, routes: tally.routes, failures: tally.failures }));
    }
    return count;
  } finally {
    for (const file of files) await file.close();
    await rm(folder, { recursive: true });
  }
}

/** The outcomes of each round in a local file, since they are read by record. */
async function downloaded(
  { buckets, outputBucket }: SetParts, places: Places, part: number, create: (name: string) => Promise<FileHandle>): Promise<Round[]> {
  const keys = new Map<number, string[]>();
  for await (const { key } of buckets.list(outputBucket, places.work(part))) {
    const round = roundOf(key);
    if (round !== undefined) keys.set(round, [...keys.get(round) ?? [], key]);
  }
  const rounds: Round[] = [];
  for (const [round, those] of [...keys].sort(([one], [other]) => one - other)) {
    const file = await create(`round-${round}`);
    for (const key of those) for await (const chunk of buckets.chunks(outputBucket, key)) await file.write(chunk);
    rounds.push({ file, attempts: round });
  }
  return rounds;
}
