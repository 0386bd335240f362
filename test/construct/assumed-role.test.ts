import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CfnGuardrail } from 'aws-cdk-lib/aws-bedrock';
import { AccountRootPrincipal, IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Aws, CfnCondition, Fn, App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, HaikuInvoker, HaikuInvokerProps, InvokerGuardrail } from '../../src';
import { CENTRAL, letsIn, roleIn, rolesOf } from '../invoker/roles-of';
import { functionOf } from '../invoker/stack-with-invoker';
import { ACCOUNT, OTHER_ACCOUNT, stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const REGION = 'us-east-1';

const here = () => {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region: REGION } });
  return { app, stack, central: Role.fromRoleArn(stack, 'Central', CENTRAL) };
};
const message = (stack: Stack, props: HaikuInvokerProps) => thrown(() => new HaikuInvoker(stack, 'Invoker', props));

test('an external ID needs a role', () => {
  expect(message(stackIn(REGION), { externalId: 'team' })).toBe(
    'externalId is for the role that is assumed, and assumedRole is left out. Pass assumedRole too, or leave externalId out.');
});

test.each<[string, (stack: Stack) => string]>([
  ['no value', () => Aws.NO_VALUE],
  ['no value in some deployments', (stack) => Fn.conditionIf(new CfnCondition(stack, 'Some', { expression: Fn.conditionEquals(Aws.REGION, REGION) }).logicalId, 'team', Aws.NO_VALUE).toString()],
])('%s is no external ID', (_, externalId) => {
  const stack = stackIn(REGION);
  const central = Role.fromRoleArn(stack, 'Central', CENTRAL);
  expect(message(stack, { assumedRole: central, externalId: externalId(stack) })).toBe(
    'externalId may be left out only when the stack is deployed, got AWS::NoValue; expected one that is there, or none. '
    + 'The trust policy either asks for one or does not: leave externalId out of the app to have none.');
});

