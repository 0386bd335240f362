// npm run test:package: what `npm pack` puts into the tarball, file by file.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

function run(program: string, args: string[], cwd: string): void {
  const { status, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** The files of an invoker's bundle. */
const HANDLER = ['explain.cjs', 'gen-ai.cjs', 'index.js', 'main.cjs', 'role-session.cjs', 'sentences.cjs', 'system-prompt.cjs'];

let folder: string;
let tarball: string;
let files: string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'haiku-pack-'));
  run('npm', ['pack', '--silent', '--pack-destination', folder], ROOT);
  tarball = join(folder, readdirSync(folder)[0]);
  run('tar', ['-xzf', tarball], folder);
  files = (readdirSync(join(folder, 'package'), { recursive: true }) as string[]).filter((file) => statSync(join(folder, 'package', file)).isFile()).sort();
});

afterAll(() => rmSync(folder, { recursive: true }));

const read = (file: string): string => readFileSync(join(folder, 'package', file), 'utf8');
const ours = (): string[] => files.filter((file) => !file.startsWith('node_modules/'));

test('the top of the package is what is documented', () => {
  expect([...new Set(files.map((file) => file.split('/')[0]))].sort()).toEqual([
    '.jsii', 'LICENSE', 'README.md', 'assets', 'lib', 'node_modules', 'package.json', 'snapshot.d.ts', 'snapshot.js', 'testing.d.ts', 'testing.js',
  ]);
});

test('every bundle is in it, and the licences of the code in them', () => {
  const bundles = (readdirSync(join(ROOT, 'src'), { recursive: true }) as string[]).filter((file) => file.endsWith('.lambda.ts')).flatMap((file) => {
    const bundle = `assets/${file.split('/').pop()!.replace('.lambda.ts', '')}`;
    return file.startsWith('handlers/invoke-') ? HANDLER.map((name) => `${bundle}/${name}`) : [`${bundle}/index.js`];
  });
  const parts = ['json-schema', 'ladder', 'traffic', 'verdict'].map((name) => `assets/invoke-parts/${name}.cjs`);
  expect(files.filter((file) => file.startsWith('assets/'))).toEqual([...bundles, ...parts, 'assets/cli/index.js', 'assets/local/index.cjs', 'assets/licenses/THIRD_PARTY_LICENSES'].sort());
});

test('the command line is a program', () => {
  expect(() => accessSync(join(folder, 'package', 'assets/cli/index.js'), constants.X_OK)).not.toThrow();
  expect(read('assets/cli/index.js').startsWith('#!/usr/bin/env node\n')).toBe(true);
});

test('the library is one script for each source that is not a handler\'s, and the declarations that its entries refer to', () => {
  const sources = (readdirSync(join(ROOT, 'src'), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts') && !/^(handlers|cli|live)\//.test(file)).map((file) => `lib/${file.replace(/\.ts$/, '')}`);
  const library = ours().filter((file) => file.startsWith('lib/'));
  const declared = library.filter((file) => file.endsWith('.d.ts')).map((file) => file.replace(/\.d\.ts$/, ''));
  expect(library.filter((file) => file.endsWith('.js'))).toEqual(sources.map((file) => `${file}.js`).sort());
  expect(sources).toEqual(expect.arrayContaining(declared));
  const referred = declared.flatMap((file) => [...read(`${file}.d.ts`).matchAll(/(?:from|import\()\s*['"](\.[^'"]+)['"]/g)].map(([, path]) => join(file, '..', path)));
  expect([...new Set([...referred, 'lib/index', 'lib/snapshot', 'lib/testing'])].sort()).toEqual(declared.sort());
});

test('only the dependencies that are bundled on purpose are in it', () => {
  const { bundledDependencies } = JSON.parse(read('package.json')) as { bundledDependencies: string[] };
  expect([...new Set(files.filter((file) => file.startsWith('node_modules/')).map((file) => file.split('/')[1]))].sort()).toEqual([...bundledDependencies].sort());
});

test('no test and no source map is in it, and nothing points to one', () => {
  expect(ours().filter((file) => /\.test\.|\.map$|__snapshots__|stand-in/.test(file))).toEqual([]);
  expect(ours().filter((file) => /\.js$/.test(file) && /^\/\/# sourceMappingURL=/m.test(read(file)))).toEqual([]);
});

test('it stays small', () => {
  // The peers have 470,000, 1,000,000 and 1,800,000.
  expect(statSync(tarball).size).toBeLessThanOrEqual(910_000);
  expect(files.reduce((sum, file) => sum + statSync(join(folder, 'package', file)).size, 0)).toBeLessThanOrEqual(3_550_000);
});

test('no file names this machine', () => {
  const places = [ROOT, tmpdir(), homedir()].filter((place) => place.length > 1);
  expect(ours().filter((file) => file !== 'README.md' && places.some((place) => read(file).includes(`${place}/`)))).toEqual([]);
});
