import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { applicationProfileArn, grantedRole } from './granted-role';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, InferenceRouting } from '../../src';
import { documentedGeoRoute, GEO_ROUTES } from '../fixtures/documented-regions';
import { INVOKE, allChecksOf, modelArn, profileArn } from '../iam/inference-call';
import { PolicySimulator } from '../iam/policy-simulator';
import { rolePolicies } from '../kit/policies';
import { ACCOUNT } from '../kit/stack';

const team = (stack: Stack) => new ApplicationInferenceProfile(stack, 'Team', { copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku') });

function copiedProfiles(stack: Stack): string[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::Bedrock::ApplicationInferenceProfile'))
    .map(({ Properties }) => Properties.ModelSource.CopyFrom);
}

test('aws-lambda-bedrockinferenceprofile misses three destinations in eu-west-2: ours misses none', () => {
  const { iam } = grantedRole('eu-west-2', team);
  const { destinations } = documentedGeoRoute('eu-west-2');
  const context = { 'bedrock:InferenceProfileArn': applicationProfileArn('eu-west-2') };
  expect(destinations.filter((region) => !iam.allows({ action: INVOKE, resource: modelArn(region), context }))).toEqual([]);
});

test.each([['ap-southeast-2', 'au', 'Sydney'], ['ap-northeast-1', 'jp', 'Tokyo']])(
  'aws-lambda-bedrockinferenceprofile copies a profile that does not exist in %s: ours copies %s. (%s)', (region, prefix) => {
    const { stack, iam } = grantedRole(region, team);
    expect(copiedProfiles(stack)).toEqual([profileArn(region, prefix)]);
    const checks = allChecksOf({ sourceRegion: region, prefix, applicationProfileArn: applicationProfileArn(region) });
    expect(checks.filter((check) => !iam.allows(check))).toEqual([]);
  });

test('aws-lambda-bedrockinferenceprofile has no key for ca-central-1 and fails at deploy: ours has one, with the literal Region and without', () => {
  const { stack, iam } = grantedRole('ca-central-1', team);
  expect(copiedProfiles(stack)).toEqual([profileArn('ca-central-1', 'us')]);
  const checks = allChecksOf({ sourceRegion: 'ca-central-1', prefix: 'us', applicationProfileArn: applicationProfileArn('ca-central-1') });
  expect(checks.filter((check) => iam.allows(check))).toHaveLength(10);
});

/** One template for every Region: what a construct with a Region map is for. */
function agnosticStack(): { stack: Stack; role: Role } {
  const stack = new Stack(new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } }), 'Anywhere');
  const role = new Role(stack, 'Caller', { assumedBy: new AccountPrincipal(ACCOUNT) });
  new CrossRegionInferenceProfile(stack, 'One').grants.invoke(role);
  return { stack, role };
}

test.each(GEO_ROUTES)('a Region map by prefix is wrong for $source: one environment-agnostic template of ours is right there', ({ prefix, source, destinations }) => {
  const { stack, role } = agnosticStack();
  const iam = new PolicySimulator(...rolePolicies(stack, logicalId(role), { account: ACCOUNT, region: source }));
  const checks = allChecksOf({ sourceRegion: source, prefix });
  expect(checks).toHaveLength(2 + 2 * destinations.length);
  expect(checks.filter((check) => !iam.allows(check))).toEqual([]);
  expect(iam.allows({ action: INVOKE, resource: modelArn('sa-east-1'), context: { 'bedrock:InferenceProfileArn': profileArn(source, prefix) } })).toBe(false);
});

test('a Region without a row fails the deployment, and a rule says why', () => {
  const { stack, role } = agnosticStack();
  expect(() => rolePolicies(stack, logicalId(role), { account: ACCOUNT, region: 'sa-east-1' })).toThrow(
    'Mappings hold no ClaudeHaiku45SourceGeography.sa-east-1.inferenceProfileId');
  const { ClaudeHaiku45SourceGeographyRule: rule } = Template.fromStack(stack).toJSON().Rules;
  const [{ Assert, AssertDescription }] = rule.Assertions;
  expect(Assert).toEqual({ 'Fn::Contains': [GEO_ROUTES.map(({ source }) => source).sort(), { Ref: 'AWS::Region' }] });
  expect(AssertDescription).toBe(`Geo of the source Region does not serve Claude Haiku 4.5 from this Region. Deploy to one of ${
    GEO_ROUTES.map(({ source }) => source).sort().join(', ')}, or choose InferenceRouting.globalCrossRegion(), with which data can leave its geography.`);
});

test('two aws-lambda-bedrockinferenceprofile in a stack crash: two of ours share one mapping and one rule', () => {
  const { stack, role } = agnosticStack();
  new CrossRegionInferenceProfile(stack, 'Two').grants.invoke(role);
  new CrossRegionInferenceProfile(stack, 'Three', { routing: InferenceRouting.sourceGeography() });
  const template = Template.fromStack(stack).toJSON();
  expect(Object.keys(template.Mappings)).toEqual(['ClaudeHaiku45SourceGeography']);
  expect(Object.keys(template.Rules).filter((name) => name.startsWith('ClaudeHaiku45'))).toEqual(['ClaudeHaiku45SourceGeographyRule']);
});

test('two application profiles in a stack have names of their own', () => {
  const { stack } = agnosticStack();
  const copyFrom = new CrossRegionInferenceProfile(stack, 'Copied');
  for (const id of ['Search', 'Chat']) new ApplicationInferenceProfile(stack, id, { copyFrom });
  const names = Object.values(Template.fromStack(stack).findResources('AWS::Bedrock::ApplicationInferenceProfile'))
    .map(({ Properties }) => Properties.InferenceProfileName);
  expect(new Set(names).size).toBe(2);
});

function logicalId(role: Role): string {
  return Stack.of(role).resolve((role.node.defaultChild as import('aws-cdk-lib').CfnElement).logicalId);
}
