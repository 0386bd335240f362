// npm run compat:since [ref]: jsii-diff of the compiled API against the last release tag, or against the commit given.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiChanges } from './compat/api-changes';
import { runProgram } from './languages/program';

const ROOT = join(__dirname, '..');
const bin = (tool: string): string => join(ROOT, 'node_modules', tool, 'bin', tool);

function lastReleaseTag(): string | undefined {
  const { status, stdout } = spawnSync('git', ['describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*'], { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** Compiles the package as it was at a commit, with today's compiler and dependencies. */
function compiledAt(ref: string, folder: string): string {
  const old = join(folder, 'old');
  mkdirSync(old);
  runProgram(ROOT, 'git', ['archive', '--output', join(folder, 'old.tar'), ref]);
  runProgram(folder, 'tar', ['-xf', 'old.tar', '-C', old]);
  symlinkSync(join(ROOT, 'node_modules'), join(old, 'node_modules'));
  runProgram(old, process.execPath, [bin('jsii'), '--silence-warnings=reserved-word', '--silence-warnings=metadata/missing-dev-dependency']);
  return old;
}

function compare(ref: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'haiku-compat-'));
  try {
    const { status, output } = apiChanges(compiledAt(ref, folder), ROOT, join(ROOT, '.compatignore'));
    console.log(output.trim());
    console.log(status === 0 ? `The API breaks nothing since ${ref}.` : `The API breaks users of ${ref}: see above, and .compatignore for what is meant to break.`);
    process.exitCode = status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ref = process.argv[2] ?? lastReleaseTag();
if (ref) compare(ref);
else console.log('There is no release tag to compare with: no API has been promised yet, and nothing was compared.');
