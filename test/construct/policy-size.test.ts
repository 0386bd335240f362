import { Template } from 'aws-cdk-lib/assertions';
import { Group, IGrantable, LazyRole, ManagedPolicy, Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { App, Aspects, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { characters, LIMIT, policiesOf } from './policies-of';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, Geography, HaikuInvoker, InferenceRouting, InvokerGuardrail, ModelCard } from '../../src';
import { ACCOUNT } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const service = new ServicePrincipal('lambda.amazonaws.com');
/** The source Region with the longest list of destinations. */
const LONGEST = 'eu-central-2';

function newStack(concrete: boolean, minimize = true): Stack {
  const app = new App({ context: { '@aws-cdk/aws-iam:minimizePolicies': minimize } });
  return new Stack(app, 'Stack', concrete ? { env: { account: ACCOUNT, region: LONGEST } } : {});
}

/** Grants so many application profiles, each a copy of its own construct. */
function grantProfiles(stack: Stack, grantee: IGrantable, profiles: number, routing?: InferenceRouting): void {
  for (let i = 0; i < profiles; i++) {
    const copyFrom = new CrossRegionInferenceProfile(stack, `Haiku${i}`, { routing });
    new ApplicationInferenceProfile(stack, `Team${i}`, { copyFrom }).grants.invoke(grantee);
  }
}

function roleWith(profiles: number, concrete: boolean, minimize: boolean, routing?: InferenceRouting): Stack {
  const stack = newStack(concrete, minimize);
  grantProfiles(stack, new Role(stack, 'Role', { assumedBy: service }), profiles, routing);
  return stack;
}

const shapes = [true, false].flatMap((concrete) => [true, false].flatMap((minimize) =>
  [undefined, InferenceRouting.globalCrossRegion()].map((routing) => ({ concrete, minimize, routing }))));

test.each(shapes)('nine application profiles cost at most 300 characters each beyond the first: $concrete $minimize $routing', ({ concrete, minimize, routing }) => {
  const [one, nine] = [1, 9].map((profiles) => {
    const stack = roleWith(profiles, concrete, minimize, routing);
    expect(policiesOf(stack, 'AWS::IAM::ManagedPolicy', { account: ACCOUNT, region: LONGEST })).toEqual([]);
    return characters(policiesOf(stack, 'AWS::IAM::Policy', { account: ACCOUNT, region: LONGEST }));
  });
  expect((nine - one) / 8).toBeLessThanOrEqual(300);
  expect(nine).toBeLessThanOrEqual(LIMIT.inline);
});

test.each([40, 60, 100].flatMap((profiles) => shapes.map((shape) => ({ profiles, ...shape }))))(
  '$profiles application profiles fit where CDK splits the policy: $concrete $minimize $routing', ({ profiles, concrete, minimize, routing }) => {
    const stack = roleWith(profiles, concrete, minimize, routing);
    const [inline, managed] = (['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'] as const).map((type) => policiesOf(stack, type, { account: ACCOUNT, region: LONGEST }));
    expect(characters(inline)).toBeLessThanOrEqual(LIMIT.inline);
    for (const policy of managed) expect(characters([policy])).toBeLessThanOrEqual(LIMIT.managed);
    // IAM attaches ten managed policies to a role unless the quota is raised.
    expect(managed.length).toBeLessThanOrEqual(9);
    const named = [...inline, ...managed].flatMap(({ Statement }) => Statement)
      .flatMap(({ Resource }) => Resource).filter((arn) => arn.includes(':application-inference-profile/'));
    expect(new Set(named).size).toBe(profiles);
  });

test.each([5, 12, 25, 40])('the grants of %i models fit in an environment-agnostic stack too, where CDK counts a list of models as one', (models) => {
  const stack = newStack(false);
  const role = new Role(stack, 'Role', { assumedBy: service });
  const { sourceUrl, asOf, geoRoutes } = ModelCard.CLAUDE_HAIKU_4_5;
  for (let i = 10; i < 10 + models; i++) {
    const model = ModelCard.of({ name: `Model ${i}`, modelId: `anthropic.model-${i}-with-a-long-name-v1:0`, sourceUrl, asOf, geoRoutes });
    new CrossRegionInferenceProfile(stack, `Model${i}`, { model, routing: InferenceRouting.geo(Geography.EU) }).grants.invoke(role);
  }
  const [inline, managed] = (['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'] as const).map((type) => policiesOf(stack, type, { account: ACCOUNT, region: LONGEST }));
  expect(characters(inline)).toBeLessThanOrEqual(LIMIT.inline);
  for (const policy of managed) expect(characters([policy])).toBeLessThanOrEqual(LIMIT.managed);
});

/** What synthesis says of too large policies. */
function refusal(define: (stack: Stack) => void, concrete = false): string {
  const stack = newStack(concrete);
  define(stack);
  return thrown(() => Template.fromStack(stack));
}

const ADVICE = {
  user: 'expected at most 2048 for a user. Grant a ManagedPolicy that is attached to the user, or a group of the user, or a role that the user assumes, or grant fewer profiles.',
  group: 'expected at most 5120 for a group. Grant a ManagedPolicy that is attached to the group, or a role that its users assume, or grant fewer profiles.',
  role: 'expected at most 10240 for a role. Grant a ManagedPolicy that is attached to the role, spread the access over several roles, or grant fewer profiles.',
};

test.each<[string, (stack: Stack) => void, string, string]>([
  ['a user', (stack) => grantProfiles(stack, new User(stack, 'P'), 9), 'Inline policies of Stack/P are too large for IAM, got', ADVICE.user],
  ['an imported user', (stack) => grantProfiles(stack, User.fromUserName(stack, 'P', 'caller'), 9), 'Inline policies of Stack/P are too large for IAM, got', ADVICE.user],
  ['a group', (stack) => grantProfiles(stack, new Group(stack, 'P'), 30), 'Inline policies of Stack/P are too large for IAM, got', ADVICE.group],
  ['an imported role', (stack) => grantProfiles(stack, Role.fromRoleName(stack, 'P', 'caller'), 60), 'Inline policies of Stack/P are too large for IAM, got', ADVICE.role],
  ['an inline policy of its own', (stack) => grantProfiles(stack, new Policy(stack, 'P', { users: [new User(stack, 'User')] }), 9),
    'Inline policy Stack/P is too large for IAM, got', ADVICE.user],
  ['a managed policy', (stack) => grantProfiles(stack, new ManagedPolicy(stack, 'P'), 40), 'Managed policy Stack/P is too large for IAM, got',
    'expected at most 6144. Spread the access over several managed policies or roles, or grant fewer profiles.'],
  ['a role whose other inline policies are large', (stack) => {
    const statements = [new PolicyStatement({ actions: ['s3:GetObject'], resources: Array.from({ length: 150 }, (_, i) => `arn:aws:s3:::bucket-with-a-quite-long-name-number-${i}/*`) })];
    const role = new Role(stack, 'P', { assumedBy: service, inlinePolicies: { Own: new PolicyDocument({ statements }) } });
    grantProfiles(stack, role, 9);
  }, 'Inline policies of Stack/P are too large for IAM, got', ADVICE.role],
  ['a role whose policies an aspect makes larger after CDK has split them', (stack) => {
    const role = new Role(stack, 'P', { assumedBy: service });
    Aspects.of(stack).add({ visit: (node) => { if (node === role.node.defaultChild) grantProfiles(stack, role, 60); } });
  }, 'Inline policies of Stack/P are too large for IAM, got', ADVICE.role],
])('what is too large for %s fails synthesis, and says what to do', (_, define, start, advice) => {
  const text = refusal(define);
  expect(text).toMatch(/got \d+ characters once deployed;/);
  expect(text).toContain(start);
  expect(text).toContain(advice);
});

test.each<[string, number, (stack: Stack) => IGrantable]>([
  ['a user', 2, (stack) => new User(stack, 'P')],
  ['a group', 15, (stack) => new Group(stack, 'P')],
  ['an imported role', 40, (stack) => Role.fromRoleName(stack, 'P', 'caller')],
  ['a managed policy', 20, (stack) => new ManagedPolicy(stack, 'P')],
  ['a policy that is attached to nothing', 60, (stack) => new Policy(stack, 'P')],
  ['a lazy role', 60, (stack) => {
    const role = new LazyRole(stack, 'P', { assumedBy: service });
    Aspects.of(stack).add({ visit: (node) => { if (node === stack) expect(role.roleArn).toBeDefined(); } }, { priority: 100 });
    return role;
  }],
])('what fits %s is taken', (_, profiles, principal) => {
  const stack = newStack(false);
  grantProfiles(stack, principal(stack), profiles);
  expect(() => Template.fromStack(stack)).not.toThrow();
});

test('the size in the message is that of the Region with the most destinations', () => {
  const text = refusal((stack) => grantProfiles(stack, new User(stack, 'P'), 9));
  const stack = newStack(true);
  const role = new Role(stack, 'Role', { assumedBy: service });
  grantProfiles(stack, role, 9);
  const deployed = characters(policiesOf(stack, 'AWS::IAM::Policy', { account: ACCOUNT, region: 'eu-central-2' }));
  // The check takes the longest name of a Region for the Region.
  expect(Math.abs(Number(/got (\d+)/.exec(text)![1]) - deployed)).toBeLessThan(60);
});

test('an invoker with an enforced guardrail is counted as its role', () => {
  const text = refusal((stack) => {
    const target = new CrossRegionInferenceProfile(stack, 'Haiku');
    const guardrail = InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '3', enforce: true });
    const invoker = new HaikuInvoker(stack, 'Invoker', { target, guardrail });
    const resources = Array.from({ length: 200 }, (_, i) => `arn:aws:s3:::bucket-with-a-quite-long-name-number-${i}/*`);
    const visit = (node: IConstruct) => {
      if (node === invoker.lambdaFunction) invoker.role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources }));
    };
    Aspects.of(stack).add({ visit });
  });
  expect(text).toContain('Inline policies of Stack/Invoker/Role are too large for IAM, got');
});
