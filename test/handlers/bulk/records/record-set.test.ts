import * as fc from 'fast-check';
import { CONFIG, inChunks, record } from './records';
import '../../../property-seed';
import { Part, PartWriter } from '../../../../src/handlers/bulk/records/part-writer';
import { RecordCheck } from '../../../../src/handlers/bulk/records/record-check';
import { RecordSet } from '../../../../src/handlers/bulk/records/record-set';
import { SeenIds } from '../../../../src/handlers/bulk/records/seen-ids';
import { costOf, Tally } from '../../../../src/handlers/bulk/records/tally';

async function split(text: string, limits: { records: number; bytes: number }): Promise<{ parts: readonly Part[]; texts: string[] }> {
  const texts: string[] = [];
  const writer = new PartWriter(limits, (part) => ({
    write: async (lines) => { texts[part - 1] = `${texts[part - 1] ?? ''}${lines.join('\n')}\n`; },
    close: async () => undefined,
  }));
  for await (const records of new RecordSet(new RecordCheck(CONFIG)).read('x.jsonl', inChunks(text, 100))) await writer.add(records);
  return { parts: await writer.end(), texts };
}

test('a set is read file by file; what is wrong is counted by kind and the first of it named', async () => {
  const set = new RecordSet(new RecordCheck(CONFIG));
  for await (const _ of set.read('a.jsonl', inChunks(`${record('a')}\n{\n${record('b')}`))) expect(_).toBeDefined();
  for await (const _ of set.read('b.csv', inChunks('recordId,prompt\na,Hello\nc,Hello\n'))) expect(_).toBeDefined();
  expect(set.report).toMatchObject({
    records: 3,
    problems: 2,
    codes: { NOT_JSON: 1, DUPLICATE: 1 },
    first: [{ file: 'a.jsonl', line: 2, code: 'NOT_JSON' }, { file: 'b.csv', line: 2, code: 'DUPLICATE' }],
  });
});

test('parts hold all records in their order, none more than it may', async () => {
  const sizes = [fc.array(fc.nat(300)), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 900 })] as const;
  await fc.assert(fc.asyncProperty(...sizes, async (lengths, records, bytes) => {
    const text = lengths.map((length, index) => `${record(`r${index}`, 'x'.repeat(length + 1))}\n`).join('');
    const { parts, texts } = await split(text, { records, bytes });
    expect(texts.join('')).toBe(text);
    expect(parts).toEqual(texts.map((part, index) => ({ part: index + 1, records: part.split('\n').length - 1, bytes: Buffer.byteLength(part) })));
    // One record alone may be longer than that.
    expect(parts.every((part) => part.records <= records && (part.bytes <= bytes || part.records === 1))).toBe(true);
  }));
});

test('an ID is seen once, and another is never taken for it', () => {
  const ids = new SeenIds();
  const all = Array.from({ length: 200_000 }, (_, index) => `record-${index * 7919}`);
  expect(all.every((id) => ids.add(id))).toBe(true);
  expect(all.some((id) => ids.add(id))).toBe(false);
});

test('tallies add up, and what was used is priced by its route', () => {
  const part = new Tally();
  part.add({ recordId: 'a', modelOutput: {}, attempts: 1, route: 'batch', usage: { inputTokens: 1_000_000, outputTokens: 100_000 } });
  const whole = new Tally();
  whole.addAll(part);
  whole.addAll(part);
  whole.add({ recordId: 'b', error: { errorCode: 'ModelError', errorMessage: '' }, attempts: 4, route: 'on-demand' });
  whole.add({ recordId: 'c', modelOutput: {}, attempts: 1, route: 'on-demand', usage: { inputTokens: 500_000, outputTokens: 0, cacheReadTokens: 1_000_000 } });
  expect(whole.routes['on-demand']).toMatchObject({ records: 2, succeeded: 1, failed: 1, attempts: 5 });
  const prices = { asOf: '2026-11', sourceUrl: 'https://example.com', onDemand: { input: 1, output: 5, cacheRead: 0.1 }, batch: { input: 0.5, output: 2.5 } };
  expect(costOf(whole, prices)).toEqual({ usd: 2.1, usdOnDemand: 3.6, asOf: '2026-11', sourceUrl: 'https://example.com' });
  expect(costOf(whole, { ...prices, batch: undefined })).toBeUndefined();
  expect(costOf(whole, { ...prices, onDemand: { input: 1, output: 5 } })).toBeUndefined();
});
