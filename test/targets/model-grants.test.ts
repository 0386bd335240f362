import { IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Environment, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, InferenceRouting, InRegionInference } from '../../src';
import { statementsOf } from '../kit/policies';
import { ACCOUNT, OTHER_ACCOUNT } from '../kit/stack';
import { everywhere, failures, thrown } from '../kit/three-ways';

const region = 'eu-west-1';
const [OURS, THEIRS] = [ACCOUNT, OTHER_ACCOUNT];
const ID = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';

function role(stack: Stack): Role {
  return new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
}

/** A stack whose role was granted a profile of another stack. */
function grantee(owner: Environment, user: Environment, grant: (owner: Stack, role: Role) => void): Stack {
  const app = new App();
  const stack = new Stack(app, 'User', { env: user });
  grant(new Stack(app, 'Owner', { env: owner }), role(stack));
  return stack;
}

const shapes: Array<[string, Environment, Environment, string]> = [
  ['another stack of the same account', { account: OURS, region }, { account: OURS, region }, OURS],
  ['another account\'s stack', { account: OURS, region }, { account: THEIRS, region }, THEIRS],
  ['another account\'s stack in another Region', { account: OURS, region }, { account: THEIRS, region: 'us-east-1' }, THEIRS],
  ['a stack whose account is a token, the profile\'s is known', { account: OURS, region }, { region }, THEIRS],
  ['a stack whose account is known, the profile\'s is a token', { region }, { account: THEIRS, region }, THEIRS],
  ['an environment-agnostic stack, the profile too', {}, {}, THEIRS],
];

test.each(shapes)('a role in %s: the ARN that IAM compares carries the account of the role', (_, owner, user, account) => {
  const stack = grantee(owner, user, (scope, principal) => new CrossRegionInferenceProfile(scope, 'Haiku').grants.invoke(principal));
  const arn = `arn:aws:bedrock:${region}:${account}:inference-profile/${ID}`;
  // The deployment's account differs from the profile's wherever the stack leaves it open.
  const [profile, models] = statementsOf(stack, { region, account });
  expect(profile.Resource).toEqual([arn]);
  expect(models.Condition).toEqual({ StringEquals: { 'bedrock:InferenceProfileArn': arn } });
});

test.each(shapes)('a role in %s: the bedrock-mantle project is that of the role\'s account', (_, owner, user, account) => {
  const stack = grantee(owner, user, (scope, principal) => new InRegionInference(scope, 'Haiku').grants.invoke(principal));
  expect(statementsOf(stack, { region, account })[0].Resource).toEqual([`arn:aws:bedrock-mantle:${region}:${account}:project/default`]);
});

test('a role of another account may use the global profile from the source Region only', () => {
  const routing = InferenceRouting.globalCrossRegion();
  const stack = grantee({ account: OURS, region }, { account: THEIRS, region }, (scope, principal) =>
    new CrossRegionInferenceProfile(scope, 'Haiku', { routing }).grants.invoke(principal));
  const arn = `arn:aws:bedrock:${region}:${THEIRS}:inference-profile/global.anthropic.claude-haiku-4-5-20251001-v1:0`;
  expect(statementsOf(stack, { region, account: THEIRS }).map(({ Condition }) => Condition)).toEqual([
    { StringEquals: { 'aws:RequestedRegion': region } },
    { StringEquals: { 'aws:RequestedRegion': region, 'bedrock:InferenceProfileArn': arn } },
    { StringEquals: { 'aws:RequestedRegion': 'unspecified', 'bedrock:InferenceProfileArn': arn } },
  ]);
});

test('a role imported by its ARN is granted in the stack that imports it', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: OURS, region } });
  new CrossRegionInferenceProfile(stack, 'Haiku').grants.invoke(Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${OURS}:role/caller`));
  expect(statementsOf(stack, { region })[0].Resource).toEqual([`arn:aws:bedrock:${region}:${OURS}:inference-profile/${ID}`]);
  expect(stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning'))).toEqual([]);
});

function applicationGrant(principal: (scope: Construct) => IGrantable): (scope: Construct) => void {
  return (scope) => {
    const team = new ApplicationInferenceProfile(scope, 'Team', { copyFrom: new CrossRegionInferenceProfile(scope, 'Haiku') });
    team.grants.invoke(principal(scope));
  };
}

function refused(principal: string): string {
  return `Principal ${principal} is in another account than the application inference profile Stack/Team, got "${THEIRS}"; expected "${OURS}". `
    + 'An application inference profile can be called only from its own account: make one in the other account, '
    + 'or grant the CrossRegionInferenceProfile that it copies, which exists in every account.';
}

test('an application profile cannot be granted to an imported role of another account', () => {
  const define = applicationGrant((scope) => Role.fromRoleArn(scope, 'Role', `arn:aws:iam::${THEIRS}:role/caller`));
  expect(failures(define, { account: OURS, region })).toEqual(everywhere(refused('Stack/Role')));
});

test('an application profile cannot be granted to a role of another account\'s stack', () => {
  expect(thrown(() => grantee({ account: OURS, region }, { account: THEIRS, region }, (scope, principal) =>
    applicationGrant(() => principal)(scope)))).toBe(refused('User/Role').replace('Stack/Team', 'Owner/Team'));
});

test.each<[string, Environment, Environment]>([
  ['the same stack account', { account: OURS, region }, { account: OURS, region }],
  ['accounts that are both tokens', { region }, { region }],
])('an application profile is granted to a role in another stack: %s', (_, owner, user) => {
  const stack = grantee(owner, user, (scope, principal) => applicationGrant(() => principal)(scope));
  const [profile, models] = statementsOf(stack, { region, account: OURS });
  expect(profile.Resource[0]).toMatch(/^ImportValue\(Owner:ExportsOutputFnGetAttTeam\w+InferenceProfileArn\w+\)$/);
  expect(models.Condition).toEqual({ StringEquals: { 'bedrock:InferenceProfileArn': [...profile.Resource, `arn:aws:bedrock:${region}:${OURS}:inference-profile/${ID}`] } });
});
