import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EXAMPLES, NAMES } from './example-folders';

const CDK = join(__dirname, '..', '..', 'node_modules', 'aws-cdk', 'bin', 'cdk');
const outdir = mkdtempSync(join(tmpdir(), 'haiku-examples-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

test.each(NAMES)('cdk synth runs %s without a warning of ours, an account or credentials', async (name) => {
  const { stderr } = await promisify(execFile)(process.execPath, [CDK, 'synth', '--quiet', '--no-notices', '--output', join(outdir, name)], {
    cwd: join(EXAMPLES, name),
    env: { PATH: process.env.PATH, HOME: outdir },
  });
  expect(stderr).not.toMatch(/cdk-bedrock-haiku:|error/i);
  expect(readdirSync(join(outdir, name))).toContain('manifest.json');
});
