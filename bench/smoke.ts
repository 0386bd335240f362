// `npm run bench:smoke`: what must not get worse, in about ten seconds, on the compiled package. Every limit is a ratio or a
// count, so that a slow or busy machine passes too.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { goals } from './goals';
import { packed } from './install';
import { sizeWithoutBundles } from './package-size';
import { paths } from './paths';
import { ALLOCATIONS } from './route-validation';
import { growthRatio, mappings, policyBytes, timeRatio } from './smoke-apps';

interface Limit {
  readonly what: string;
  readonly value: number;
  readonly most: number;
}

/** What one of `bench/apps` prints in a process of its own, beside this repository's packages. */
function figures(app: string, args: string[], flags: string[] = []): Record<string, number> {
  const output = execFileSync(process.execPath, [...flags, join(paths.apps, `${app}.cjs`), ...args], { cwd: paths.root, encoding: 'utf8' });
  return JSON.parse(output.trim().split('\n').at(-1)!);
}

function limits(): Limit[] {
  const [MB, lib] = [1e6, join(paths.root, 'lib')];
  const tarball = packed(paths.root, '--dry-run');
  const library = sizeWithoutBundles(tarball, paths.root);
  const [small, large] = ['20', '400'].map((rows) => figures('route', [lib, rows], ALLOCATIONS));
  return [
    { what: '100 grants: time to hand-written IAM', value: timeRatio(100), most: goals.grantTime },
    { what: '100 grants in an environment-agnostic stack: time to hand-written IAM', value: timeRatio(100, true), most: goals.grantTime },
    { what: '200 roles: time a role to that of 50', value: growthRatio(50, 200), most: 1.5 },
    { what: 'one grant: bytes to the documented policy', value: policyBytes(1) / goals.documentedPolicy, most: goals.templateBytes },
    { what: '100 grants to one role: bytes to one grant', value: policyBytes(100) / policyBytes(1), most: 1 },
    { what: '50 profiles in an environment-agnostic stack: mappings', value: mappings(50), most: 1 },
    { what: 'require: files', value: figures('require', [lib]).files, most: 1 },
    { what: 'library: download to its limit', value: library.size / MB / goals.library[0], most: 1 },
    { what: 'library: on disk to its limit', value: library.unpackedSize / MB / goals.library[1], most: 1 },
    // The goal is 1, which the core kept. Command line, scanner and work in bulk weigh as much again: what is reached is held here. The peers
    // weigh 0.47, 1.00 and 1.80 MB.
    { what: 'with every bundle: download to the smallest peer', value: tarball.size / MB / goals.package[0], most: 1.94 },
    { what: 'with every bundle: on disk to the smallest peer', value: tarball.unpackedSize / MB / goals.package[1], most: 1.56 },
    { what: 'a Region choice, 20 times the table: bytes', value: large.bytes / small.bytes, most: goals.tableGrowth },
  ];
}

const judged = limits().map((limit) => ({ ...limit, kept: limit.value <= limit.most }));
for (const { what, value, most, kept } of judged) console.log(`${kept ? 'ok    ' : 'FAILED'} ${what}: ${value.toFixed(2)}, at most ${most}`);
const failed = judged.filter(({ kept }) => !kept).length;
console.log(`${judged.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
