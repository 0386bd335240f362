import { execFileSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { version } from 'aws-cdk-lib/package.json';

const APP = join(__dirname, 'determinism', 'app.ts');
const OTHER_CLOCK = join(__dirname, 'determinism', 'another-clock.cjs');
// The process has the aws-cdk-lib that this run has.
const floor = (JSON.parse(readFileSync(join(__dirname, '..', 'node_modules', 'aws-cdk-lib', 'package.json'), 'utf8')) as { version: string }).version;
const TSCONFIG = join(__dirname, version === floor ? 'tsconfig.json' : 'tsconfig.newest.json');
const TSX = require.resolve('tsx/cli');

/** Synthesises the app in a process and a folder of its own. Returns file name -> content of what is deployed. */
function synthesised(environment: Record<string, string>, nodeOptions: string[] = []): Record<string, string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'determinism-')));
  try {
    const used = execFileSync(process.execPath, [...nodeOptions, TSX, APP, join(folder, 'assembly')], {
      cwd: folder,
      env: { PATH: process.env.PATH, CDK_VALIDATION: 'false', TSX_TSCONFIG_PATH: TSCONFIG, ...environment, HOME: folder },
      stdio: 'pipe',
      encoding: 'utf8',
    });
    expect(used).toBe(version);
    const files = readdirSync(join(folder, 'assembly')).filter((name) => /\.(template|assets)\.json$/.test(name)).sort();
    return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, 'assembly', name), 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('another folder, home directory, clock, time zone and locale give byte-identical templates and assets', () => {
  const here = synthesised({ TZ: 'UTC', LANG: 'C', LC_ALL: 'C' });
  const there = synthesised(
    { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', AWS_REGION: 'ap-south-1', AWS_DEFAULT_REGION: 'ap-south-1', USER: 'another' },
    ['--require', OTHER_CLOCK]);
  expect(Object.keys(here)).toEqual(['Agnostic.assets.json', 'Agnostic.template.json', 'Ireland.assets.json', 'Ireland.template.json']);
  expect(JSON.parse(here['Agnostic.template.json']).Mappings).toHaveProperty('ClaudeHaiku45SourceGeography');
  expect(there).toEqual(here);
}, 120_000);

test('the other clock of that test is another clock', () => {
  const year = execFileSync(process.execPath, ['--require', OTHER_CLOCK, '-p', 'new Date().getFullYear()'], { encoding: 'utf8' });
  expect(Number(year)).toBeGreaterThan(new Date().getFullYear() + 3);
});
