// Prints which checks failed and, as its last line, the plain count of all tests. A check that failed without a failed test counts as one.
// Usage: node scripts/test-count.mjs <folder>, where each suite has left <suite>.json, and `checks` has a line "<name>\t<exit code>\t<seconds>" for each check.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const checks = readFileSync(join(folder, 'checks'), 'utf8').trim().split('\n').map((line) => line.split('\t'));

let [passed, failed] = [0, 0];
for (const [name, status, seconds] of checks) {
  const report = reportOf(name);
  const failures = report ? report.numFailedTests + report.numRuntimeErrorTestSuites : 0;
  const problem = failures > 0 ? `${failures} failed` : Number(status) !== 0 ? `exit code ${status}` : report?.numPassedTests === 0 ? 'no test ran' : undefined;
  passed += report?.numPassedTests ?? 0;
  failed += problem ? Math.max(failures, 1) : 0;
  console.log(`${problem ? `FAILED (${problem})` : 'passed'}: ${name}, ${seconds} s${report ? `, ${report.numPassedTests} tests` : ''}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(passed > 0 && failed === 0 ? 0 : 1);

function reportOf(name) {
  const file = join(folder, `${name.replaceAll(':', '-')}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
