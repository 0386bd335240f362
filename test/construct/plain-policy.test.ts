import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, ArnPrincipal, IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import {
  ApplicationInferenceProfile, CrossRegionInferenceProfile, Geography, HaikuInvoker, IInvocableModel, InferenceRouting, InRegionInference,
  ModelInvocationLogging,
} from '../../src';
import { plainPolicy } from '../../src/construct/plain-policy';
import { ACCOUNT, OTHER_ACCOUNT } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const [OURS, THEIRS] = [ACCOUNT, OTHER_ACCOUNT];
const region = 'us-west-2';
const MODEL = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const ARN = /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:[a-z-]+\/[A-Za-z0-9._:/-]+$/;

function stackWith(env: 'literal' | 'agnostic' | 'account alone' | 'region alone'): Stack {
  const envs = { 'literal': { account: OURS, region }, 'agnostic': {}, 'account alone': { account: THEIRS }, 'region alone': { region } };
  return new Stack(new App(), 'Stack', { env: envs[env] });
}

function warningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

/** The JSON that a warning prints; text that is no JSON is an error. */
function printed(warning: string): { Statement: Array<{ Resource: unknown[]; Condition?: Record<string, Record<string, string | string[]>> }> } {
  return JSON.parse(warning.slice(warning.indexOf('\n{')).replace(/ \[ack: [^\]]*\]$/, ''));
}

const targets: Array<[string, (stack: Stack) => IInvocableModel]> = [
  ['the geography of the source Region', (stack) => new CrossRegionInferenceProfile(stack, 'Haiku')],
  ['a geography', (stack) => new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.geo(Geography.US) })],
  ['global', (stack) => new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() })],
  ['an application profile', (stack) => new ApplicationInferenceProfile(stack, 'Team', { copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku') })],
  ['an application profile of global', (stack) => new ApplicationInferenceProfile(stack, 'Team',
    { copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() }) })],
  ['an imported application profile, by a token', (stack) => ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(stack, 'Team',
    { inferenceProfileArn: new CfnParameter(stack, 'Arn').valueAsString, copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku') })],
  ['in-Region', (stack) => new InRegionInference(stack, 'Haiku')],
];
const principals: Array<[string, (stack: Stack) => IGrantable]> = [
  ['an immutable role', (stack) => Role.fromRoleArn(stack, 'Caller', `arn:${Aws.PARTITION}:iam::${stack.account}:role/caller`, { mutable: false })],
  ['a service', () => new ServicePrincipal('lambda.amazonaws.com')],
];
const environments = ['literal', 'agnostic', 'account alone', 'region alone'] as const;

const combinations = targets.flatMap(([target, make]) =>
  principals.flatMap(([principal, grantee]) => environments.map((env) => ({ target, make, principal, grantee, env }))));

test.each(combinations)(
  'what is printed for $principal and $target is plain JSON ($env)', ({ target, make, grantee, env }) => {
    const stack = stackWith(env);
    make(stack).grants.invoke(grantee(stack));
    const [text, ...others] = warningsOf(stack);
    expect(others).toEqual([]);
    expect(text).not.toMatch(/[{]\s*"(Fn::|Ref")|\[object|[$#]\{Token/);
    for (const { Resource, Condition } of printed(text).Statement) {
      for (const arn of Resource) expect(arn).toMatch(ARN);
      for (const value of Object.values(Condition?.StringEquals ?? {}).flat()) expect(typeof value).toBe('string');
    }
    if (!target.includes('token')) expect(text.includes(`Replace ${OURS} with your account.`)).toBe(env === 'agnostic' || env === 'region alone');
    expect(text.includes('The Region of the stack is known only when it is deployed, so this policy is for us-east-1')).toBe(env === 'agnostic' || env === 'account alone');
  });

test('the warning of an environment-agnostic stack says for what it is written, and how the rest is printed', () => {
  const stack = stackWith('agnostic');
  new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() }).grants.invoke(new ServicePrincipal('lambda.amazonaws.com'));
  const profile = `arn:aws:bedrock:us-east-1:${OURS}:inference-profile/global.${MODEL}`;
  const statement = (actions: string[], resource: string, condition: object) => ({ Effect: 'Allow', Action: actions, Resource: [resource], Condition: { StringEquals: condition } });
  const invoke = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
  const json = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      statement([...invoke, 'bedrock:GetInferenceProfile'], profile, { 'aws:RequestedRegion': 'us-east-1' }),
      statement(invoke, `arn:aws:bedrock:us-east-1::foundation-model/${MODEL}`, { 'aws:RequestedRegion': 'us-east-1', 'bedrock:InferenceProfileArn': profile }),
      statement(invoke, `arn:aws:bedrock:::foundation-model/${MODEL}`, { 'aws:RequestedRegion': 'unspecified', 'bedrock:InferenceProfileArn': profile }),
    ],
  }, undefined, 2);
  expect(warningsOf(stack)).toEqual([
    'The grant to ServicePrincipal(lambda.amazonaws.com) has no effect: this app cannot change that principal\'s policies. '
    + 'The Region of the stack is known only when it is deployed, so this policy is for us-east-1; '
    + 'npx cdk-bedrock-haiku policy --from <Region> --account <account> --global prints the policy for another Region. '
    + `Replace ${OURS} with your account. Attach this policy to it:\n${json} [ack: cdk-bedrock-haiku:CrossRegionInferenceProfile.notAttached]`,
  ]);
});

test.each<[string, (stack: Stack) => IInvocableModel, string]>([
  ['the first Region of a geography without us-east-1', (stack) => new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.geo(Geography.EU) }), 'eu-central-1'],
  ['a Region that is allowed', (stack) => new CrossRegionInferenceProfile(stack, 'Haiku', { allowedRegions: ['ap-northeast-1', 'ap-northeast-3'] }), 'ap-northeast-1'],
])('the Region that is printed is %s', (_, target, expected) => {
  const stack = stackWith('agnostic');
  target(stack).grants.invoke(new AccountPrincipal(THEIRS));
  const [text] = warningsOf(stack);
  expect(text).toContain(`so this policy is for ${expected}; `);
  expect(printed(text).Statement[0].Resource).toEqual([expect.stringMatching(new RegExp(`^arn:aws:bedrock:${expected}:${THEIRS}:inference-profile/`))]);
});

