import * as fc from 'fast-check';
import { inChunks } from './records';
import '../../../property-seed';
import { csvRows } from '../../../../src/handlers/bulk/records/csv-rows';
import { linesOf } from '../../../../src/handlers/bulk/records/lines';

async function all<T>(groups: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const group of groups) items.push(...group);
  return items;
}

const lines = async (text: string, size: number, most = 100) =>
  (await all(linesOf(inChunks(text, size), most))).map(({ number, bytes }) => [number, bytes?.toString()]);

test('lines keep their numbers, whatever the chunks; blank ones are left out', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ''))), fc.integer({ min: 1, max: 20 }), fc.boolean(), async (texts, size, closed) => {
    const expected = texts.map((text, index) => [index + 1, text]).filter(([, text]) => (text as string).trim() !== '' || /[^ \t]/.test(text as string));
    expect(await lines(texts.join('\n') + (closed && texts.length > 0 ? '\n' : ''), size, 10_000)).toEqual(expected);
  }));
});

test('a carriage return at the end of a line is none of it', async () => {
  expect(await lines('a\r\nb\r\n\r\nc', 2)).toEqual([[1, 'a'], [2, 'b'], [4, 'c']]);
});

test('of a line that is too long only its number is kept, and the next line is read', async () => {
  expect(await lines(`${'x'.repeat(101)}\n${'y'.repeat(100)}\n${'z'.repeat(500)}`, 30)).toEqual([[1, undefined], [2, 'y'.repeat(100)], [3, undefined]]);
});

const field = fc.string({ unit: 'grapheme' });

test('rows of CSV come back as they were written, whatever the chunks', async () => {
  const table = fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 5 })
    .map((rows) => ({ width, rows: rows.filter((row) => row.length > 1 || row[0] !== '') })));
  await fc.assert(fc.asyncProperty(table, fc.integer({ min: 1, max: 20 }), async ({ width, rows }, size) => {
    const names = Array.from({ length: width }, (_, index) => `f${index}`);
    const text = [names, ...rows].map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n');
    expect((await all(csvRows(inChunks(text, size), 10_000))).map(({ fields }) => fields))
      .toEqual(rows.map((row) => Object.fromEntries(row.map((value, index) => [names[index], value]))));
  }));
});

test('a row with another number of fields, one that is too long and one that never ends are named by their first line', async () => {
  const text = 'a,b\n1,2\n"x\ny",2\n3\n4,5\n' + `${'z'.repeat(60)},1\n"open`;
  expect(await all(csvRows(inChunks(text), 50))).toEqual([
    { number: 2, fields: { a: '1', b: '2' } },
    { number: 3, fields: { a: 'x\ny', b: '2' } },
    { number: 5, problem: 'It has 1 fields, and the first row names 2.' },
    { number: 6, fields: { a: '4', b: '5' } },
    { number: 7, problem: 'It has more than 50 characters.' },
    { number: 8, problem: 'It has a quotation mark that no other one closes.' },
  ]);
});
