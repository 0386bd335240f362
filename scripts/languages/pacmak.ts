import { join } from 'node:path';
import { ROOT } from './language';
import { runProgram } from './program';

/** A block of the README that no tablet translates would stand untranslated under the name of another language. */
const TRANSLATED = ['--rosetta-tablet', join(ROOT, '.jsii.tabl.json'), '--rosetta-unknown-snippets', 'fail'];

/** Runs jsii-pacmak for one target on a compiled package whose examples were translated. */
export function pacmak(target: string, outdir: string, args: string[] = [], root = ROOT): string {
  runProgram(root, process.execPath, [join(ROOT, 'node_modules', 'jsii-pacmak', 'bin', 'jsii-pacmak'), '--target', target, '--outdir', outdir, ...TRANSLATED, ...args]);
  return join(outdir, target);
}
