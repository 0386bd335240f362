import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { App, NestedStack, PhysicalName, Stack } from 'aws-cdk-lib/core';
import { CENTRAL, letsIn, roleIn, rolesOf } from './roles-of';
import { functionOf } from './stack-with-invoker';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, HaikuInvoker, HaikuInvokerProps, InRegionInference, InvokerGuardrail } from '../../src';
import { PolicySimulator } from '../iam/policy-simulator';
import { ACCOUNT, OTHER_ACCOUNT, stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const REGION = 'us-east-1';
const PROFILE_ID = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const profileOf = (account: string) => `arn:aws:bedrock:${REGION}:${account}:inference-profile/${PROFILE_ID}`;
const model = (region: string) => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0`;

const invoke = (resource: string, profile: string) => ({ action: 'bedrock:InvokeModel', resource, context: { 'bedrock:InferenceProfileArn': profile } });
const callable = (simulator: PolicySimulator, account: string) => simulator.allows({ action: 'bedrock:InvokeModel', resource: profileOf(account) })
  && ['us-east-1', 'us-east-2', 'us-west-2'].every((region) => simulator.allows(invoke(model(region), profileOf(account))));
/** Ours: the newest CDK has one of its own for each reference between stacks. */
const warnings = (stack: Stack): string[] => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-bedrock-haiku'))
  .map(({ entry }) => String(entry.data));

/** An invoker of our account, and a role in a place that a test chooses. */
function scene(central: { readonly account?: string; readonly region?: string } | 'same', props: HaikuInvokerProps = {}, agnostic = false) {
  const app = new App();
  const stack = new Stack(app, 'Stack', agnostic ? {} : { env: { account: ACCOUNT, region: REGION } });
  const there = central === 'same' ? stack : new Stack(app, 'There', agnostic ? {} : { env: { account: ACCOUNT, region: REGION, ...central } });
  const role = roleIn(there, { roleName: central === 'same' ? undefined : PhysicalName.GENERATE_IF_NEEDED });
  const invoker = new HaikuInvoker(stack, 'Invoker', { assumedRole: role, ...props });
  return { app, stack, there, role, invoker };
}

describe.each([
  ['the same stack', 'same' as const, ACCOUNT, false], ['another stack', {}, ACCOUNT, false], ['another account', { account: OTHER_ACCOUNT }, OTHER_ACCOUNT, false],
  ['another Region', { region: 'us-west-2' }, ACCOUNT, false], ['another stack, neither with an env', {}, ACCOUNT, true], ['the same stack without an env', 'same' as const, ACCOUNT, true],
])('a role that is made in %s', (_, central, account, agnostic) => {
  test.each([undefined, 'team-a'])('lets exactly the function in, with the external ID %p', (externalId) => {
    const { stack, there, invoker } = scene(central, { externalId }, agnostic);
    const own = rolesOf(stack);
    const ids = Object.keys(own.may).filter((id) => id.startsWith('InvokerRole'));
    const { trusts } = rolesOf(there);
    const trust = trusts[Object.keys(trusts).find((id) => id.startsWith('Central'))!];
    const name = own.names[ids[0]];
    const arn = central === 'same' ? `GetAtt(${ids[0]}.Arn)` : `arn:aws:iam::${ACCOUNT}:role/${String(name)}`;
    expect((trust[1] as { Condition: unknown }).Condition).toEqual({
      ArnEquals: { 'aws:PrincipalArn': arn }, ...externalId !== undefined && { StringEquals: { 'sts:ExternalId': externalId } },
    });
    expect(trust).toHaveLength(2);
    if (central !== 'same') {
      expect(letsIn(trust, arn, externalId)).toBe(true);
      expect(letsIn(trust, `${arn}x`, externalId)).toBe(false);
      expect(letsIn(trust, arn.replace(ACCOUNT, '999999999999'), externalId)).toBe(false);
      expect(letsIn(trust, arn, 'other')).toBe(externalId === undefined);
      expect(name).toMatch(/^Stack-Invoker-[\w-]+-us-east-1$/);
    } else {
      expect(name).toBeUndefined();
    }
    const { Variables } = functionOf(Stack.of(invoker)).Environment;
    expect(Variables).toMatchObject({ ASSUMED_ROLE_ARN: expect.anything(), ...externalId && { ASSUMED_ROLE_EXTERNAL_ID: externalId } });
  });

  test('calls the model with the statements of its own account, and the function\'s role with none', () => {
    const { stack, there } = scene(central, {}, agnostic);
    const { may: own } = rolesOf(stack);
    const { may } = rolesOf(there);
    const [function_] = Object.entries(own).find(([id]) => id.startsWith('InvokerRole'))!.slice(1) as [PolicySimulator];
    const assumed = Object.entries(may).find(([id]) => id.startsWith('Central'))![1];
    expect(callable(assumed, account)).toBe(true);
    expect(callable(function_, ACCOUNT)).toBe(false);
    expect(function_.allows({ action: 'bedrock:InvokeModel', resource: profileOf(ACCOUNT) })).toBe(false);
    expect(function_.allows({ action: 'sts:AssumeRole', resource: CENTRAL })).toBe(false);
    expect(function_.allows({ action: 'sts:AssumeRole', resource: '*' })).toBe(false);
    expect(warnings(stack)).toEqual([]);
    expect(warnings(there)).toEqual([]);
  });

  test('synthesises', () => {
    expect(() => scene(central, {}, agnostic).app.synth()).not.toThrow();
  });
});

test('the function\'s role may assume the one role, write its log, and nothing else', () => {
  const stack = stackIn(REGION);
  new HaikuInvoker(stack, 'Invoker', { assumedRole: Role.fromRoleArn(stack, 'Central', CENTRAL) });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  expect(Properties.PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: expect.anything() },
    { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: CENTRAL },
  ]);
});

test('several functions of an account share a statement of the trust policy, those with another external ID do not', () => {
  const stack = stackIn(REGION);
  const assumedRole = roleIn(stack);
  for (const [id, externalId] of [['A'], ['B'], ['C', 'team']]) new HaikuInvoker(stack, id, { assumedRole, externalId });
  const { trusts } = rolesOf(stack);
  const [, trust] = Object.entries(trusts).find(([id]) => id.startsWith('Central'))!;
  expect(trust.slice(1).map(({ Condition }) => Condition)).toEqual([
    { ArnEquals: { 'aws:PrincipalArn': [expect.stringMatching(/^GetAtt\(ARole/), expect.stringMatching(/^GetAtt\(BRole/)] } },
    { ArnEquals: { 'aws:PrincipalArn': expect.stringMatching(/^GetAtt\(CRole/) }, StringEquals: { 'sts:ExternalId': 'team' } },
  ]);
});

test('of a role that this app cannot change the policy and the trust statement are printed', () => {
  const stack = stackIn(REGION);
  new HaikuInvoker(stack, 'Invoker', { assumedRole: Role.fromRoleArn(stack, 'Central', CENTRAL), externalId: 'team-a' });
  const [trust, policy] = warnings(stack);
  const { RoleName } = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))[0].Properties;
  expect(policy).toMatch(/^The grant to .* has no effect: this app cannot change that principal's policies\. Attach this policy to it:\n/);
  expect(policy).toContain('[ack: cdk-bedrock-haiku:CrossRegionInferenceProfile.notAttached]');
  expect(policy).toContain(profileOf(OTHER_ACCOUNT));
  expect(policy).not.toContain(profileOf(ACCOUNT));
  expect(trust).toBe(`The trust policy of the role ${CENTRAL} is not this app's to change. Attach this statement to it:\n${JSON.stringify({
    Action: 'sts:AssumeRole',
    Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/${RoleName}` }, StringEquals: { 'sts:ExternalId': 'team-a' } },
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  }, undefined, 2)} [ack: cdk-bedrock-haiku:HaikuInvoker.trustNotAttached]`);
});

