import { spawn } from 'node:child_process';
import { paths } from './paths';

/** What a whole process cost. */
export interface ProcessCost {
  /** From its start to its exit, in ms. */
  readonly wall: number;
  /** User and system time of all its threads, in ms. Other work on the machine disturbs it less than the wall time. */
  readonly cpu: number;
  /** The most memory it held, in MiB. */
  readonly memory: number;
  /** Whatever else its last line says. */
  readonly figures: Record<string, number>;
}

/** Runs one of `bench/apps` beside the installed peers. The app prints its cost, as JSON, in its last line. */
export async function measuredProcess(app: string, args: string[], env: Record<string, string> = {}, flags: string[] = []): Promise<ProcessCost> {
  const start = process.hrtime.bigint();
  const child = spawn(process.execPath, [...flags, `${paths.installedApps}/${app}.cjs`, ...args], {
    cwd: paths.peers, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => { output += chunk; });
  child.stderr.on('data', (chunk) => { errors += chunk; });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  if (code !== 0) throw new Error(`${app} ${args.join(' ')} failed with ${code}:\n${errors}`);
  const { cpu, memory, ...figures } = JSON.parse(output.trim().split('\n').at(-1)!);
  return { wall, cpu, memory, figures };
}
