import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App, CfnOutput, CliCredentialsStackSynthesizer, DefaultStackSynthesizer, FileSystem, IStackSynthesizer, LegacyStackSynthesizer, NestedStack, Stack,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import * as library from '../src';
import { HaikuInvoker } from '../src';
import * as serializer from '../src/snapshot';
import { ACCOUNT } from './kit/stack';

const ENV = { account: ACCOUNT, region: 'us-east-1' };

function stackWith(content: (stack: Stack) => void): Record<string, unknown> {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  content(stack);
  return Template.fromStack(stack).toJSON();
}

const circular: Record<string, unknown> = {};
circular.Resources = { circular };
const print = (value: unknown): string => JSON.stringify(value);
const printed = (template: unknown): string => serializer.serialize(template, {}, '', 0, [], print);

test('a template with a HaikuInvoker is printed without the hash of its handler', () => {
  const template = stackWith((stack) => new HaikuInvoker(stack, 'Invoker'));
  expect(serializer.test(template)).toBe(true);
  expect(JSON.stringify(template)).toMatch(/"S3Key":"[0-9a-f]{64}\.zip"/);
  expect(printed(template)).toContain('"S3Key":"<handler>.zip"');
  expect(printed(template)).not.toMatch(/[0-9a-f]{64}/);
});

test('nothing but the hash is changed', () => {
  const template = stackWith((stack) => new HaikuInvoker(stack, 'Invoker'));
  const hash = /[0-9a-f]{64}/.exec(JSON.stringify(template))![0];
  expect(printed(template).split('<handler>').join(hash)).toBe(JSON.stringify(template));
});

test('the version behind an alias loses the hash that CDK puts into its logical ID', () => {
  const template = stackWith((stack) => new HaikuInvoker(stack, 'Invoker', { alias: { aliasName: 'live' } }));
  expect(Object.keys(template.Resources as object).filter((id) => /CurrentVersion[0-9A-F]{8}[0-9a-f]{32}$/.test(id))).toHaveLength(1);
  const resources = Object.keys((serializer.withoutHandlerHashes(template) as { Resources: object }).Resources);
  expect(resources.filter((id) => /CurrentVersion[0-9A-F]{8}<handler>$/.test(id))).toHaveLength(1);
  expect(printed(template)).not.toMatch(/[0-9a-f]{32}/);
});

test('the hash of a user\'s own code stays', () => {
  const template = stackWith((stack) => {
    new HaikuInvoker(stack, 'Invoker');
    new Function(stack, 'Own', { code: Code.fromAsset(__dirname), handler: 'index.handler', runtime: new Runtime('nodejs24.x') });
  });
  expect(printed(template).match(/[0-9a-f]{64}/g)).toHaveLength(1);
});

