// npm run test:compat: a break of the API is found, unless .compatignore names it. The repository must have been compiled.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiChanges } from './compat/api-changes';
import { ROOT } from './languages/language';
import { compiledCopy } from './languages/package-copy';
import { tryProgram } from './languages/program';

const REMOVED = 'removed:cdk-bedrock-haiku.BedrockApiKeys.denyAll';

let folder: string;
/** The package with one method that is public no more, and that nothing else uses. */
let broken: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'haiku-compat-'));
  const installed = (name: string): string => join(ROOT, 'node_modules', name);
  broken = compiledCopy(folder, { 'aws-cdk-lib': installed('aws-cdk-lib'), 'constructs': installed('constructs') }, (copy) => {
    const file = join(copy, 'src', 'perimeter', 'bedrock-api-keys.ts');
    const source = readFileSync(file, 'utf8');
    const changed = source.replace('public static denyAll(', '/** @internal */ public static _denyAll(');
    expect(changed).not.toBe(source);
    writeFileSync(file, changed);
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

function accepting(...keys: string[]): string {
  const file = join(folder, 'accepted');
  writeFileSync(file, keys.map((key) => `${key}\n`).join(''));
  return file;
}

test('a public method that goes is a break', () => {
  const { status, output } = apiChanges(ROOT, broken, accepting());
  expect(output).toContain(REMOVED);
  expect(status).toBe(1);
});

test('a break that is accepted by name is none', () => {
  expect(apiChanges(ROOT, broken, accepting(REMOVED)).status).toBe(0);
});

test('a break that is accepted accepts no other', () => {
  expect(apiChanges(ROOT, broken, accepting(REMOVED.replace('denyAll', 'denyLongTerm'))).status).toBe(1);
});

test('a method that comes is no break', () => {
  expect(apiChanges(broken, ROOT, accepting())).toMatchObject({ status: 0 });
});

test('a package that cannot be read is not taken for one that breaks nothing', () => {
  expect(apiChanges(join(folder, 'package', 'src'), ROOT, accepting()).status).not.toBe(0);
});

test('npm run compat:since compares with the commit given', () => {
  const tsx = join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const { status, output } = tryProgram(ROOT, process.execPath, [tsx, join(ROOT, 'scripts', 'compat.ts'), 'HEAD']);
  expect(output).toContain('The API breaks nothing since HEAD.');
  expect(status).toBe(0);
});
