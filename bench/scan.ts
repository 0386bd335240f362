// What a scan of an assembly costs beside cdk-nag and cfn-lint on the same templates, written to docs/performance.md.
// Usage: npm run bench:scan [-- --rounds=5]. Without cfn-lint on the path its rows are left out.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table, writeSection } from './page';
import { paths } from './paths';
import { interleaved, numbersOf } from './rounds';

const { numbers: { rounds: ROUNDS }, published } = numbersOf(parseArgs({ options: { rounds: { type: 'string' } } }).values, { rounds: 5 });

/** Functions with their roles and policies: three resources each. */
const SIZES = [{ stacks: 1, functions: 17 }, { stacks: 1, functions: 166 }, { stacks: 10, functions: 17 }, { stacks: 100, functions: 17 }];

interface Cost {
  /** From its start to its exit, in ms. */
  readonly wall: number;
  /** The most memory that it held, in MiB. */
  readonly memory: number;
}

/** Runs a program to its end. Findings are no failure. */
function cost(program: string, args: string[], env: Record<string, string> = {}): Cost {
  const { stderr, status } = spawnSync('/usr/bin/time', ['--quiet', '-f', '%e %M', program, ...args], { encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1e9 });
  const [, seconds, kilobytes] = /([\d.]+) (\d+)\s*$/.exec(stderr) ?? [];
  if (status === null || status > 31 || seconds === undefined) throw new Error(`${program} failed:\n${stderr}`);
  return { wall: Number(seconds) * 1000, memory: Number(kilobytes) / 1024 };
}

/** The middle one of some figures. */
function median(figures: number[]): number {
  return [...figures].sort((one, other) => one - other)[Math.floor(figures.length / 2)];
}

async function main(): Promise<void> {
  const app = join(paths.apps, 'scanned.cjs');
  const hasCfnLint = spawnSync('cfn-lint', ['--version']).status === 0;
  const rows: string[][] = [];
  for (const { stacks, functions } of SIZES) {
    const outdir = join(paths.assemblies, `scanned-${stacks}-${functions}`);
    mkdirSync(outdir, { recursive: true });
    const synth = { CDK_VALIDATION: 'false' };
    cost(process.execPath, [app, String(stacks), String(functions), outdir], synth);
    const templates = readdirSync(outdir).filter((file) => file.endsWith('.template.json')).map((file) => join(outdir, file));
    const resources = templates.reduce((sum, file) => sum + Object.keys((JSON.parse(readFileSync(file, 'utf8')) as { Resources: object }).Resources).length, 0);
    const variants: Record<string, () => Cost> = {
      'scan': () => cost(process.execPath, [join(paths.root, 'assets', 'cli', 'index.js'), 'scan', outdir, '--json']),
      'synth alone': () => cost(process.execPath, [app, String(stacks), String(functions), outdir], synth),
      'synth with cdk-nag': () => cost(process.execPath, [app, String(stacks), String(functions), outdir, 'nag'], synth),
      // A hundred templates take it minutes.
      ...hasCfnLint && templates.length <= 10 && { 'cfn-lint': () => cost('cfn-lint', ['--ignore-checks', 'W3005', '--template', ...templates]) },
    };
    const measured = await interleaved(Object.keys(variants), ROUNDS, (variant) => Promise.resolve(variants[variant]()));
    for (const [variant, costs] of Object.entries(measured)) {
      const [wall, memory] = [median(costs.map((one) => one.wall)) / 1000, median(costs.map((one) => one.memory))];
      rows.push([String(stacks), String(resources), variant, wall.toFixed(2), memory.toFixed(0)]);
    }
  }
  const section = [
    '## What a scan costs',
    'Written by `npm run bench:scan`. Each run is a process of its own, from its start to its exit, and the variants take turns in every round, so read the ratios: the machine was shared. '
    + 'A figure is the median. cdk-nag and cfn-lint judge other things; they are here because teams run them at the same place. What cdk-nag costs is the difference to the synthesis alone.',
    table(['stacks', 'resources', '', 'wall s', 'peak MiB'], rows),
  ].join('\n\n');
  console.log(section);
  if (published) writeSection(paths.page, 'Performance', section, 'scan');
  rmSync(paths.assemblies, { recursive: true, force: true });
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
