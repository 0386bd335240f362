// npm run test:versions: the library compiles, and every example gives the same templates, at the floor and at the newest CDK.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AssembledStack, assembledStacks } from './deploy/cloud-assembly';
import { ROOT } from './languages/language';
import { compiledCopy, Peers } from './languages/package-copy';
import { runProgram } from './languages/program';
import { NAMES } from '../test/examples/example-folders';

const installed = (name: string): string => join(ROOT, 'node_modules', name);
/** The library compiles against the oldest CDK beside today's constructs: older ones lack types that jsii asks for. */
const VERSIONS: Record<string, Peers> = {
  floor: { 'aws-cdk-lib': installed('aws-cdk-lib'), 'constructs': installed('constructs') },
  newest: { 'aws-cdk-lib': installed('aws-cdk-lib-newest'), 'constructs': installed('constructs') },
};

const templates: Record<string, Record<string, unknown>> = {};
let folder: string;

beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'haiku-versions-')); });

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs an example against the compiled copy, as a process of its own. */
function synthesise(copy: string, example: string): AssembledStack[] {
  const outdir = join(copy, 'cdk.out', example);
  const tsconfig = join(copy, 'examples', 'tsconfig.json');
  runProgram(join(copy, 'examples', example), process.execPath, [join(installed('tsx'), 'dist', 'cli.mjs'), '--tsconfig', tsconfig, 'app.ts'], {
    CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:version-reporting': false }),
  });
  return assembledStacks(outdir);
}

test.each(Object.keys(VERSIONS))('at the %s, the library compiles and every example synthesises', (version) => {
  mkdirSync(join(folder, version));
  const copy = compiledCopy(join(folder, version), VERSIONS[version]);
  const stacks = NAMES.flatMap((name) => synthesise(copy, name));
  expect(stacks.length).toBeGreaterThanOrEqual(NAMES.length);
  templates[version] = Object.fromEntries(stacks.map(({ name, template }) => [name, template]));
});

test('the templates are the same at both', () => {
  expect(Object.keys(templates).sort()).toEqual(['floor', 'newest']);
  expect(templates.newest).toEqual(templates.floor);
});

interface Assembly {
  readonly types: Record<string, unknown>;
}

/** What jsii knows of a package: the file itself, or one that it names. */
function assembly(folder_: string): Assembly {
  const { filename, ...own } = JSON.parse(readFileSync(join(folder_, '.jsii'), 'utf8')) as Assembly & { readonly filename?: string };
  return filename === undefined ? own : JSON.parse(gunzipSync(readFileSync(join(folder_, filename))).toString('utf8')) as Assembly;
}

// Other languages find a type by the name that it had when this package was compiled. CDK has moved some since.
test.each(Object.keys(VERSIONS))('every type of CDK in our API has the same name at the %s', (version) => {
  const named = [...JSON.stringify(assembly(ROOT).types).matchAll(/"(aws-cdk-lib\.[\w.]+)"/g)].map(([, name]) => name);
  const { types } = assembly(VERSIONS[version]['aws-cdk-lib']);
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((name) => !(name in types))).toEqual([]);
});
