import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { grantedRole, policiesOf } from './granted-role';
import { CrossRegionInferenceProfile, Geography, InferenceRouting, ModelCard } from '../../src';
import { decide } from '../../src/routing/decision';
import { readProfileId } from '../../src/routing/profile-id';
import { GEO_ROUTES, GLOBAL_ONLY_SOURCES, GLOBAL_SOURCES } from '../fixtures/documented-regions';
import { INVOKE, INVOKE_ACTIONS, STREAM, allChecksOf, modelArn, profileArn } from '../iam/inference-call';
import { PolicySimulator, PolicyStatement } from '../iam/policy-simulator';
import { ACCOUNT, OTHER_ACCOUNT, stackIn } from '../kit/stack';
import { said } from '../wording/said';

const byDefault = (stack: Stack) => new CrossRegionInferenceProfile(stack, 'Haiku');
const globally = (stack: Stack) => new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() });

test('Amplify ai-constructs gives one wrong ARN for eu.: ours gives the ARN of each destination, in the source Region alone', () => {
  const { policies } = grantedRole('eu-west-2', byDefault);
  const [profile, models] = policies[0].Statement as PolicyStatement[];
  expect(profile.Resource).toBe(profileArn('eu-west-2', 'eu'));
  expect(models.Resource).toEqual(GEO_ROUTES.find(({ source }) => source === 'eu-west-2')!.destinations.map((region) => modelArn(region)));
});

test('Amplify ai-constructs gives global. the right three ARNs, unconditioned: ours the same three, each with a condition', () => {
  const { policies } = grantedRole('sa-east-1', globally);
  const statements = policies[0].Statement as PolicyStatement[];
  expect(statements.map(({ Resource }) => Resource)).toEqual([profileArn('sa-east-1', 'global'), modelArn('sa-east-1'), modelArn('')]);
  const through = { 'bedrock:InferenceProfileArn': profileArn('sa-east-1', 'global') };
  expect(statements.map(({ Condition }) => Condition)).toEqual([
    { StringEquals: { 'aws:RequestedRegion': 'sa-east-1' } },
    { StringEquals: { 'aws:RequestedRegion': 'sa-east-1', ...through } },
    { StringEquals: { 'aws:RequestedRegion': 'unspecified', ...through } },
  ]);
});

test.each(GLOBAL_ONLY_SOURCES)('no peer checks the source Region: ours stops the default routing in %s, and global() works there', (region) => {
  const make = (profile: (stack: Stack) => unknown) => {
    const stack = stackIn(region);
    profile(stack);
    return stack;
  };
  expect(() => make(byDefault)).toThrow(`Source Region has no geography for Claude Haiku 4.5, got "${region}"; expected one of `);
  expect(() => (make(byDefault).node.root as App).synth()).toThrow('it must be chosen explicitly');
  expect(() => Template.fromStack(make(byDefault))).toThrow('it must be chosen explicitly');
  const { iam } = grantedRole(region, globally);
  expect(allChecksOf({ sourceRegion: region, prefix: 'global' }).filter((check) => !iam.allows(check))).toEqual([]);
});

test('no peer knows the `in` geography: ours routes Mumbai and Hyderabad', () => {
  for (const region of ['ap-south-1', 'ap-south-2']) {
    const { iam } = grantedRole(region, (stack) => new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.geo(Geography.IN) }));
    const checks = allChecksOf({ sourceRegion: region, prefix: 'in' });
    expect(checks).toHaveLength(6);
    expect(checks.filter((check) => iam.allows(check))).toHaveLength(6);
  }
});

test.each([...GEO_ROUTES.map(({ source }) => source), ...GLOBAL_ONLY_SOURCES])(
  'no peer conditions the model on the profile: from %s every foundation-model statement of ours does', (region) => {
    const { policies } = grantedRole(region, GLOBAL_ONLY_SOURCES.includes(region) ? globally : byDefault);
    const models = (policies[0].Statement as PolicyStatement[]).filter(({ Resource }) => JSON.stringify(Resource).includes('foundation-model'));
    expect(models.length).toBeGreaterThan(0);
    for (const { Condition, Resource } of models) {
      expect(Condition!.StringEquals['bedrock:InferenceProfileArn']).toMatch(new RegExp(`^arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/`));
      expect(JSON.stringify(Resource)).not.toContain('*');
    }
  });

test('no peer helps with an SCP that blocks a destination: allowedRegions of ours name the destinations outside', () => {
  expect(() => new CrossRegionInferenceProfile(stackIn('ap-southeast-6'), 'Haiku', { allowedRegions: ['ap-southeast-2', 'ap-southeast-6'] })).toThrow(new Error(
    said('DESTINATION_NOT_ALLOWED', decide(ModelCard.CLAUDE_HAIKU_4_5, InferenceRouting.sourceGeography(), 'ap-southeast-6', ['ap-southeast-2', 'ap-southeast-6']))));
});

