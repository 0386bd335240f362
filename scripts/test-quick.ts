// npm run test:quick [-- <commit>]: what has changed since the commit, HEAD if there is none, with its nearest tests at the oldest CDK and
// its types, side by side. It finds most of what a change breaks, in less than a minute; npm test finds the rest.
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { nearestTests } from './quick/nearest-tests';

const ROOT = join(__dirname, '..');
const [since = 'HEAD'] = process.argv.slice(2);

function git(...args: string[]): string[] {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\n').filter((line) => line !== '');
}

/** Ends with the exit code of a tool of ours. */
async function run(tool: string, args: string[]): Promise<number> {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', tool), ...args], { cwd: ROOT, stdio: 'inherit', env: { ...process.env, JEST_CDK: 'floor' } });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

async function main(): Promise<number> {
  const changed = [...git('diff', '--name-only', since), ...git('ls-files', '--others', '--exclude-standard')];
  const tests = nearestTests(changed, git('ls-files', '--cached', '--others', '--exclude-standard', 'test/**.test.ts'));
  if (changed.length === 0) console.log(`Nothing has changed since ${since}: npm run test:quick -- HEAD~1 takes the last commit too.`);
  if (tests.length === 0) return 0;
  const codes = await Promise.all([
    run('typescript/bin/tsc', ['--noEmit', '-p', 'test/tsconfig.json', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/test-quick.tsbuildinfo']),
    run('jest/bin/jest.js', ['--ci', '--maxWorkers=2', '--runTestsByPath', ...tests]),
  ]);
  return Math.max(...codes);
}

void main().then((code) => { process.exitCode = code; });
