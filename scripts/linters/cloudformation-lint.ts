import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PythonEnvironment } from '../deploy/python-environment';

const TABLES = JSON.parse(readFileSync(join(__dirname, '..', '..', 'test', 'fixtures', 'regions.json'), 'utf8')) as {
  globalSources: Record<string, string[]>;
};

interface Match {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path: Array<string | number> | null };
}

/** Every source Region of the tables: the geographies' are among the global ones. */
export const REGIONS = Object.values(TABLES.globalSources).flat();

/** What cfn-lint says of a template in the Regions given, informational rules included. */
export function cfnLint(python: PythonEnvironment, template: unknown, regions: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'haiku-cfn-lint-'));
  try {
    const file = join(folder, 'template.json');
    writeFileSync(file, JSON.stringify(template, undefined, 1));
    // W3005 is about DependsOn that a Ref implies: CDK writes both.
    const args = ['--format', 'json', '--include-checks', 'I', '--ignore-checks', 'W3005', '--regions', ...regions, '--template', file];
    const { status, stdout, stderr } = spawnSync(python.program('cfn-lint'), args, { encoding: 'utf8' });
    // 0 is clean; 2, 4, 8 and their sums are findings; 1 and 32 are failures of the tool.
    if (status === null || status === 1 || status >= 32) throw new Error(`cfn-lint exited with ${status}: ${stderr}`);
    return (JSON.parse(stdout) as Match[]).map(({ Rule, Message, Location }) => `${Rule.Id} ${Location.Path?.join('/') ?? ''}: ${Message}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
