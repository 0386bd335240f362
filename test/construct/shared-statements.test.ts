import '../property-seed';
import { Template } from 'aws-cdk-lib/assertions';
import { Group, LazyRole, ManagedPolicy, Policy, Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { App, Aspects, CfnResource, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import * as fc from 'fast-check';
import { policiesOf } from './policies-of';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, IInvocableModel, InferenceRouting } from '../../src';
import { InferenceCall, allChecksOf } from '../iam/inference-call';
import { PolicySimulator } from '../iam/policy-simulator';
import { ACCOUNT } from '../kit/stack';

const region = 'eu-west-2';
const where = { account: ACCOUNT, region };
const service = new ServicePrincipal('lambda.amazonaws.com');

function newStack(concrete: boolean, minimize = true): Stack {
  return new Stack(new App({ context: { '@aws-cdk/aws-iam:minimizePolicies': minimize } }), 'Stack', concrete ? { env: where } : {});
}

/** Profiles that can be granted, each with the calls that it stands for: two routes, each with two application profiles, one copied from a second construct. */
function profilesOf(stack: Stack): Array<{ target: IInvocableModel; call: InferenceCall }> {
  return [['eu', undefined], ['global', InferenceRouting.globalCrossRegion()]].flatMap(([prefix, routing]) => {
    const [one, two] = ['One', 'Two'].map((id) => new CrossRegionInferenceProfile(stack, `${prefix}${id}`, { routing: routing as InferenceRouting | undefined }));
    const call = { sourceRegion: region, prefix: prefix as string };
    const teams = [[one, 'A'], [two, 'B']].map(([copyFrom, id]) =>
      new ApplicationInferenceProfile(stack, `${prefix}${id}`, { copyFrom: copyFrom as CrossRegionInferenceProfile }));
    return [
      { target: one, call },
      { target: two, call },
      ...teams.map((target) => ({ target, call: { ...call, applicationProfileArn: applicationArn(stack, target) } })),
    ];
  });
}

function applicationArn(stack: Stack, profile: ApplicationInferenceProfile): string {
  const id = stack.getLogicalId(profile.node.defaultChild as CfnResource).slice(0, 12).padEnd(12, '0');
  return `arn:aws:bedrock:${region}:${ACCOUNT}:application-inference-profile/${id}`;
}

test('whatever is granted in whatever order, exactly that may be called', () => {
  fc.assert(fc.property(fc.array(fc.nat(7), { minLength: 1, maxLength: 10 }), fc.boolean(), fc.boolean(), (grants, concrete, minimize) => {
    const stack = newStack(concrete, minimize);
    const role = new Role(stack, 'Role', { assumedBy: service });
    const profiles = profilesOf(stack);
    for (const index of grants) expect(profiles[index].target.grants.invoke(role).success).toBe(true);
    const granted = new Set(grants.map((index) => profiles[index].call.applicationProfileArn ?? profiles[index].call.prefix));
    const policies = new PolicySimulator(...policiesOf(stack, 'AWS::IAM::Policy', where) as ConstructorParameters<typeof PolicySimulator>);
    for (const { call } of profiles) {
      const decisions = allChecksOf(call).map((request) => policies.decide(request).decision);
      const allowed = granted.has(call.applicationProfileArn ?? call.prefix);
      expect(decisions.every((decision) => decision === 'allowed')).toBe(allowed);
      // The models can be reached through what was granted, or through the profile that it copies.
      const copied = !call.applicationProfileArn && profiles.some((other) =>
        granted.has(other.call.applicationProfileArn ?? '') && other.call.prefix === call.prefix);
      if (!allowed && !copied) expect(new Set(decisions)).toEqual(new Set(['denied']));
    }
    // One route is written once, so there is no more than one statement on its profiles, whatever the order.
    expect(policiesOf(stack, 'AWS::IAM::Policy', where).flatMap(({ Statement }) => Statement).length).toBeLessThanOrEqual(5);
  }), { numRuns: 60 });
});

test('one grant alone is written as before, its condition a text or two', () => {
  for (const concrete of [true, false]) {
    const stack = newStack(concrete);
    const copyFrom = new CrossRegionInferenceProfile(stack, 'Haiku');
    copyFrom.grants.invoke(new Role(stack, 'Own', { assumedBy: service }));
    const team = new ApplicationInferenceProfile(stack, 'Team', { copyFrom });
    team.grants.invoke(new Role(stack, 'Role', { assumedBy: service }));
    const [own, application] = policiesOf(stack, 'AWS::IAM::Policy', where).map(({ Statement }) => Statement);
    const profile = `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0`;
    expect([own[0].Resource, own[1].Condition]).toEqual([profile, { StringEquals: { 'bedrock:InferenceProfileArn': profile } }]);
    const arn = applicationArn(stack, team);
    expect([application[0].Resource, application[1].Condition]).toEqual([arn, { StringEquals: { 'bedrock:InferenceProfileArn': [arn, profile] } }]);
  }
});

const principals: Array<[string, (stack: Stack) => Parameters<IInvocableModel['grants']['invoke']>[0], 'AWS::IAM::Policy' | 'AWS::IAM::ManagedPolicy']> = [
  ['a role', (stack) => new Role(stack, 'Principal', { assumedBy: service }), 'AWS::IAM::Policy'],
  ['an imported role', (stack) => Role.fromRoleName(stack, 'Principal', 'caller'), 'AWS::IAM::Policy'],
  ['a user', (stack) => new User(stack, 'Principal'), 'AWS::IAM::Policy'],
  ['an imported user', (stack) => User.fromUserName(stack, 'Principal', 'caller'), 'AWS::IAM::Policy'],
  ['a group', (stack) => new Group(stack, 'Principal'), 'AWS::IAM::Policy'],
  ['an inline policy', (stack) => new Policy(stack, 'Principal', { groups: [new Group(stack, 'Group')] }), 'AWS::IAM::Policy'],
  ['a managed policy', (stack) => new ManagedPolicy(stack, 'Principal'), 'AWS::IAM::ManagedPolicy'],
  ['a lazy role', (stack) => {
    const role = new LazyRole(stack, 'Principal', { assumedBy: service });
    Aspects.of(stack).add({ visit: (node) => { if (node === stack) expect(role.roleArn).toBeDefined(); } });
    return role;
  }, 'AWS::IAM::Policy'],
];

test.each(principals)('%s has the model statements of a route once, however many profiles it is granted', (_, principal, type) => {
  const stack = newStack(false);
  const grantee = principal(stack);
  const copyFrom = new CrossRegionInferenceProfile(stack, 'Haiku');
  const grants = ['A', 'B', 'A again', 'C'].map((id) => {
    const existing = stack.node.tryFindChild(id.slice(0, 1)) as ApplicationInferenceProfile | undefined;
    return (existing ?? new ApplicationInferenceProfile(stack, id, { copyFrom })).grants.invoke(grantee);
  });
  copyFrom.grants.invoke(grantee);
  expect(grants.map(({ success, principalStatements }) => [success, principalStatements.length])).toEqual(Array(4).fill([true, 2]));
  const statements = policiesOf(stack, type, where).flatMap(({ Statement }) => Statement);
  expect(statements).toHaveLength(2);
  expect(statements[0].Resource).toHaveLength(4);
  expect((statements[1].Condition as { StringEquals: Record<string, string[]> }).StringEquals['bedrock:InferenceProfileArn']).toHaveLength(4);
});

test('a grant that shares the statements of another can be applied before a resource, also when the policy was split', () => {
  const stack = newStack(true);
  const role = new Role(stack, 'Role', { assumedBy: service });
  const copyFrom = new CrossRegionInferenceProfile(stack, 'Haiku');
  const dependants = Array.from({ length: 60 }, (_, i) => {
    const resource = new CfnResource(stack, `Agent${i}`, { type: 'AWS::Bedrock::Agent', properties: { AgentName: 'agent' } });
    new ApplicationInferenceProfile(stack, `Team${i}`, { copyFrom }).grants.invoke(role).applyBefore(resource);
    return resource;
  });
  const { Resources } = Template.fromStack(stack).toJSON();
  const policies = dependants.map((resource) => Resources[stack.getLogicalId(resource)].DependsOn as string[]);
  expect(policies[0]).toEqual([expect.stringMatching(/^RoleDefaultPolicy/)]);
  for (const [i, names] of policies.entries()) {
    const name = `Team${i}`.padEnd(5);
    const written = names.map((policy) => JSON.stringify(Resources[policy].Properties.PolicyDocument)).join();
    expect(written).toMatch(new RegExp(`"${name.trim()}[0-9A-F]{8}","InferenceProfileArn"`));
  }
});

test('a grant made after CDK has split the policies is written beside the others', () => {
  const stack = newStack(true);
  const role = new Role(stack, 'Role', { assumedBy: service });
  const copyFrom = new CrossRegionInferenceProfile(stack, 'Haiku');
  const [one, two, three] = ['One', 'Two', 'Three'].map((id) => new ApplicationInferenceProfile(stack, id, { copyFrom }));
  one.grants.invoke(role);
  const visit = (node: IConstruct) => {
    if (node === role.node.defaultChild) for (const late of [one, two, three]) late.grants.invoke(role);
  };
  Aspects.of(stack).add({ visit });
  const statements = policiesOf(stack, 'AWS::IAM::Policy', where).flatMap(({ Statement }) => Statement);
  expect(statements.flatMap(({ Resource }) => Resource).filter((arn) => arn.includes('application-inference-profile'))).toHaveLength(3);
});
