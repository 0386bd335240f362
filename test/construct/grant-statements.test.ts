import { Annotations, Match } from 'aws-cdk-lib/assertions';
import {
  AccountPrincipal, ArnPrincipal, Group, IGrantable, LazyRole, PolicyStatement, Role, ServicePrincipal, User,
} from 'aws-cdk-lib/aws-iam';
import { Annotations as CoreAnnotations, App, Stack } from 'aws-cdk-lib/core';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, InRegionInference } from '../../src';
import { ACCOUNT, OTHER_ACCOUNT } from '../kit/stack';
import { thrown } from '../kit/three-ways';

process.env.JSII_DEPRECATED = 'fail'; // A user of the newest CDK must see no deprecation that is ours.
const region = 'ap-northeast-1';
const [OURS, THEIRS] = [ACCOUNT, OTHER_ACCOUNT];
const WARNING = 'cdk-bedrock-haiku:CrossRegionInferenceProfile.notAttached';
const MODEL = 'anthropic.claude-haiku-4-5-20251001-v1:0';

function newStack(): Stack {
  return new Stack(new App(), 'Stack', { env: { account: OURS, region } });
}

function warnings(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

function geoPolicy(account: string): string {
  const profile = `arn:aws:bedrock:${region}:${account}:inference-profile/jp.${MODEL}`;
  return `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "bedrock:InvokeModel",
        "bedrock:InvokeModelWithResponseStream",
        "bedrock:GetInferenceProfile"
      ],
      "Resource": [
        "${profile}"
      ]
    },
    {
      "Effect": "Allow",
      "Action": [
        "bedrock:InvokeModel",
        "bedrock:InvokeModelWithResponseStream"
      ],
      "Resource": [
        "arn:aws:bedrock:ap-northeast-1::foundation-model/${MODEL}",
        "arn:aws:bedrock:ap-northeast-3::foundation-model/${MODEL}"
      ],
      "Condition": {
        "StringEquals": {
          "bedrock:InferenceProfileArn": "${profile}"
        }
      }
    }
  ]
}`;
}

const elsewhere: Array<[string, (stack: Stack) => IGrantable, string, string]> = [
  ['an imported immutable role', (stack) => Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${OURS}:role/caller`, { mutable: false }), 'Stack/Role', OURS],
  ['an imported role of another account', (stack) => Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${THEIRS}:role/caller`), 'Stack/Role', THEIRS],
  ['an account', () => new AccountPrincipal(THEIRS), `AccountPrincipal(${THEIRS})`, THEIRS],
  ['the ARN of a role', () => new ArnPrincipal(`arn:aws:iam::${THEIRS}:role/caller`), `ArnPrincipal(arn:aws:iam::${THEIRS}:role/caller)`, THEIRS],
  ['a service', () => new ServicePrincipal('lambda.amazonaws.com'), 'ServicePrincipal(lambda.amazonaws.com)', OURS],
  ['a role without policy updates',
    (stack) => new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }).withoutPolicyUpdates(), 'Stack/ImmutableRoleRole', OURS],
];

test.each(elsewhere)('a grant to %s warns and prints the policy to attach, with the account of the caller', (_, principal, name, account) => {
  const stack = newStack();
  new CrossRegionInferenceProfile(stack, 'Haiku').grants.invoke(principal(stack));
  const [text, ...others] = warnings(stack);
  expect(others).toEqual([]);
  expect(text).toBe(`The grant to ${name} has no effect: this app cannot change that principal's policies. `
    + `Attach this policy to it:\n${geoPolicy(account)} [ack: ${WARNING}]`);
});

