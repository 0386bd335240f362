// IAM limits the inline policies of one role, group or user together, wherever each of them was made.
import { Template } from 'aws-cdk-lib/assertions';
import {
  CfnGroupPolicy, CfnPolicy, CfnRole, CfnRolePolicy, CfnUserPolicy, Group, IGrantable, LazyRole,
  Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal, User,
} from 'aws-cdk-lib/aws-iam';
import { App, CfnParameter, Lazy, NestedStack, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, HaikuInvoker } from '../../src';
import { ACCOUNT } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const env = { account: ACCOUNT, region: 'eu-west-2' };
const assumedBy = new ServicePrincipal('lambda.amazonaws.com');
const REGIONS = ['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1'];

function inOneStack(define: (stack: Stack, app: App) => void, environment: object = { env }): string {
  const app = new App();
  const stack = new Stack(app, 'Stack', environment);
  define(stack, app);
  try {
    app.synth();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Grants of several Regions: about 6,000 characters. */
function grantRegions(scope: Construct, id: string, grantee: IGrantable): void {
  for (const sourceRegion of REGIONS) new CrossRegionInferenceProfile(scope, `${id}${sourceRegion}`, { sourceRegion }).grants.invoke(grantee);
}
function grant(scope: Construct, grantee: IGrantable): void {
  new CrossRegionInferenceProfile(scope, 'Haiku').grants.invoke(grantee);
}
/** A statement of another kind, of about 60 characters for each resource. */
const other = (resources: number) => new PolicyStatement({
  actions: ['s3:GetObject'], resources: Array.from({ length: resources }, (_, i) => `arn:aws:s3:::a-rather-long-bucket-name-for-this-test-${i}/*`),
});
const statement = (resources: number) => ({ Version: '2012-10-17', Statement: [other(resources).toStatementJson()] as unknown[] });
const roleIn = (stack: Stack, id = 'P') => new Role(stack, id, { assumedBy });
const byArn = (stack: Stack, id: string) => Role.fromRoleArn(stack, id, `arn:aws:iam::${ACCOUNT}:role/some/path/caller`);

const TOO_LARGE: [string, (stack: Stack, app: App) => void, string, number][] = [
  ['a role with two policies that were granted', (stack) => {
    const role = roleIn(stack);
    for (const id of ['X', 'Y']) grantRegions(stack, id, new Policy(stack, id, { roles: [role] }));
  }, 'Stack/P', 10_240],
  ['a role with a policy of its own and an attached one', (stack) => {
    const role = roleIn(stack);
    role.attachInlinePolicy(new Policy(stack, 'X', { statements: [other(150)] }));
    grant(stack, role);
  }, 'Stack/P', 10_240],
  ['a role of a policy that is attached from the policy\'s side, after the grant', (stack) => {
    const role = roleIn(stack);
    grant(stack, role);
    new Policy(stack, 'X', { statements: [other(150)] }).attachToRole(role);
  }, 'Stack/P', 10_240],
  ['a role with a CfnPolicy', (stack) => {
    const role = roleIn(stack);
    new CfnPolicy(stack, 'X', { policyName: 'x', roles: [role.roleName, role.roleName], policyDocument: statement(150) });
    grant(stack, role);
  }, 'Stack/P', 10_240],
  ['a role with a CfnRolePolicy', (stack) => {
    const role = roleIn(stack);
    new CfnRolePolicy(stack, 'X', { policyName: 'x', roleName: role.roleName, policyDocument: statement(150) });
    grant(stack, role);
  }, 'Stack/P', 10_240],
  ['a role with policies in its L1', (stack) => {
    const role = roleIn(stack);
    (role.node.defaultChild as CfnRole).policies = Lazy.any({ produce: () => [{ policyName: 'x', policyDocument: statement(150) }] });
    grant(stack, role);
  }, 'Stack/P', 10_240],
  ['a role whose policy is in another stack', (stack, app) => {
    const role = roleIn(stack);
    grant(stack, role);
    new Policy(new Stack(app, 'Other', { env }), 'X', { statements: [other(150)], roles: [role] });
  }, 'Stack/P', 10_240],
  ['a role whose policy is in a nested stack', (stack) => {
    const role = roleIn(stack);
    grant(stack, role);
    new Policy(new NestedStack(stack, 'Nested'), 'X', { statements: [other(150)], roles: [role] });
  }, 'Stack/P', 10_240],
  ['a role that is imported twice', (stack) => {
    const copyFrom = new CrossRegionInferenceProfile(stack, 'Haiku');
    for (const [index, role] of [byArn(stack, 'X'), Role.fromRoleName(stack, 'Y', 'caller')].entries()) {
      for (let i = 0; i < 30; i++) new ApplicationInferenceProfile(stack, `Team${index}${i}`, { copyFrom }).grants.invoke(role);
    }
  }, 'Stack/X', 10_240],
  ['a role that is imported in two stacks', (stack, app) => {
    grantRegions(stack, 'X', byArn(stack, 'X'));
    const second = new Stack(app, 'Other', { env: { account: ACCOUNT, region: 'us-east-1' } });
    grantRegions(second, 'Y', byArn(second, 'Y'));
  }, 'Stack/X', 10_240],
  ['a role that is made and imported by its name', (stack) => {
    grantRegions(stack, 'X', new Role(stack, 'P', { assumedBy, roleName: 'caller' }));
    grantRegions(stack, 'Y', Role.fromRoleName(stack, 'Y', 'caller'));
  }, 'Stack/P', 10_240],
  ['a role that is imported twice by a name that is known when it is deployed', (stack) => {
    const name = new CfnParameter(stack, 'RoleName').valueAsString;
    for (const id of ['X', 'Y']) grantRegions(stack, id, Role.fromRoleName(stack, `${id}Role`, `team-${name}`));
  }, 'Stack/XRole', 10_240],
  ['a lazy role with an attached policy', (stack) => {
    const role = new LazyRole(stack, 'P', { assumedBy });
    role.attachInlinePolicy(new Policy(stack, 'X', { statements: [other(150)] }));
    grant(stack, role);
    expect(role.roleArn).toBeDefined();
  }, 'Stack/P', 10_240],
  ['the role of an invoker with an attached policy', (stack) => {
    const { role } = new HaikuInvoker(stack, 'Invoker');
    new Policy(stack, 'X', { statements: [other(150)] }).attachToRole(role);
  }, 'Stack/Invoker/Role', 10_240],
  ['a user with an attached policy', (stack) => {
    const user = new User(stack, 'P');
    user.attachInlinePolicy(new Policy(stack, 'X', { statements: [other(25)] }));
    grant(stack, user);
  }, 'Stack/P', 2_048],
  ['a user with a CfnUserPolicy', (stack) => {
    const user = new User(stack, 'P');
    new CfnUserPolicy(stack, 'X', { policyName: 'x', userName: user.userName, policyDocument: statement(25) });
    grant(stack, user);
  }, 'Stack/P', 2_048],
  ['a user of a policy that is attached to a role too', (stack) => {
    const user = new User(stack, 'P');
    new Policy(stack, 'X', { statements: [other(25)], users: [user], roles: [roleIn(stack, 'Role')] });
    grant(stack, user);
  }, 'Stack/P', 2_048],
  ['a group with a CfnGroupPolicy', (stack) => {
    const group = new Group(stack, 'P');
    new CfnGroupPolicy(stack, 'X', { policyName: 'x', groupName: group.groupName, policyDocument: statement(75) });
    grant(stack, group);
  }, 'Stack/P', 5_120],
];

test.each(TOO_LARGE)('%s is refused: the policies count together', (_, define, entity, most) => {
  const text = inOneStack(define);
  expect(text).toMatch(new RegExp(`Inline policies of ${entity} are too large for IAM, got \\d+ characters once deployed(?:, with those in [^;]+)?; expected at most ${most} for a `));
  expect(text.match(/too large/g)).toHaveLength(1);
});

test('the message names the constructs that hold the other policies', () => {
  const text = inOneStack((stack) => {
    const role = roleIn(stack);
    role.attachInlinePolicy(new Policy(stack, 'X', { statements: [other(150)] }));
    grant(stack, role);
  });
  expect(text).toMatch(/Inline policies of Stack\/P are too large for IAM, got 1\d{4} characters once deployed, with those in Stack\/X; expected at most 10240 for a role\. Grant a ManagedPolicy/);
});

const FITS: [string, (stack: Stack, app: App) => void, object?][] = [
  ['policies of two roles', (stack) => {
    for (const id of ['X', 'Y']) grantRegions(stack, id, new Policy(stack, id, { roles: [roleIn(stack, `${id}Role`)] }));
  }],
  ['a role and a user of one name', (stack) => {
    grantRegions(stack, 'X', Role.fromRoleName(stack, 'R', 'caller'));
    grant(stack, User.fromUserName(stack, 'U', 'caller'));
  }],
  ['roles of one name in two accounts', (stack, app) => {
    const elsewhere = new Stack(app, 'Other', { env: { account: '444455556666', region: 'eu-west-2' } });
    for (const [id, scope] of [['X', stack], ['Y', elsewhere]] as const) grantRegions(scope, id, Role.fromRoleName(scope, id, 'caller'));
  }],
  ['roles of one name in two stacks whose accounts are not known', (stack, app) => {
    for (const [id, scope] of [['X', stack], ['Y', new Stack(app, 'Other')]] as const) grantRegions(scope, id, Role.fromRoleName(scope, id, 'caller'));
  }, {}],
  ['a policy that is attached to nothing beside a large one', (stack) => {
    const role = roleIn(stack);
    grant(stack, role);
    new Policy(stack, 'X', { statements: [other(150)] });
  }],
  ['a policy that was removed again', (stack) => {
    const role = roleIn(stack);
    grant(stack, role);
    new Policy(stack, 'X', { statements: [other(150)], roles: [role] });
    stack.node.tryRemoveChild('X');
  }],
  ['inline policies that just fit together', (stack) => {
    const role = new Role(stack, 'P', { assumedBy, inlinePolicies: { Own: new PolicyDocument({ statements: [other(40)] }) } });
    role.attachInlinePolicy(new Policy(stack, 'X', { statements: [other(40)] }));
    grant(stack, role);
  }],
];

test.each(FITS)('%s: synthesis passes', (...[, define, environment]) => {
  expect(inOneStack(define, environment)).toBe('');
});

test('a second synthesis of the app counts anew', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env });
  const role = roleIn(stack);
  grant(stack, role);
  expect(() => app.synth()).not.toThrow();
  new Policy(stack, 'X', { statements: [other(150)], roles: [role] });
  expect(thrown(() => app.synth({ force: true }))).toContain('Inline policies of Stack/P are too large');
  stack.node.tryRemoveChild('X');
  expect(() => Template.fromStack(stack)).not.toThrow();
});
