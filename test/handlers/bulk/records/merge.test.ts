import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { inChunks, record } from './records';
import '../../../property-seed';
import type { BulkResult } from '../../../../src/contract/bulk-records';
import { mergePart, Round } from '../../../../src/handlers/bulk/records/merge';
import { Tally } from '../../../../src/handlers/bulk/records/tally';

let folder: string;
const files: FileHandle[] = [];
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'merge-')); });
afterEach(async () => { for (const file of files.splice(0)) await file.close(); });
afterAll(() => rmSync(folder, { recursive: true }));

async function round(lines: object[], attempts = 1): Promise<Round> {
  const path = join(folder, `${Math.random()}.jsonl`);
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const file = await open(path);
  files.push(file);
  return { file, attempts };
}

const answer = (recordId: string, outputTokens = 5) => ({
  recordId, modelInput: {}, modelOutput: { content: [{ type: 'text', text: `of ${recordId}` }], usage: { input_tokens: 3, output_tokens: outputTokens } },
});
const failure = (recordId: string, errorCode: number) => ({ recordId, modelInput: {}, error: { errorCode, errorMessage: 'why' } });

async function merged(ids: string[], rounds: Round[], last: boolean) {
  const tally = new Tally();
  const results: BulkResult[] = [];
  const left: string[] = [];
  for await (const some of mergePart(inChunks(ids.map((id) => `${record(id)}\n`).join(''), 50), rounds, last, tally)) {
    results.push(...some.results.map((text) => JSON.parse(text) as BulkResult));
    left.push(...some.left);
  }
  return { results, left, tally };
}

test('results stand in the order of their records, with what each took', async () => {
  const { results, left, tally } = await merged(['a', 'b', 'c'], [await round([answer('c'), answer('a', 9), failure('b', 400)])], false);
  expect(results).toEqual([
    { recordId: 'a', modelOutput: answer('a', 9).modelOutput, attempts: 1, route: 'batch', usage: { inputTokens: 3, outputTokens: 9 } },
    { recordId: 'b', error: { errorCode: 400, errorMessage: 'why' }, attempts: 1, route: 'batch' },
    { recordId: 'c', modelOutput: answer('c').modelOutput, attempts: 1, route: 'batch', usage: { inputTokens: 3, outputTokens: 5 } },
  ]);
  expect(left).toEqual([]);
  expect(tally.failures).toEqual({ 400: 1 });
  expect(tally.routes).toEqual({
    batch: { records: 3, succeeded: 2, failed: 1, attempts: 3, inputTokens: 6, outputTokens: 14, cacheReadTokens: 0, cacheWriteTokens: 0 },
  });
});

test('what another try may mend is left as it was sent, and so is a record without a line; in the last round each has a result', async () => {
  const first = await round([failure('a', 429), answer('b')]);
  expect((await merged(['a', 'b', 'c'], [first], false)).left).toEqual([record('a'), record('c')]);
  const { results, left } = await merged(['a', 'b', 'c'], [first, await round([failure('a', 500)], 2)], true);
  expect(left).toEqual([]);
  expect(results.map(({ recordId, attempts, error }) => [recordId, attempts, error?.errorCode]))
    .toEqual([['a', 2, 500], ['b', 1, undefined], ['c', 2, 'NoAnswer']]);
});

test('an answer of an earlier round is not given up for an error of a later one', async () => {
  const { results } = await merged(['a'], [await round([answer('a')]), await round([failure('a', 500)], 2)], true);
  expect(results[0].modelOutput).toBeDefined();
});

test('a result that no record asked for is refused by its ID', async () => {
  await expect(merged(['a'], [await round([answer('a'), answer('x')])], true)).rejects.toThrow('A result has a recordId that no record of the part has: "x".');
});

test('each record has exactly one result, whatever came out in which order', async () => {
  const ids = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 30 });
  await fc.assert(fc.asyncProperty(ids, fc.infiniteStream(fc.constantFrom('answer', 'bad', 'busy', 'none')), async (all, fates) => {
    const lines = all.flatMap((id) => ({ answer: [answer(id)], bad: [failure(id, 400)], busy: [failure(id, 503)], none: [] })[fates.next().value as 'none']);
    const rounds = [await round([...lines].reverse())];
    const before = await merged(all, rounds, false);
    const left = before.left.map((text) => JSON.parse(text).recordId);
    expect([...before.results.map(({ recordId }) => recordId), ...left].sort()).toEqual([...all].sort());
    const after = await merged(all, rounds, true);
    expect(after.results.map(({ recordId }) => recordId)).toEqual(all);
    expect(after.tally.routes.batch!.records).toBe(all.length);
  }), { numRuns: 40 });
});
