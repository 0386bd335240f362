// npm run test:languages: the same example in each language, with the package that jsii builds for it, gives the same templates.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssembledStack, assembledStacks } from './deploy/cloud-assembly';
import { Go } from './languages/go';
import { Java } from './languages/java';
import { Language, ROOT, synthesise } from './languages/language';
import { pacmak } from './languages/pacmak';
import { Python } from './languages/python';
import { TypeScript } from './languages/typescript';

const { version, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string; devDependencies: Record<string, string> };
const CDK = devDependencies['aws-cdk-lib'];
const LANGUAGES: Language[] = [new Python(CDK), new Java(CDK, version), new Go()];

let folder: string;
let expected: AssembledStack[];
let message: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'haiku-languages-'));
  const typescript = new TypeScript();
  const { status, output } = typescript.runExample({
    CDK_OUTDIR: join(folder, 'TypeScript'), CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:version-reporting': false }),
  });
  if (status !== 0) throw new Error(output);
  expected = readdirSync(join(folder, 'TypeScript')).flatMap((example) => assembledStacks(join(folder, 'TypeScript', example)));
  message = /(Source Region is outside .*)/.exec(typescript.runWrongRegion().output)![1];
});

afterAll(() => rmSync(folder, { recursive: true }));

describe.each(LANGUAGES.map((language) => ({ name: language.name, language })))('$name', ({ name, language }) => {
  beforeAll(() => {
    mkdirSync(join(folder, name));
    language.install(join(folder, name));
  });

  test('gives TypeScript\'s templates, the handler\'s hash included', () => {
    const byName = (stacks: AssembledStack[]): unknown => Object.fromEntries(stacks.map((stack) => [stack.name, stack.template]));
    const stacks = synthesise(language, join(folder, name, 'cdk.out'));
    expect(stacks.map((stack) => stack.name).sort()).toEqual(['FirstInvocation', 'Summariser-eu-central-1', 'Summariser-eu-west-1']);
    expect(byName(stacks)).toEqual(byName(expected));
  });

  test('refuses a wrong Region in TypeScript\'s words', () => {
    const { status, output } = language.runWrongRegion();
    expect(status).not.toBe(0);
    expect(output.replace(/\s+/g, ' ')).toContain(message);
  });
});

test('.NET code is generated, with the package in it', () => {
  const code = pacmak('dotnet', join(folder, 'dotnet'), ['--code-only']);
  expect(existsSync(join(code, 'CdkBedrockHaiku', 'CdkBedrockHaiku.csproj'))).toBe(true);
  expect(readdirSync(join(code, 'CdkBedrockHaiku')).filter((file) => file.endsWith('.tgz'))).toEqual([`cdk-bedrock-haiku-${version}.tgz`]);
});
