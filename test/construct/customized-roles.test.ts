import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CfnGuardrail, CfnGuardrailVersion } from 'aws-cdk-lib/aws-bedrock';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import {
  ApplicationInferenceProfile, CrossRegionInferenceProfile, HaikuInvoker, HaikuPreflight, InferenceRouting, InRegionInference, InvokerGuardrail,
} from '../../src';
import { ACCOUNT } from '../kit/stack';

const env = { account: ACCOUNT, region: 'eu-west-2' };
const MODEL = 'anthropic.claude-haiku-4-5-20251001-v1:0';

interface Statement { readonly Action: string | string[]; readonly Resource: string | string[] }
interface Reported { readonly roleConstructPath: string; readonly identityPolicyStatements: Statement[] }

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** CDK's policy report, as a file of the cloud assembly. */
function reportOf(define: (stack: Stack) => void, concrete: boolean): { json: string; text: string; roles: Reported[]; warnings: string[] } {
  const outdir = mkdtempSync(join(tmpdir(), 'report-'));
  folders.push(outdir);
  const app = new App({ outdir });
  const stack = new Stack(app, 'Stack', concrete ? { env } : {});
  Role.customizeRoles(stack);
  define(stack);
  try {
    app.synth();
  } catch {
    // Roles without a name of their own fail the synthesis after the report is written; the report names them.
  }
  const [json, text] = ['json', 'txt'].map((type) => readFileSync(join(outdir, `iam-policy-report.${type}`), 'utf8'));
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
  return { json, text, roles: JSON.parse(json).roles, warnings };
}

function everything(stack: Stack): void {
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const geo = new CrossRegionInferenceProfile(stack, 'Geo');
  const global = new CrossRegionInferenceProfile(stack, 'Global', { routing: InferenceRouting.globalCrossRegion() });
  const teams = [geo, geo, global].map((copyFrom, i) => new ApplicationInferenceProfile(stack, `Team${i}`, { copyFrom }));
  for (const target of [geo, global, ...teams]) for (let again = 0; again < 2; again++) target.grants.invoke(role);
  const made = new CfnGuardrail(stack, 'Guardrail', { name: 'mine', blockedInputMessaging: 'no', blockedOutputsMessaging: 'no' });
  const { attrVersion } = new CfnGuardrailVersion(stack, 'Version', { guardrailIdentifier: made.attrGuardrailId });
  const guardrail = InvokerGuardrail.fromGuardrailId(made.attrGuardrailId, { guardrailVersion: attrVersion, enforce: true });
  new HaikuInvoker(stack, 'Invoker', { target: teams[0], guardrail });
  new HaikuPreflight(stack, 'Preflight', { target: geo });
  geo.grants.invoke(Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/caller'));
}

test.each([true, false])('a report of customized roles holds no token (concrete: %s)', (concrete) => {
  const { json, text, roles } = reportOf(everything, concrete);
  for (const written of [json, text]) {
    expect(written).not.toMatch(/[$#]\{Token/);
    expect(written).not.toContain('[object');
    expect(written).not.toContain('FindInMap');
  }
  const statements = roles.flatMap(({ identityPolicyStatements }) => identityPolicyStatements);
  const ofBedrock = statements.filter(({ Action }) => JSON.stringify(Action).includes('bedrock:'));
  expect(ofBedrock.length).toBeGreaterThan(10);
  for (const arn of ofBedrock.flatMap(({ Resource }) => Resource)) expect(arn).toMatch(/^(arn:(aws|\(PARTITION\)):bedrock:|\(Stack\/Team\d\/Resource\.InferenceProfileArn\)|\*$)/);
});

test('the report names every profile and the models of each route, once for a profile', () => {
  const { roles } = reportOf(everything, true);
  const { identityPolicyStatements } = roles.find(({ roleConstructPath }) => roleConstructPath === 'Stack/Role')!;
  const profiles = identityPolicyStatements.filter(({ Action }) => Action.includes('bedrock:GetInferenceProfile')).map(({ Resource }) => Resource);
  expect(profiles).toEqual([
    `arn:aws:bedrock:eu-west-2:111122223333:inference-profile/eu.${MODEL}`,
    `arn:aws:bedrock:eu-west-2:111122223333:inference-profile/global.${MODEL}`,
    '(Stack/Team0/Resource.InferenceProfileArn)',
    '(Stack/Team1/Resource.InferenceProfileArn)',
    '(Stack/Team2/Resource.InferenceProfileArn)',
  ]);
});

test.each<[string, (stack: Stack) => { grants: CrossRegionInferenceProfile['grants'] }, RegExp]>([
  ['a geography', (stack) => new CrossRegionInferenceProfile(stack, 'Haiku'), /is for us-east-1; npx cdk-bedrock-haiku policy --from <Region> --account <account> prints the policy for another Region\. /],
  ['the Regions that are allowed', (stack) => new CrossRegionInferenceProfile(stack, 'Haiku', { allowedRegions: ['ap-south-1', 'ap-south-2'] }), /is for ap-south-1; /],
  ['bedrock-mantle', (stack) => new InRegionInference(stack, 'Haiku'), /is for us-east-1: for another Region, replace us-east-1 with that Region\. /],
])('in an environment-agnostic stack the report is for one Region, and a warning says which: %s', (_, target, expected) => {
  const { roles, warnings, json } = reportOf((stack) => {
    target(stack).grants.invoke(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
  }, false);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^The Region of the stack is known only when it is deployed, so what the IAM policy report says of Stack\/Role is for /);
  expect(warnings[0]).toMatch(expected);
  expect(warnings[0]).toMatch(/\[ack: cdk-bedrock-haiku:(CrossRegionInferenceProfile|InRegionInference)\.reportedForOneRegion\]$/);
  expect(json).not.toMatch(/[$#]\{Token/);
  expect(JSON.stringify(roles[0].identityPolicyStatements[0].Resource)).toContain(':(ACCOUNT):');
});
