import { execFile } from 'node:child_process';
import { join } from 'node:path';

export const CLI = join(__dirname, '../../assets/cli/index.js');

/** Nothing can be asked: a connection ends the process. */
export const OFFLINE = { NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'no-network.cjs'))}` };

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the bundled command line as a process, without a terminal and with nothing of this machine's environment. */
export async function run(args: string[], env: Record<string, string> = {}, cwd?: string): Promise<Ended> {
  return new Promise((resolve) => {
    const home = join(__dirname, 'no-home');
    const child = execFile(process.execPath, [CLI, ...args], { cwd, env: { HOME: home, PATH: process.env.PATH ?? '', ...env } }, (_, stdout, stderr) => {
      // A slow machine is told about progress, a fast one is not.
      resolve({ code: child.exitCode, stdout, stderr: stderr.replace(/^(\d+ of \d+ Regions asked \(.*\)|Asking .*)\n/gm, '') });
    });
  });
}
