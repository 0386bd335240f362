import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '..', '..', 'scripts', 'test-count.mjs');

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'test-count-')); });
afterEach(() => rmSync(folder, { recursive: true }));

function report(suite: string, numPassedTests: number, numFailedTests = 0, numRuntimeErrorTestSuites = 0): void {
  writeFileSync(join(folder, `${suite.replace(':', '-')}.json`), JSON.stringify({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites }));
}

/** The count of checks that ended so: name, exit code, seconds. */
function count(...checks: Array<[string, number, number]>) {
  writeFileSync(join(folder, 'checks'), checks.map((check) => `${check.join('\t')}\n`).join(''));
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n'), stderr };
}

test('the last line is the count over every suite', () => {
  report('test', 3000);
  report('test:deploy', 42);
  expect(count(['test', 0, 200], ['lint', 0, 50], ['test:deploy', 0, 300])).toEqual({
    status: 0,
    lines: ['passed: test, 200 s, 3000 tests', 'passed: lint, 50 s', 'passed: test:deploy, 300 s, 42 tests', '3042 passed, 0 failed'],
    stderr: '',
  });
});

test('failed tests, and files that could not be run, are named by their suite', () => {
  report('test', 10, 2, 1);
  expect(count(['test', 1, 9])).toMatchObject({ status: 1, lines: ['FAILED (3 failed): test, 9 s, 10 tests', '10 passed, 3 failed'] });
});

test('a check without tests that fails counts as one', () => {
  report('test', 10);
  expect(count(['test', 0, 9], ['lint', 2, 5])).toMatchObject({ status: 1, lines: ['passed: test, 9 s, 10 tests', 'FAILED (exit code 2): lint, 5 s', '10 passed, 1 failed'] });
});

test('a suite that ends without a report, or fails after its tests have passed, counts as one', () => {
  report('test', 10);
  report('test:linters', 5);
  expect(count(['test', 0, 9], ['test:deploy', 1, 4], ['test:linters', 1, 3]).lines.slice(1)).toEqual([
    'FAILED (exit code 1): test:deploy, 4 s', 'FAILED (exit code 1): test:linters, 3 s, 5 tests', '15 passed, 2 failed',
  ]);
});

test('a suite that runs no test has failed', () => {
  report('test', 10);
  report('test:runtime', 0);
  expect(count(['test', 0, 9], ['test:runtime', 0, 4])).toMatchObject({ status: 1, lines: ['passed: test, 9 s, 10 tests', 'FAILED (no test ran): test:runtime, 4 s, 0 tests', '10 passed, 1 failed'] });
});
