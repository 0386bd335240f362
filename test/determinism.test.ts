import { execFileSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const APP = join(__dirname, 'determinism', 'app.ts');
const OTHER_CLOCK = join(__dirname, 'determinism', 'another-clock.cjs');
const TSX = require.resolve('tsx/cli');

/** Synthesises the app in a process and a folder of its own. Returns file name -> content of what is deployed. */
function synthesised(environment: Record<string, string>, nodeOptions: string[] = []): Record<string, string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'determinism-')));
  try {
    execFileSync(process.execPath, [...nodeOptions, TSX, APP, join(folder, 'assembly')], {
      cwd: folder,
      env: { PATH: process.env.PATH, CDK_VALIDATION: 'false', TSX_TSCONFIG_PATH: join(__dirname, 'tsconfig.json'), ...environment, HOME: folder },
      stdio: 'pipe',
    });
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