/** Two releases that differ in their handlers only, each a library of its own. */
const releases: Array<{ library: typeof library; snapshot: typeof serializer }> = [];
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'haiku-releases-'));
  for (const release of ['one', 'two']) {
    const copy = join(folder, release);
    for (const part of ['src', 'assets']) cpSync(join(__dirname, '..', part), join(copy, part), { recursive: true });
    symlinkSync(join(__dirname, '..', 'node_modules'), join(copy, 'node_modules'));
    for (const bundle of readdirSync(join(copy, 'assets'))) appendFileSync(join(copy, 'assets', bundle, 'note.js'), `// ${release}`);
    releases.push({
      library: await import(join(copy, 'src')) as typeof library,
      snapshot: await import(join(copy, 'src', 'snapshot')) as typeof serializer,
    });
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

type Define = (stack: Stack, handlers: typeof library) => unknown;

const everything: Define = (stack, handlers) => {
  const { alias } = new handlers.HaikuInvoker(stack, 'Invoker', { alias: { aliasName: 'live' }, promptCaching: library.PromptCaching.tools() });
  new CfnOutput(stack, 'Version', { value: alias!.version.functionArn, exportName: 'version' });
  new handlers.HaikuPreflight(stack, 'Preflight');
  new Function(stack, 'Own', { code: Code.fromAsset(__dirname), handler: 'index.handler', runtime: new Runtime('nodejs24.x') });
};
const nested: Define = (stack, handlers) => {
  everything(new NestedStack(stack, 'Outer'), handlers);
  everything(new NestedStack(new NestedStack(stack, 'Middle'), 'Inner'), handlers);
  new Queue(new NestedStack(stack, 'Users'), 'Queue');
};
const ownVersion: Define = (stack, handlers) => {
  everything(stack, handlers);
  const own = new Function(stack, 'Versioned', { code: Code.fromAsset(__dirname), handler: 'index.handler', runtime: new Runtime('nodejs24.x') });
  void own.currentVersion;
};

/** How stacks are synthesised: each puts the hashes elsewhere. */
const SYNTHESIZERS: Record<string, () => IStackSynthesizer> = {
  'the default': () => new DefaultStackSynthesizer(),
  'a bucket prefix': () => new DefaultStackSynthesizer({ bucketPrefix: 'mine/' }),
  'a qualifier': () => new DefaultStackSynthesizer({ qualifier: 'mine', fileAssetsBucketName: 'assets-${Qualifier}' }),
  'the credentials of the command line': () => new CliCredentialsStackSynthesizer({ bucketPrefix: 'mine/' }),
  'the legacy synthesizer': () => new LegacyStackSynthesizer(),
};

function templatesOf(define: Define, synthesizer: IStackSynthesizer, handlers: typeof library): Record<string, unknown> {
  const app = new App({ context: { 'aws:cdk:enable-asset-metadata': true } });
  define(new Stack(app, 'Stack', { env: ENV, synthesizer }), handlers);
  const { directory } = app.synth();
  const files = readdirSync(directory).filter((file) => file.endsWith('.template.json')).sort();
  return Object.fromEntries(files.map((file) => [file, JSON.parse(readFileSync(join(directory, file), 'utf8')) as unknown]));
}

describe.each(Object.entries(SYNTHESIZERS))('with %s', (_name, synthesizer) => {
  test.each(Object.entries({ everything, nested, ownVersion }))('two releases give the same snapshots: %s', (_, define) => {
    const [one, two] = releases.map(({ library: handlers, snapshot }) => {
      const templates = templatesOf(define, synthesizer(), handlers);
      const written = Object.values(templates);
      return { templates, printed: written.map((template) => snapshot.withoutHandlerHashes(template)), tests: written.map(snapshot.test) };
    });
    expect(two.templates).not.toEqual(one.templates);
    expect(two.printed).toEqual(one.printed);
    expect(two.tests).toEqual(one.tests);
    expect(one.tests).toContain(true);
  });

  test('nothing of the user is lost', () => {
    const [{ library: handlers, snapshot }] = releases;
    const [template] = Object.values(templatesOf(ownVersion, synthesizer(), handlers)) as Array<{ Parameters?: object; Resources: object }>;
    const printed_ = snapshot.withoutHandlerHashes(template);
    expect(Object.keys(printed_.Resources)).toHaveLength(Object.keys(template.Resources).length);
    expect(Object.keys(printed_.Parameters ?? {})).toHaveLength(Object.keys(template.Parameters ?? {}).length);
    const own = [...new Set(JSON.stringify(printed_).match(/[0-9a-f]{64}/g))];
    expect(own).toEqual([FileSystem.fingerprint(__dirname)]);
    expect(Object.keys(printed_.Resources).filter((id) => /^VersionedCurrentVersion[0-9A-F]{8}[0-9a-f]{32}$/.test(id))).toHaveLength(1);
  });
});

test('the hash of a nested stack without a handler stays', () => {
  const [{ library: handlers, snapshot }] = releases;
  const { 'Stack.template.json': template } = templatesOf(nested, new DefaultStackSynthesizer(), handlers);
  const urls = (value: unknown) => Object.entries((value as { Resources: Record<string, { Properties: { TemplateURL: unknown } }> }).Resources)
    .filter(([, { Properties }]) => /[0-9a-f]{64}/.test(JSON.stringify(Properties.TemplateURL))).map(([id]) => id.replace(/NestedStack.*/, ''));
  expect(urls(template)).toEqual(['Outer', 'Middle', 'Users']);
  expect(urls(snapshot.withoutHandlerHashes(template))).toEqual(['Users']);
});

test('other values are left to other serializers', () => {
  const own = stackWith((stack) => new Function(stack, 'Own', { code: Code.fromAsset(__dirname), handler: 'index.handler', runtime: new Runtime('nodejs24.x') }));
  for (const value of [own, undefined, null, 'text', 7, {}, { Resources: {} }, { Resources: 'none' }, { Resources: null }, { Resources: { a: null, b: 'text' } }, circular]) expect(serializer.test(value)).toBe(false);
});

test('what was printed is not printed again', () => {
  const template = stackWith((stack) => new HaikuInvoker(stack, 'Invoker'));
  expect(serializer.test(serializer.withoutHandlerHashes(template))).toBe(false);
});

expect.addSnapshotSerializer(serializer);

test('jest takes the module as a serializer', () => {
  const template = stackWith((stack) => new HaikuInvoker(stack, 'Invoker')) as { Resources: Record<string, { Type: string; Properties: { Code?: unknown } }> };
  const [id, { Type, Properties: { Code: code } }] = Object.entries(template.Resources).find(([, resource]) => resource.Type === 'AWS::Lambda::Function')!;
  expect({ Resources: { [id]: { Type, Properties: { Code: code } } } }).toMatchInlineSnapshot(`
{
  "Resources": {
    "InvokerFunction4452B04B": {
      "Properties": {
        "Code": {
          "S3Bucket": "cdk-hnb659fds-assets-111122223333-us-east-1",
          "S3Key": "<handler>.zip",
        },
      },
      "Type": "AWS::Lambda::Function",
    },
  },
}
`);
});