test.each([
  ['immutable', (stack: Stack) => Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/caller`, { mutable: false })],
  ['other-account', (stack: Stack) => Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${OTHER_ACCOUNT}:role/caller`)],
])('no peer warns about an imported %s role: ours does, with a stable id and the policy to attach', (kind, role) => {
  const stack = stackIn('ap-northeast-1');
  byDefault(stack).grants.invoke(role(stack));
  const account = kind === 'immutable' ? ACCOUNT : OTHER_ACCOUNT;
  const [warning, ...more] = Annotations.fromStack(stack).findWarning('/Stack/Haiku', Match.anyValue());
  expect(more).toEqual([]);
  const text = String(warning.entry.data);
  expect(text).toContain('has no effect: this app cannot change that principal\'s policies. Attach this policy to it:\n');
  expect(text).toContain('[ack: cdk-bedrock-haiku:CrossRegionInferenceProfile.notAttached]');
  const iam = new PolicySimulator(JSON.parse(/\n(\{\n[^]*\n\})/.exec(text)![1]));
  const checks = allChecksOf({ sourceRegion: 'ap-northeast-1', prefix: 'jp', account });
  expect(checks).toHaveLength(6);
  expect(checks.filter((check) => !iam.allows(check))).toEqual([]);
  expect(Template.fromStack(stack).findResources('AWS::IAM::Policy')).toEqual({});
});

test('bare ID, "on-demand throughput isn\'t supported": ours refuses it at synth and names the right IDs', () => {
  const bare = 'anthropic.claude-haiku-4-5-20251001-v1:0';
  expect(() => CrossRegionInferenceProfile.fromInferenceProfileId(stackIn('eu-west-2'), 'Haiku', bare)).toThrow(new Error(
    said('NOT_AN_INFERENCE_PROFILE_ID', readProfileId(ModelCard.CLAUDE_HAIKU_4_5, bare, 'eu-west-2'))));
});

test.each(['us-east-1', 'eu-central-1', 'ap-southeast-2', 'ap-northeast-3', 'ap-south-1'])('hard-coded geography: the same line of ours follows the Region of the stack, %s', (region) => {
  const { prefix } = GEO_ROUTES.find(({ source }) => source === region)!;
  expect(byDefault(stackIn(region)).modelId).toBe(`${prefix}.anthropic.claude-haiku-4-5-20251001-v1:0`);
});

test('wrong or stale Region tables: global serves all 33 source Regions here, ca-west-1 and mx-central-1 too', () => {
  expect(GLOBAL_SOURCES).toEqual(expect.arrayContaining(['ca-west-1', 'mx-central-1', 'me-south-1', 'ap-east-2', 'ap-southeast-7']));
  for (const region of GLOBAL_SOURCES) expect(globally(stackIn(region)).inferenceProfileArn).toBe(profileArn(region, 'global'));
});

test('global denied on the Region-less ARN: ours allows it, in the Region "unspecified", through the profile alone', () => {
  const { iam } = grantedRole('us-west-2', globally);
  const through = { 'bedrock:InferenceProfileArn': profileArn('us-west-2', 'global') };
  for (const action of INVOKE_ACTIONS) {
    expect(iam.decide({ action, resource: modelArn(''), context: { 'aws:RequestedRegion': 'unspecified', ...through } }).decision).toBe('allowed');
    expect(iam.decide({ action, resource: modelArn(''), context: { 'aws:RequestedRegion': 'unspecified' } }).decision).toBe('denied');
  }
});

test('Marketplace 403 on the first call: the role gets no aws-marketplace action, as advised', () => {
  const { policies, iam } = grantedRole('eu-west-2', byDefault);
  expect(JSON.stringify(policies)).not.toContain('aws-marketplace');
  expect(iam.allows({ action: 'aws-marketplace:Subscribe', resource: '*' })).toBe(false);
});

test('streaming action missing: one grant of ours allows calling and streaming', () => {
  const { iam } = grantedRole('eu-west-2', byDefault);
  expect(iam.allows({ action: INVOKE, resource: profileArn('eu-west-2', 'eu') })).toBe(true);
  expect(iam.allows({ action: STREAM, resource: profileArn('eu-west-2', 'eu') })).toBe(true);
});

test('a grant to a role of another account\'s stack names that account, or it would be denied at run time', () => {
  const app = new App();
  const ours = new Stack(app, 'Ours', { env: { account: ACCOUNT, region: 'eu-west-2' } });
  const theirs = new Stack(app, 'Theirs', { env: { account: OTHER_ACCOUNT, region: 'eu-west-2' } });
  const role = new Role(theirs, 'Caller', { assumedBy: new AccountPrincipal(OTHER_ACCOUNT), roleName: 'caller' });
  byDefault(ours).grants.invoke(role);
  const iam = new PolicySimulator(...policiesOf(role, 'eu-west-2'));
  const checks = allChecksOf({ sourceRegion: 'eu-west-2', prefix: 'eu', account: OTHER_ACCOUNT });
  expect(checks.filter((check) => !iam.allows(check))).toEqual([]);
  expect(iam.allows({ action: INVOKE, resource: profileArn('eu-west-2', 'eu', ACCOUNT) })).toBe(false);
});
