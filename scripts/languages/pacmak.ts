import { join } from 'node:path';
import { ROOT } from './language';
import { runProgram } from './program';

/** Runs jsii-pacmak for one target on a compiled package. */
export function pacmak(target: string, outdir: string, args: string[] = [], root = ROOT): string {
  runProgram(root, process.execPath, [join(ROOT, 'node_modules', 'jsii-pacmak', 'bin', 'jsii-pacmak'), '--target', target, '--outdir', outdir, ...args]);
  return join(outdir, target);
}
