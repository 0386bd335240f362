import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { numbersOf } from '../../bench/rounds';

const USUAL = { rounds: 121, processes: 9 };

test.each<[{ rounds?: string; processes?: string }, typeof USUAL, boolean]>([
  [{}, USUAL, true],
  [{ rounds: '121' }, USUAL, true],
  [{ rounds: '200', processes: '10' }, { rounds: 200, processes: 10 }, true],
  [{ rounds: '120' }, { rounds: 120, processes: 9 }, false],
  [{ rounds: '500', processes: '1' }, { rounds: 500, processes: 1 }, false],
])('of %j come %j, published: %s', (asked, numbers, published) => {
  expect(numbersOf(asked, USUAL)).toEqual({ numbers, published });
});

test.each(['', '0', '-1', '1.5', 'many', '1e3'])('%j rounds are refused', (rounds) => {
  expect(() => numbersOf({ rounds }, { rounds: 7 })).toThrow(new Error(`--rounds is not a number, got "${rounds}"; expected a whole one of at least 1, such as 7.`));
});

test('figures of the invoker that are not to be published leave the page as it is', () => {
  const page = join(__dirname, '../../docs/performance.md');
  const before = readFileSync(page, 'utf8');
  const script = `import { report } from ${JSON.stringify(join(__dirname, '../../bench/invoker/report.mjs'))};
    report(${JSON.stringify(page)}, { results: [], buffered: [], streamed: [], rounds: 1, processes: 1, calls: 1 }, false);`;
  const printed = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], { cwd: join(__dirname, '../..'), encoding: 'utf8' });
  expect(printed).toContain('Medians of 1 whole processes');
  expect(printed).toContain('Not written to docs/performance.md');
  expect(readFileSync(page, 'utf8')).toBe(before);
});
