// npm run test:languages: what package:all has built; the same example in each language, with that package, gives the same templates.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { AssembledStack, assembledStacks } from './deploy/cloud-assembly';
import { extracted } from './languages/archive';
import { Go } from './languages/go';
import { Java } from './languages/java';
import { Language, ROOT, synthesise } from './languages/language';
import { packageFiles } from './languages/packages';
import { runProgram } from './languages/program';
import { Python } from './languages/python';
import { TypeScript } from './languages/typescript';

const { version, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string; devDependencies: Record<string, string> };
const CDK = devDependencies['aws-cdk-lib'];
const LANGUAGES: Language[] = [new Python(CDK, version), new Java(CDK, version), new Go(version)];

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

describe('npm run package:all has built', () => {
  const files = packageFiles(version);
  const tarball = (): Buffer => readFileSync(files.js[0]);

  test.each(Object.keys(files))('everything for %s', (target) => {
    expect(files[target].filter((file) => !existsSync(file))).toEqual([]);
  });

  test('a wheel and an sdist with the package in them', () => {
    for (const archive of files.python) {
      const content = extracted(archive, join(folder, 'archives', 'python', basename(archive)));
      const inside = content.filter((file) => file.endsWith('.jsii.tgz'));
      expect(inside.map((file) => basename(file))).toEqual([`cdk-bedrock-haiku@${version}.jsii.tgz`]);
      expect(readFileSync(inside[0]).equals(tarball())).toBe(true);
    }
  });

  test('a wheel whose README speaks Python', () => {
    const content = extracted(files.python[0], join(folder, 'archives', 'readme'));
    const readme = readFileSync(content.find((file) => basename(file) === 'METADATA')!, 'utf8');
    const blocks = [...readme.matchAll(/```python\n([^]*?)```/g)].map(([, block]) => block);
    expect(blocks.length).toBeGreaterThan(5);
    expect(readme).not.toMatch(/```ts\n/);
    // The translation leaves out the underscore that Python's keywords get.
    for (const block of blocks) runProgram(folder, 'python3', ['-c', 'import ast, sys; ast.parse(sys.argv[1])', block]);
  });

  test('a jar with the package in it, its sources and its javadoc', () => {
    const [classes, sources, javadoc] = files.java.filter((file) => file.endsWith('.jar')).map((file) => extracted(file, join(folder, 'archives', 'java', basename(file))));
    const names = (content: string[]): string[] => content.map((file) => basename(file));
    expect(names(classes)).toContain('HaikuInvoker.class');
    expect(names(sources)).toContain('HaikuInvoker.java');
    expect(names(javadoc)).toContain('HaikuInvoker.html');
    expect(readFileSync(classes.find((file) => file.endsWith('.jsii.tgz'))!).equals(tarball())).toBe(true);
  });

  test('a Go module with the package in it', () => {
    const module_ = dirname(files.go[0]);
    expect(readFileSync(join(module_, 'version'), 'utf8').trim()).toBe(version);
    expect(readdirSync(join(module_, 'jsii')).filter((file) => file.endsWith('.tgz'))).toEqual([`cdk-bedrock-haiku-${version}.tgz`]);
  });

  test('.NET code with the package in it', () => {
    const project = dirname(files.dotnet[0]);
    expect(readFileSync(join(project, `cdk-bedrock-haiku-${version}.tgz`)).equals(tarball())).toBe(true);
    expect(existsSync(join(project, 'CdkBedrockHaiku', 'HaikuInvoker.cs'))).toBe(true);
  });
});