test.each(['', 'a', 'with space', '*', '${aws:PrincipalTag/team}', 'x'.repeat(1225)])('%s is no external ID', (externalId) => {
  const { stack, central } = here();
  expect(message(stack, { assumedRole: central, externalId })).toMatch(
    /^externalId is not one that AWS STS takes, got ".*; expected 2 to 1,224 letters, digits and _ \+ = , \. @ : \/ -\. Pass the one that the trust policy of the role asks for\.$/);
});

test('an external ID may be known only at deploy time', () => {
  const { stack, central } = here();
  const externalId = new CfnParameter(stack, 'ExternalId').valueAsString;
  expect(() => new HaikuInvoker(stack, 'Invoker', { assumedRole: central, externalId })).not.toThrow();
  expect(functionOf(stack).Environment.Variables).toMatchObject({ ASSUMED_ROLE_EXTERNAL_ID: { Ref: 'ExternalId' } });
});

test.each([
  ['arn:aws:iam::444455556666:role/*', 'assumedRole would stand in a policy for more than one resource, got "arn:aws:iam::444455556666:role/*"; '
    + 'expected the ARN of one role, without "*", "?" and "${...}". Name the one resource that is meant.'],
  ['arn:aws:sts::444455556666:assumed-role/a/b', 'assumedRole has an ARN that is not a role\'s, got "arn:aws:sts::444455556666:assumed-role/a/b"; '
    + 'expected "arn:aws:iam::<account>:role/<name>". Pass Role.fromRoleArn(...) with that of the role, not that of a session of it.'],
])('%s is no role to assume', (arn, expected) => {
  const { stack } = here();
  expect(message(stack, { assumedRole: Role.fromRoleArn(stack, 'Other', arn) })).toBe(expected);
});

test('the function\'s own role is not assumed', () => {
  const { stack } = here();
  const role = Role.fromRoleArn(stack, 'Mine', `arn:aws:iam::${ACCOUNT}:role/mine`);
  expect(message(stack, { role, assumedRole: role })).toMatch(
    /^assumedRole is the function's own role, got \w+ at Stack\/Mine for both; expected another one\. Leave assumedRole out: the function has this role anyway\.$/);
});

test('a role of another account needs a name', () => {
  const { app, stack } = here();
  const there = new Stack(app, 'There', { env: { account: OTHER_ACCOUNT, region: REGION } });
  expect(message(stack, { assumedRole: roleIn(there) })).toBe(
    'assumedRole is made in another account or Region, and has no name by which the stack Stack could refer to it, got Role at There/Central; expected a role with a name. '
    + 'Give it roleName: PhysicalName.GENERATE_IF_NEEDED, or a name of its own.');
});

test('a stack with an env and one without cannot name each other\'s roles', () => {
  const { app, stack } = here();
  expect(message(stack, { assumedRole: roleIn(new Stack(app, 'There'), { roleName: 'central' }) })).toBe(
    'assumedRole is made in the stack There (account known only when it is deployed, Region known only when it is deployed), '
    + `and the function in Stack (account ${ACCOUNT}, Region ${REGION}); expected both stacks with an env, or neither. `
    + 'Whether they are of one account must be known: give both an account and a Region as env.');
});

test('two roles in two stacks of one account would need each other first', () => {
  const { app, stack } = here();
  const there = new Stack(app, 'There', { env: { account: ACCOUNT, region: REGION } });
  const role = new Role(stack, 'Mine', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  expect(message(stack, { role, assumedRole: roleIn(there) })).toBe(
    'role and assumedRole are made in two stacks of one account and Region, got Role at Stack/Mine and Role at There/Central; each stack would need the other one first. '
    + 'Make both in one stack, or leave role out: the HaikuInvoker then makes one with a name.');
});

test('a role of one\'s own needs a name to be trusted in another account', () => {
  const { app, stack } = here();
  const there = new Stack(app, 'There', { env: { account: OTHER_ACCOUNT, region: REGION } });
  const roleWith = (id: string, roleName?: string): IRole => new Role(stack, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), roleName });
  const assumedRole = roleIn(there, { roleName: 'central' });
  expect(message(stack, { role: roleWith('Mine'), assumedRole })).toContain('role is made in another account or Region, and has no name by which the stack There could refer to it');
  new HaikuInvoker(stack, 'Named', { role: roleWith('Named1', 'mine'), assumedRole });
  const [trust] = Object.values(rolesOf(there).trusts);
  expect(letsIn(trust, `arn:aws:iam::${ACCOUNT}:role/mine`)).toBe(true);
});

test('a guardrail and an application profile that are made in another account have no ID yet', () => {
  const { app, stack, central } = here();
  const there = new Stack(app, 'There', { env: { account: OTHER_ACCOUNT, region: REGION } });
  const guardrailOf = (scope: Stack) => {
    const made = new CfnGuardrail(scope, 'Guardrail', { name: 'g', blockedInputMessaging: 'No.', blockedOutputsMessaging: 'No.' });
    return InvokerGuardrail.fromGuardrailId(made.attrGuardrailId, { guardrailVersion: '1' });
  };
  for (const [scope, account] of [[there, OTHER_ACCOUNT], [stack, ACCOUNT]] as const) {
    expect(message(new Stack(app, `Of${account}`, { env: { account: ACCOUNT, region: REGION } }), { assumedRole: central, guardrail: guardrailOf(scope) })).toBe(
      `guardrail is made in this app in the account "${account}", and the function of "${ACCOUNT}" calls as a role of "${OTHER_ACCOUNT}"; `
      + 'expected one of the assumed role\'s account whose ID is known. Deploy it first in that account, and pass its ID or ARN, and its version, as text.');
  }
  const target = new ApplicationInferenceProfile(there, 'Team', { copyFrom: new CrossRegionInferenceProfile(there, 'Haiku') });
  expect(message(stack, { assumedRole: central, target })).toBe(
    'target is an application inference profile that is made in another account than the function, got ApplicationInferenceProfile at There/Team; '
    + 'expected one whose ARN is known, since AWS gives it its ID when it is made. '
    + 'Deploy it first, and pass ApplicationInferenceProfile.fromApplicationInferenceProfileArn(...) with its ARN.');
});

test('AWS STS has no FIPS endpoint in ca-central-1, where bedrock-runtime has one', () => {
  const stack = stackIn('ca-central-1');
  expect(message(stack, { fipsEndpoint: true, assumedRole: Role.fromRoleArn(stack, 'Central', CENTRAL) })).toBe(
    'fipsEndpoint does not go with assumedRole in "ca-central-1"; AWS STS, which assumes the role, has a FIPS endpoint in '
    + '"us-east-1", "us-east-2", "us-west-1", "us-west-2", "us-gov-east-1", "us-gov-west-1". Leave one of them out, or deploy the stack to one of these Regions.');
});

test('what is no role is refused', () => {
  expect(message(stackIn(REGION), { assumedRole: new AccountRootPrincipal() as never })).toContain('assumedRole is not a role, got an AccountRootPrincipal; expected an iam.Role.');
});

describe('the trust policy of a role that many functions assume', () => {
  const trustedBy = (functions: number) => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region: REGION } });
    const assumedRole = roleIn(new Stack(app, 'There', { env: { account: OTHER_ACCOUNT, region: REGION } }), { roleName: 'central' });
    for (let i = 0; i < functions; i++) new HaikuInvoker(stack, `Invoker${i}`, { assumedRole });
    return { app, role: assumedRole };
  };
  const sizeOf = (text: string) => Number(/got (\d+) characters/.exec(text)![1]);

  test('may be as long as IAM takes by default', () => {
    const { app, role } = trustedBy(16);
    app.synth();
    expect(Annotations.fromStack(Stack.of(role)).findWarning('*', Match.stringLikeRegexp('trustPolicySize'))).toEqual([]);
  });

  test('is warned of where the account needs a greater quota', () => {
    const { app, role } = trustedBy(24);
    app.synth();
    const [{ entry }] = Annotations.fromStack(Stack.of(role)).findWarning('*', Match.stringLikeRegexp('trustPolicySize'));
    const text = String(entry.data);
    expect(sizeOf(text)).toBeGreaterThan(2048);
    expect(text.replace(/\d+ characters/, 'N characters')).toBe(
      `Trust policy of ${role.node.path} is too long for IAM, got N characters once deployed; expected at most 2048, unless the account has a greater quota. `
      + 'Ask for more of "Role trust policy length", up to 4096. Or make several such roles, each for some of the functions, '
      + 'or give the functions one role of their own with the prop role. [ack: cdk-bedrock-haiku:HaikuInvoker.trustPolicySize]');
  });

  test('fails where no account has such a quota', () => {
    const { app, role } = trustedBy(60);
    const text = thrown(() => app.synth());
    expect(sizeOf(text)).toBeGreaterThan(4096);
    expect(text.replace(/\d+ characters/, 'N characters')).toContain(
      `Trust policy of ${role.node.path} is too long for IAM, got N characters once deployed; expected at most 4096. `
      + 'Each function adds its role: make several such roles, each for some of the functions, or give the functions one role of their own with the prop role.');
  });
});