test('with a guardrail one policy holds all, of the role\'s own account, its key too', () => {
  const stack = stackIn(REGION);
  const encryptionKey = Key.fromKeyArn(stack, 'Key', `arn:aws:kms:${REGION}:${OTHER_ACCOUNT}:key/k`);
  const guardrail = InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '3', enforce: true, encryptionKey });
  new HaikuInvoker(stack, 'Invoker', { assumedRole: Role.fromRoleArn(stack, 'Central', CENTRAL), guardrail });
  const [policy, trust, ...more] = warnings(stack);
  expect(more).toEqual([]);
  expect(trust).toContain('HaikuInvoker.trustNotAttached');
  const [, words, json] = /^(.*?)\n(\{.*\}) \[ack: (.*)\]$/s.exec(policy)!;
  expect(words).toBe(`The assumed role ${CENTRAL} gets nothing: this app cannot change its policies. Attach this policy to it:`);
  const may = new PolicySimulator(JSON.parse(json));
  expect(may.allows({ action: 'bedrock:ApplyGuardrail', resource: `arn:aws:bedrock:${REGION}:${OTHER_ACCOUNT}:guardrail/a1b2` })).toBe(true);
  expect(may.allows({ action: 'kms:Decrypt', resource: `arn:aws:kms:${REGION}:${OTHER_ACCOUNT}:key/k` })).toBe(true);
  expect(may.allows(invoke(model('us-west-2'), profileOf(OTHER_ACCOUNT)))).toBe(false);
  expect(json).not.toContain(`:${ACCOUNT}:`);
});