// At the floor, CDK overlooks an acknowledgement that is made on the construct itself before the warning.
test('the warning can be acknowledged by its id, on the stack beforehand and on the profile afterwards', () => {
  const [before, after] = [newStack(), newStack()];
  CoreAnnotations.of(before).acknowledgeWarning(WARNING, 'attached by the platform team');
  for (const stack of [before, after]) new CrossRegionInferenceProfile(stack, 'Haiku').grants.invoke(new AccountPrincipal(THEIRS));
  expect(warnings(after)).toHaveLength(1);
  const again = newStack();
  const haiku = new CrossRegionInferenceProfile(again, 'Haiku');
  haiku.grants.invoke(new AccountPrincipal(THEIRS));
  CoreAnnotations.of(haiku).acknowledgeWarning(WARNING, 'attached by the platform team');
  expect([warnings(before), warnings(again)]).toEqual([[], []]);
});

test('the warning of in-Region inference has an id of its own and names the project of the caller\'s account', () => {
  const stack = newStack();
  new InRegionInference(stack, 'Haiku').grants.invoke(new ArnPrincipal(`arn:aws:iam::${THEIRS}:role/caller`));
  expect(warnings(stack)).toEqual([`The grant to ArnPrincipal(arn:aws:iam::${THEIRS}:role/caller) has no effect: this app cannot change that principal's policies. `
    + `Attach this policy to it:\n${JSON.stringify({
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Action: ['bedrock-mantle:CreateInference'],
        Resource: [`arn:aws:bedrock-mantle:${region}:${THEIRS}:project/default`],
        Condition: { StringEquals: { 'bedrock-mantle:Model': 'anthropic.claude-haiku-4-5' } },
      }],
    }, undefined, 2)} [ack: cdk-bedrock-haiku:InRegionInference.notAttached]`]);
});

const here: Array<[string, (stack: Stack) => IGrantable]> = [
  ['a role', (stack) => new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })],
  ['an imported role', (stack) => Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${OURS}:role/caller`)],
  ['an imported role by name', (stack) => Role.fromRoleName(stack, 'Role', 'caller')],
  ['a lazy role', (stack) => new LazyRole(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })],
  ['a user', (stack) => new User(stack, 'User')],
  ['an imported user', (stack) => User.fromUserName(stack, 'User', 'caller')],
  ['a group', (stack) => new Group(stack, 'Group')],
];

test.each(here)('a grant to %s takes effect and does not warn', (_, principal) => {
  const stack = newStack();
  const grant = new CrossRegionInferenceProfile(stack, 'Haiku').grants.invoke(principal(stack));
  expect([grant.success, warnings(stack)]).toEqual([true, []]);
  expect(() => grant.assertSuccess()).not.toThrow();
});

test('an imported role that already has a policy, and takes no more, is not mistaken for one', () => {
  const stack = newStack();
  const role = Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${OURS}:role/caller`);
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
  new CrossRegionInferenceProfile(stack, 'Haiku').grants.invoke(role);
  expect(warnings(stack)).toEqual([]);
});

test('a grant that failed says so when it is asserted', () => {
  const stack = newStack();
  const grant = new CrossRegionInferenceProfile(stack, 'Haiku').grants.invoke(new AccountPrincipal(THEIRS));
  expect(thrown(() => grant.assertSuccess())).toMatch(/^Permissions for .* could not be added/);
});

test('an application profile warns for an immutable role, and prints its own ARN and the copied one', () => {
  const stack = newStack();
  const team = new ApplicationInferenceProfile(stack, 'Team', { copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku') });
  team.grants.invoke(Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${OURS}:role/caller`, { mutable: false }));
  const [text] = warnings(stack);
  const policy = JSON.parse(text.replace(/^[^\n]*\n/, '').replace(/ \[ack: [^\]]*\]$/, ''));
  const own = `arn:aws:bedrock:${region}:${OURS}:application-inference-profile/example`;
  expect(text).toContain(`policies. Replace ${own} with the ARN of the application inference profile Stack/Team, which is known only when it is deployed. Attach`);
  expect(policy.Statement[0].Resource).toEqual([own]);
  expect(policy.Statement[1].Condition.StringEquals['bedrock:InferenceProfileArn'])
    .toEqual([own, `arn:aws:bedrock:${region}:${OURS}:inference-profile/jp.${MODEL}`]);
});
