import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { EXAMPLES } from './example-folders';

/** What `cdk synth` says of an app, and whether it fails. */
async function synthesised(file: string) {
  const { app } = await import(join(EXAMPLES, 'platform-repo', file)) as { app: App };
  const said: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation(() => {});
  const error = jest.spyOn(console, 'error').mockImplementation((text: string) => { said.push(text); });
  const before = process.exitCode;
  try {
    const { directory } = app.synth();
    const reports = ['policy-validation-report.json', 'validation-report.json'].map((name) => join(directory, name)).filter((path) => existsSync(path));
    return { failed: process.exitCode === 1, said: [...said, ...reports.map((path) => readFileSync(path, 'utf8'))].join('\n') };
  } catch (thrown) {
    return { failed: true, said: [...said, (thrown as Error).message].join('\n') };
  } finally {
    process.exitCode = before;
    log.mockRestore();
    error.mockRestore();
  }
}

test('the app of the team that stays in Europe passes', async () => {
  expect((await synthesised('app')).failed).toBe(false);
});

test('the app of the team with a global fallback is stopped, and told why', async () => {
  const { failed, said } = await synthesised('stopped');
  expect(failed).toBe(true);
  expect(said.replace(/\s+/g, ' ')).toContain('may run in any commercial AWS Region; only Geo EU is allowed');
});
