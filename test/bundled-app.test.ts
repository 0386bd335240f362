// An app that esbuild has made one file of, and this library with it: what lay beside the library then lies elsewhere.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..');
const APP = `
import { App, Stack } from 'aws-cdk-lib/core';
import { HaikuInvoker, HaikuPreflight } from 'cdk-bedrock-haiku';
import { withoutHandlerHashes } from 'cdk-bedrock-haiku/snapshot';
const app = new App();
const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-2' } });
try {
  new HaikuInvoker(stack, 'Invoker');
  new HaikuPreflight(stack, 'Preflight');
  const { template } = app.synth().getStackByName('Stack');
  console.log(JSON.stringify(withoutHandlerHashes(template)).match(/<handler>/g).length);
} catch (error) {
  console.log(error.message);
}`;

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'haiku-bundled-')));
  mkdirSync(join(folder, 'dist'));
  mkdirSync(join(folder, 'node_modules'));
  for (const peer of ['aws-cdk-lib', 'constructs']) symlinkSync(join(ROOT, 'node_modules', peer), join(folder, 'node_modules', peer));
  writeFileSync(join(folder, 'app.ts'), APP);
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What the app prints when it is run as one file. */
function run(format: 'cjs' | 'esm', outfile: string): string {
  buildSync({
    absWorkingDir: folder,
    entryPoints: ['app.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format,
    external: ['aws-cdk-lib', 'constructs'],
    alias: { 'cdk-bedrock-haiku': join(ROOT, 'src'), 'cdk-bedrock-haiku/snapshot': join(ROOT, 'src', 'snapshot') },
    nodePaths: [join(ROOT, 'node_modules')],
    logLevel: 'silent',
  });
  const { stdout, stderr } = spawnSync(process.execPath, [outfile], { cwd: folder, encoding: 'utf8' });
  return stdout.trim() || stderr;
}

test('without the package beside it, the error says how', () => {
  expect(run('cjs', 'dist/app.js')).toBe(
    `Handlers of cdk-bedrock-haiku are not found, got ${JSON.stringify(join(folder, '..', 'assets'))}; expected the folder "assets" of the package. `
    + 'If your app is bundled into one file, leave the package out of it, for example with esbuild --external:cdk-bedrock-haiku, and have it installed where the app runs.');
});

test.each([['cjs', 'dist/app.js'], ['esm', 'dist/app.mjs']] as const)('with the package installed where it runs, an app in %s finds the handlers', (format, outfile) => {
  symlinkSync(ROOT, join(folder, 'node_modules', 'cdk-bedrock-haiku'));
  expect(run(format, outfile)).toBe('2');
});
