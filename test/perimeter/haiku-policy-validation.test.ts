import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import * as core from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile, Geography, HaikuPolicyValidation, HaikuPolicyValidationProps, InferenceRouting } from '../../src';
import { ACCOUNT } from '../kit/stack';
import { CASES, differences, ScanCase, templateOfCase } from '../scan/cases';

const folder = mkdtempSync(join(tmpdir(), 'haiku-plugin-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Newer releases of the CDK have it. */
const { Validations } = core as unknown as {
  Validations?: { of(scope: core.App | Role): { addPlugins(...plugins: unknown[]): void; acknowledge(...rules: unknown[]): void } };
};

/** An assembly of one stack, as the CDK writes it. */
function assemblyOf({ file, region }: ScanCase, template: object): string {
  const environment = `aws://unknown-account/${region}`;
  const artifacts = { Stack: { type: 'aws:cloudformation:stack', environment, properties: { templateFile: file } } };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '45.0.0', artifacts }));
  writeFileSync(join(folder, file), JSON.stringify(template));
  return join(folder, file);
}

/** The context that plugins are given. Newer releases of the CDK name the app in it, too. */
function contextOf(templatePath: string): core.IPolicyValidationContextBeta1 & { readonly appConstruct: core.App } {
  return { templatePaths: [templatePath], appConstruct: new core.App() };
}

test.each(CASES.map((one) => [one.file, one] as const))('the plugin finds in %s what a scan finds', (_, one) => {
  const templatePath = assemblyOf(one, templateOfCase(one));
  const residency = one.residency?.allowed.map((prefix) => Geography.of(prefix));
  const plugin = new HaikuPolicyValidation({ residency, forbidGlobal: one.residency?.forbidGlobal });
  const { violations, success } = plugin.validate(contextOf(templatePath));
  const found = violations.map(({ ruleName: rule, violatingResources: [{ resourceLogicalId: resource }] }) => ({ rule, resource }));
  expect(differences(one, found)).toEqual({ missed: [], tooMuch: [] });
  expect(success).toBe(violations.every(({ severity }) => severity !== 'error'));
});

test('a violation says where, why and what to change', () => {
  const one = CASES.find(({ file }) => file.startsWith('068'))!;
  const templatePath = assemblyOf(one, templateOfCase(one));
  expect(new HaikuPolicyValidation().validate(contextOf(templatePath))).toEqual({
    success: false,
    violations: [{
      ruleName: 'unknown-profile',
      description: 'apac.anthropic.claude-haiku-4-5-20251001-v1:0 is no inference profile that AWS publishes for Claude Haiku 4.5; '
        + 'from ap-southeast-2 there is au.anthropic.claude-haiku-4-5-20251001-v1:0 and global.anthropic.claude-haiku-4-5-20251001-v1:0 (as of 2026-10).',
      fix: 'Name au.anthropic.claude-haiku-4-5-20251001-v1:0 or global.anthropic.claude-haiku-4-5-20251001-v1:0.',
      severity: 'error',
      violatingResources: [{ resourceLogicalId: 'Fn', templatePath, locations: ['Resources/Fn/Properties/Environment/Variables/MODEL_ID'] }],
      ruleMetadata: { source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-4-5.html', asOf: '2026-10' },
    }],
  });
});

/** An app whose function calls the global profile, with the plugin. */
function app(props: HaikuPolicyValidationProps, more: (role: Role) => void = () => {}) {
  const plugin = new HaikuPolicyValidation(props);
  const seen: ReturnType<HaikuPolicyValidation['validate']>[] = [];
  const watched = { name: plugin.name, ruleIds: plugin.ruleIds, validate: (context: Parameters<HaikuPolicyValidation['validate']>[0]) => { seen.push(plugin.validate(context)); return seen[0]; } };
  const made = new core.App({ ...!Validations && { policyValidationBeta1: [watched] }, outdir: mkdtempSync(join(folder, 'out-')) });
  const stack = new core.Stack(made, 'Team', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const haiku = new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() });
  haiku.grants.invoke(role);
  new CfnFunction(stack, 'Fn', { code: { s3Bucket: 'b', s3Key: 'k' }, role: role.roleArn, runtime: 'nodejs22.x', handler: 'index.handler', environment: { variables: { MODEL_ID: haiku.modelId } } });
  Validations?.of(made).addPlugins(watched);
  more(role);
  const said: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation(() => {});
  const error = jest.spyOn(console, 'error').mockImplementation((text: string) => { said.push(text); });
  const before = process.exitCode;
  try {
    made.synth();
    return { report: seen[0], failed: process.exitCode === 1, said: said.join('\n') };
  } catch (thrown) {
    return { report: seen[0], failed: true, said: (thrown as Error).message };
  } finally {
    process.exitCode = before;
    log.mockRestore();
    error.mockRestore();
  }
}

test('an app that stays where it may be passes, and its own grants are in order', () => {
  const { report, failed } = app({});
  expect(report).toEqual({ success: true, violations: [] });
  expect(failed).toBe(false);
});

test('an app that leaves the allowed geographies is stopped', () => {
  const { report, failed } = app({ residency: [Geography.EU] });
  expect(report.violations.map(({ ruleName, violatingResources: [{ resourceLogicalId }] }) => `${ruleName} at ${resourceLogicalId}`)).toEqual(['residency at Fn']);
  expect(report.success).toBe(false);
  expect(failed).toBe(true);
});

test('what the metadata of a resource acknowledges with a reason stays, and is said to', () => {
  const acknowledging = (reason: string) => app({ residency: [Geography.EU] }, ({ stack }) =>
    (stack.node.findChild('Fn') as CfnFunction).addMetadata('cdk-bedrock-haiku', { acknowledge: [{ rule: 'residency', reason }] }));
  expect(acknowledging('Test data only').report).toEqual({ success: true, violations: [], metadata: { 'residency at Fn': 'acknowledged: Test data only' } });
  expect(acknowledging(' ').report.success).toBe(false);
});

if (Validations) {
  test('what Validations acknowledges passes', () => {
    const { report, failed } = app({ residency: [Geography.EU] }, ({ stack }) =>
      Validations.of(stack.node.findChild('Fn') as never).acknowledge({ id: 'cdk-bedrock-haiku::residency', reason: 'Test data only' }));
    expect(report.success).toBe(true);
    expect(failed).toBe(false);
  });
}

test('misuse is told', () => {
  expect(() => new HaikuPolicyValidation({ residency: ['eu'] as never })).toThrow('residency is not a list of Geography, got "eu"; expected at least one such as Geography.EU or Geography.of("eu"). Change it, or leave residency out.');
  expect(() => new HaikuPolicyValidation({ models: [] })).toThrow('models is not a list of ModelCard, got []; expected at least one such as ModelCard.CLAUDE_HAIKU_4_5 or ModelCard.of(...). Change it, or leave models out.');
});

test('a template that refers to itself is told with its file', () => {
  const templatePath = assemblyOf(CASES[0], { Resources: { A: { Type: 'T', Properties: { B: { Ref: 'B' } } }, B: { Type: 'T', DependsOn: 'A' } } });
  expect(() => new HaikuPolicyValidation().validate(contextOf(templatePath))).toThrow(`${templatePath} refers to itself in a circle: A -> B -> A;`);
  expect(readFileSync(templatePath, 'utf8')).toContain('DependsOn');
});