test('printing a policy puts no mapping into the template', () => {
  const stack = stackWith('agnostic');
  new CrossRegionInferenceProfile(stack, 'Haiku').grants.invoke(new ServicePrincipal('lambda.amazonaws.com'));
  expect(Object.keys(Template.fromStack(stack).toJSON())).not.toContain('Mappings');
});

test.each(['literal', 'agnostic'] as const)('a statement for a key or bucket of another app is plain JSON too (%s)', (env) => {
  const stack = stackWith(env);
  const key = Key.fromKeyArn(stack, 'Key', `arn:aws:kms:us-east-1:${THEIRS}:key/11111111-2222-3333-4444-555555555555`);
  new HaikuInvoker(stack, 'Invoker', { target: new CrossRegionInferenceProfile(stack, 'Haiku'), logGroupEncryptionKey: key });
  new ModelInvocationLogging(stack, 'Logging', { bucket: Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'logs', encryptionKey: key }) });
  const texts = warningsOf(stack).filter((text) => text.includes('Attach this statement'));
  expect(texts).toHaveLength(3);
  for (const text of texts) {
    expect(text).not.toMatch(/Fn::|"Ref"|\[object|[$#]\{Token/);
    expect(() => printed(text)).not.toThrow();
    const open = 'is not this app\'s to change. The Region of the stack is known only when it is deployed, so this statement is for us-east-1: for another Region, '
      + `replace us-east-1 with that Region. Replace ${OURS} with your account. Attach this statement to it:\n{`;
    expect(text).toContain(env === 'agnostic' ? open : 'is not this app\'s to change. Attach this statement to it:\n{');
  }
});

test('what cannot be known stands under its name, and the replacements say what it is', () => {
  const stack = stackWith('literal');
  const key = new Key(stack, 'Key');
  const name = new CfnParameter(stack, 'Name').valueAsString;
  const { json, replacements } = plainPolicy(stack, [key.keyArn, key.keyId, `x/${name}`, Fn.importValue('Other'), Fn.select(1, ['a', 'b']), Fn.select(2, Fn.split(':', 'a:b:c'))]);
  const [arn, id, ...rest] = JSON.parse(json) as string[];
  expect(arn).toMatch(/^arn:aws:kms:us-west-2:111122223333:Key[0-9A-F]{8}$/);
  expect(rest).toEqual(['x/Name', 'EXAMPLE', 'b', 'c']);
  expect(replacements).toEqual([
    `Replace ${arn} with the ARN of Stack/Key, which is known only when it is deployed.`,
    `Replace ${id} with the name or ID of Stack/Key, which is known only when it is deployed.`,
    'Replace Name with the name or ID of Stack/Name, which is known only when it is deployed.',
    'Replace EXAMPLE with the value of Fn::ImportValue, which is known only when it is deployed.',
  ]);
});

test.each<[string, () => IGrantable, string]>([
  ['every account', () => new AccountPrincipal('*'), 'AccountPrincipal(*)'],
])('a principal of %s is refused, for its account would stand in the ARN of the profile', (_, principal, name) => {
  const stack = stackWith('literal');
  expect(thrown(() => new CrossRegionInferenceProfile(stack, 'Haiku').grants.invoke(principal()))).toBe(
    `Account of the principal ${name} would stand in a policy for more than one resource, got "*"; `
    + 'expected an account of 12 digits such as "111122223333", without "*", "?" and "${...}". Name the one resource that is meant.');
  expect(() => new CrossRegionInferenceProfile(stack, 'Again').grants.invoke(new ArnPrincipal('*'))).not.toThrow();
});