test('a guardrail of a role that this app makes is the role\'s to apply', () => {
  const { there, stack } = scene({ account: OTHER_ACCOUNT }, { guardrail: InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '3' }) });
  const assumed = Object.values(rolesOf(there).may)[0];
  expect(assumed.allows({ action: 'bedrock:ApplyGuardrail', resource: `arn:aws:bedrock:${REGION}:${OTHER_ACCOUNT}:guardrail/a1b2` })).toBe(true);
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).not.toContain('bedrock:');
});

test('bedrock-mantle is called in the role\'s account too', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region: REGION } });
  const there = new Stack(app, 'There', { env: { account: OTHER_ACCOUNT, region: REGION } });
  new HaikuInvoker(stack, 'Invoker', { target: new InRegionInference(stack, 'Target'), assumedRole: roleIn(there, { roleName: 'central' }) });
  expect(JSON.stringify(Template.fromStack(there).toJSON())).toContain(`arn:aws:bedrock-mantle:${REGION}:${OTHER_ACCOUNT}:project/default`);
});

test('an application inference profile is one of the role\'s account', () => {
  const stack = stackIn(REGION);
  const copyFrom = new CrossRegionInferenceProfile(stack, 'Haiku');
  const assumedRole = Role.fromRoleArn(stack, 'Central', CENTRAL);
  const ofAccount = (account: string) => ApplicationInferenceProfile.fromApplicationInferenceProfileArn(
    stack, `Of${account}`, `arn:aws:bedrock:${REGION}:${account}:application-inference-profile/abc`, copyFrom);
  expect(() => new HaikuInvoker(stack, 'Right', { assumedRole, target: ofAccount(OTHER_ACCOUNT) })).not.toThrow();
  expect(thrown(() => new HaikuInvoker(stack, 'Wrong', { assumedRole, target: ofAccount(ACCOUNT) }))).toContain(
    `is in another account than the application inference profile Stack/Of${ACCOUNT}, got "${OTHER_ACCOUNT}"; expected "${ACCOUNT}".`);
});

test('names of functions\' roles differ by construct, stack name and Region, and are no longer than IAM takes', () => {
  const nameOf = (id: string, stackName: string, region = 'ap-southeast-2') => {
    const stack = new Stack(new App(), 'Stack', { stackName, env: { account: ACCOUNT, region } });
    new HaikuInvoker(stack, id, { assumedRole: Role.fromRoleArn(stack, 'Central', CENTRAL) });
    return String(Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))[0].Properties.RoleName);
  };
  const names = [nameOf('A', 'one'), nameOf('B', 'one'), nameOf('A', 'two'), nameOf('A', 'one', 'us-east-1'), nameOf('Long'.repeat(60), 'one')];
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[\w-]{10,64}$/);
  expect(nameOf('A', 'one')).toBe(names[0]);
});

test('a role of its own that the function has is trusted by its ARN', () => {
  const stack = stackIn(REGION);
  const assumedRole = roleIn(stack);
  new HaikuInvoker(stack, 'Invoker', { assumedRole, role: Role.fromRoleArn(stack, 'Mine', `arn:aws:iam::${ACCOUNT}:role/mine`) });
  const [, trust] = Object.entries(rolesOf(stack).trusts).find(([id]) => id.startsWith('Central'))!;
  expect(letsIn(trust, `arn:aws:iam::${ACCOUNT}:role/mine`)).toBe(true);
  expect(letsIn(trust, `arn:aws:iam::${ACCOUNT}:role/other`)).toBe(false);
});

