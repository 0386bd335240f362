import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { pathToFileURL } from 'url';
import * as haiku from 'cdk-bedrock-haiku';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const root = join(__dirname, '..', '..');
let folder: string;
let lib: string;

/** What a Node.js process of its own prints, as JSON. */
function printed(...args: string[]): unknown {
  return JSON.parse(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'false' } }));
}

function rewritten(source: string): string {
  const script = pathToFileURL(join(folder, 'scripts', 'lazy-requires.mjs')).href;
  return printed('--input-type=module', '-e', `import { lazyRequires } from ${JSON.stringify(script)};
    console.log(JSON.stringify(lazyRequires(${JSON.stringify(source)})));`) as string;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lazy-requires-'));
  lib = join(folder, 'lib');
  mkdirSync(join(folder, 'scripts'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  symlinkSync(join(root, 'assets'), join(folder, 'assets'), 'junction');
  const script = join(folder, 'scripts', 'lazy-requires.mjs');
  writeFileSync(script, readFileSync(join(root, 'scripts', 'lazy-requires.mjs')));
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
    const compiled = transpileModule(readFileSync(join(root, 'src', file), 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
    });
    const to = join(lib, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, compiled.outputText);
  }
  execFileSync(process.execPath, [script]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('no import is loaded before it is used', () => {
  const eager = readdirSync(lib, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .filter((file) => /^(const|var) \w+_\d+ = .*require\(/m.test(readFileSync(join(lib, file), 'utf8')));
  expect(eager).toEqual([]);
});

test('loading the package loads one file', () => {
  expect(printed('-e', `require(${JSON.stringify(lib)}); console.log(Object.keys(require.cache).length)`)).toBe(1);
});

test('every class and enum of src/index.ts is exported and enumerable', () => {
  // Compiled file by file, an interface leaves a name without a value behind.
  const kinds = (exported: object) => Object.fromEntries(Object.entries(exported).map(([name, value]) => [name, typeof value]));
  const program = `console.log(JSON.stringify((${kinds})(require(${JSON.stringify(lib)}))));`;
  expect(printed('-e', program)).toEqual(kinds(haiku));
  expect(kinds(haiku)).toMatchObject({ CrossRegionInferenceProfile: 'function', InferenceOption: 'object' });
});

test('an ES module imports the exports by name', () => {
  const program = `import { Geography, InferenceRouting } from ${JSON.stringify(pathToFileURL(join(lib, 'index.js')).href)};
    console.log(JSON.stringify(InferenceRouting.geo(Geography.EU).toString()));`;
  expect(printed('--input-type=module', '-e', program)).toBe('Geo EU');
});

test('every file still loads by itself, in any order', () => {
  // Handlers and the command line run when they are loaded.
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js') && !/\.lambda\.|^(cli|live)/.test(file));
  const program = `for (const file of ${JSON.stringify(files.reverse())}) require(${JSON.stringify(lib + '/')} + file);
    console.log(Object.keys(require.cache).filter((file) => file.startsWith(${JSON.stringify(lib)})).length)`;
  expect(printed('-e', program)).toBe(files.length);
});

test('an app synthesises the same template', () => {
  const program = (entry: string) => `const { App, Stack } = require('aws-cdk-lib');
    const { HaikuInvoker } = require(${JSON.stringify(entry)});
    const app = new App({ analyticsReporting: false, outdir: ${JSON.stringify(join(folder, 'cdk.out'))} });
    new HaikuInvoker(new Stack(app, 'Stack'), 'Invoker');
    console.log(JSON.stringify(app.synth().getStackByName('Stack').template));`;
  expect(printed('-e', program(lib))).toEqual(printed('-r', require.resolve('tsx/cjs'), '-e', program(join(root, 'src'))));
});

/** How the compiler's printer breaks lines does not matter. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

test('a class made with new keeps its arguments', () => {
  expect(oneLine(rewritten('const x_1 = require("x");\nnew x_1.Thing(x_1.name, (0, x_1.call)());\n'))).toBe(
    'let x_1 = () => { const loaded = require("x"); x_1 = () => loaded; return loaded; }; new (x_1().Thing)(x_1().name, (0, x_1().call)());');
});

test('what only looks like an import, in a text or a function, stays', () => {
  const source = 'const x_1 = require("x");\nconst text = "x_1.name";\nfunction f(x_2) { const y_1 = require("y"); return [y_1.z, x_2.a, `${x_1.b} x_1.c`]; }\n';
  expect(oneLine(rewritten(source))).toContain('const text = "x_1.name"; function f(x_2) { const y_1 = require("y"); return [y_1.z, x_2.a, `${x_1().b} x_1.c`]; }');
});

test('comments are left to the declarations', () => {
  expect(oneLine(rewritten('// One.\nconst a = 1; /** Two. */\n'))).toBe('const a = 1;');
});

test('what has been put off already is left alone', () => {
  const once = rewritten('const x_1 = require("x");\nexports.y = new x_1.Y(x_1.z);\n');
  expect(rewritten(once)).toBe(once);
});
