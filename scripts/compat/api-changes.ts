import { join } from 'node:path';
import { ProgramResult, tryProgram } from '../languages/program';

const JSII_DIFF = join(__dirname, '..', '..', 'node_modules', 'jsii-diff', 'bin', 'jsii-diff');

/** What jsii-diff says of two compiled packages: status 0 if the updated one breaks nothing but what the file of accepted changes names. */
export function apiChanges(original: string, updated: string, accepted: string): ProgramResult {
  return tryProgram(original, process.execPath, [JSII_DIFF, original, updated, '--error-on', 'all', '--keys', '--ignore-file', accepted]);
}
