// Prints the plain count of the test reports given, and fails on an empty suite.
import { readFileSync } from 'node:fs';

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const total = (field) => reports.reduce((sum, report) => sum + report[field], 0);
const passed = total('numPassedTests');
const failed = total('numFailedTests') + total('numRuntimeErrorTestSuites');
console.log(`${passed} passed, ${failed} failed`);
process.exit(passed > 0 && failed === 0 ? 0 : 1);