test('a function\'s role that cannot be changed has the missing statement printed', () => {
  const stack = stackIn(REGION);
  const role = Role.fromRoleArn(stack, 'Mine', `arn:aws:iam::${ACCOUNT}:role/mine`, { mutable: false });
  new HaikuInvoker(stack, 'Invoker', { assumedRole: roleIn(stack), role });
  const [printed] = warnings(stack);
  expect(printed).toContain('HaikuInvoker.notAttached');
  expect(printed).toContain('"sts:AssumeRole"');
  expect(printed).not.toContain('bedrock:');
});

test('in a nested stack the name is that of the outermost stack\'s place', () => {
  const app = new App();
  const outer = new Stack(app, 'Outer', { env: { account: ACCOUNT, region: REGION } });
  const nested = new NestedStack(outer, 'Nested');
  new HaikuInvoker(nested, 'Invoker', { assumedRole: roleIn(outer) });
  expect(() => app.synth()).not.toThrow();
  expect(rolesOf(nested).names).toEqual({ [Object.keys(rolesOf(nested).names)[0]]: expect.stringMatching(/^Outer-Nested-Invoker-[\w-]+-us-east-1$/) });
});

test('a role whose policies are left alone is called by its place in the app, and so is what CDK reports', () => {
  const stack = stackIn(REGION);
  const guardrail = InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '3' });
  new HaikuInvoker(stack, 'Invoker', { assumedRole: roleIn(stack).withoutPolicyUpdates(), guardrail });
  expect(warnings(stack).map((text) => text.split('\n')[0]).sort()).toEqual([
    expect.stringMatching(/^The assumed role Stack\/\w*Central\w* gets nothing: this app cannot change its policies\. Attach this policy to it:$/),
    expect.stringMatching(/^The trust policy of the role Stack\/\w*Central\w* is not this app's to change\. Attach this statement to it:$/),
  ]);
  const reported = stackIn(REGION);
  Role.customizeRoles(reported, { usePrecreatedRoles: { 'Stack/Central': 'central', 'Stack/Invoker/Role': 'mine' } });
  new HaikuInvoker(reported, 'Invoker', { assumedRole: roleIn(reported) });
  const [trust] = warnings(reported);
  expect(trust).toContain('HaikuInvoker.trustNotAttached');
  expect(trust).toContain(':role/mine"');
});

test('where the account of the stack is known only when it is deployed, nothing is written to an imported role, which may be another account\'s', () => {
  const stack = stackIn();
  new HaikuInvoker(stack, 'Invoker', { assumedRole: Role.fromRoleArn(stack, 'Central', CENTRAL) });
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  expect(policies.flatMap(({ Properties: { Roles } }) => Roles as unknown[])).toEqual([{ Ref: expect.stringMatching(/^InvokerRole/) }]);
  expect(warnings(stack).join('\n')).toContain(profileOf(OTHER_ACCOUNT));
});

test.each([
  ['guardrail', (account: string) => InvokerGuardrail.fromGuardrailArn(`arn:aws:bedrock:${REGION}:${account}:guardrail/a1b2c3`, { guardrailVersion: '1' })],
  ['guardrail profile', (account: string) => InvokerGuardrail.fromGuardrailId('a1b2c3', {
    guardrailVersion: '1', guardrailProfileArns: [`arn:aws:bedrock:us-west-2:${account}:guardrail-profile/us.guardrail.v1:0`],
  })],
])('a %s of the function\'s own account is refused where the calls are those of another', (_, guardrailOf) => {
  const act = (account: string, central: string) => {
    const stack = stackIn(REGION);
    return new HaikuInvoker(stack, 'Invoker', { assumedRole: Role.fromRoleArn(stack, 'Central', central), guardrail: guardrailOf(account) });
  };
  expect(thrown(() => act(ACCOUNT, CENTRAL))).toMatch(new RegExp(
    `^guardrail is one of the function's own account, got "arn:aws:bedrock:[^"]*:${ACCOUNT}:[^"]*", and the calls are made as a role of "${OTHER_ACCOUNT}"; expected one of that account\\. `
    + 'Create the guardrail there, and pass the ID or the ARN that it has there\\.$'));
  expect(() => act(OTHER_ACCOUNT, CENTRAL)).not.toThrow();
  expect(() => act(ACCOUNT, CENTRAL.replace(OTHER_ACCOUNT, ACCOUNT))).not.toThrow();
});
