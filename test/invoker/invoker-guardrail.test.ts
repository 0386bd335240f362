import { CfnGuardrail, CfnGuardrailVersion } from 'aws-cdk-lib/aws-bedrock';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Aws, CfnParameter, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import { invokerWith } from './stack-with-invoker';
import { HaikuInvoker, InvokerGuardrail } from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const ARN = 'arn:aws:bedrock:us-east-1:111122223333:guardrail/a1b2c3';

test.each(['A1B2', '', 'a-b', ARN])('the guardrail ID %p is refused', (guardrailId) => {
  expect(thrown(() => InvokerGuardrail.fromGuardrailId(guardrailId, { guardrailVersion: '1' }))).toBe(
    `guardrailId is not a guardrail ID, got ${JSON.stringify(guardrailId)}; expected lower-case letters and digits such as "a1b2c3d4e5f6". `
    + 'For an ARN use InvokerGuardrail.fromGuardrailArn(...).');
});

test.each(['a1b2c3', `${ARN}:1`, 'arn:aws:bedrock:us-east-1:111122223333:guardrail-profile/us.guardrail.v1:0'])('the guardrail ARN %p is refused', (arn) => {
  expect(thrown(() => InvokerGuardrail.fromGuardrailArn(arn, { guardrailVersion: '1' }))).toBe(
    `guardrailArn is not the ARN of a guardrail, got ${JSON.stringify(arn)}; `
    + 'expected "arn:aws:bedrock:<Region>:<account>:guardrail/<ID>", without a version. '
    + 'For an ID use InvokerGuardrail.fromGuardrailId(...); the version is an option of its own.');
});

test.each(['', '0', 'draft', '1.0', '100000000'])('the version %p is refused', (guardrailVersion) => {
  const message = `guardrailVersion is not the version of a guardrail, got ${JSON.stringify(guardrailVersion)}; expected a number from "1" to "99999999", or "DRAFT". `
    + 'Publish a version and name its number, or use "DRAFT" while you try things out.';
  expect(thrown(() => InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion }))).toBe(message);
  expect(thrown(() => InvokerGuardrail.fromGuardrailArn(ARN, { guardrailVersion }))).toBe(message);
});

test.each(['1', '99999999', 'DRAFT'])('the version %p is taken', (guardrailVersion) => {
  expect(InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion }).guardrailVersion).toBe(guardrailVersion);
});

test('a guardrail of another Region is refused', () => {
  const guardrail = InvokerGuardrail.fromGuardrailArn(ARN, { guardrailVersion: '1' });
  expect(() => invokerWith({ guardrail }, 'us-east-1')).not.toThrow();
  expect(thrown(() => invokerWith({ guardrail }, 'eu-west-2'))).toBe(
    `guardrail is of another Region, got ${JSON.stringify(ARN)}; expected one in "eu-west-2", where the calls are sent. `
    + 'Create the guardrail there, or call the model from the guardrail\'s Region.');
});

test('a guardrail of the same app is taken by its tokens', () => {
  const stack = stackIn('us-east-1');
  const blocked = { blockedInputMessaging: 'no', blockedOutputsMessaging: 'no' };
  const made = new CfnGuardrail(stack, 'Guardrail', { name: 'mine', ...blocked });
  const guardrailVersion = new CfnGuardrailVersion(stack, 'Version', { guardrailIdentifier: made.attrGuardrailId }).attrVersion;
  expect(() => new HaikuInvoker(stack, 'One', { guardrail: InvokerGuardrail.fromGuardrailId(made.attrGuardrailId, { guardrailVersion }) })).not.toThrow();
  expect(() => new HaikuInvoker(stack, 'Two', { guardrail: InvokerGuardrail.fromGuardrailArn(made.attrGuardrailArn, { guardrailVersion }) })).not.toThrow();
});

const PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:guardrail-profile/us.guardrail.v1:0';

test.each(['*', '', PROFILE.replace('us-east-1', '*'), PROFILE.replace('111122223333', '*'), `${PROFILE}*`, PROFILE.replace('us.guardrail.v1:0', '*'), ARN, 'us.guardrail.v1:0',
  `arn:aws:bedrock:${Aws.REGION}:*:guardrail-profile/us.guardrail.v1:0`, `arn:aws:bedrock:${Aws.REGION}:\${aws:PrincipalAccount}:guardrail-profile/us.guardrail.v1:0`])(
  'the guardrail profile ARN %p is refused', (arn) => {
    expect(thrown(() => InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1', guardrailProfileArns: [PROFILE, arn] }))).toBe(
      `guardrailProfileArns has a member that is not the ARN of a guardrail profile, got ${JSON.stringify(arn)}; `
      + 'expected "arn:aws:bedrock:<Region>:<account>:guardrail-profile/us.guardrail.v1:0". Name the profile in each of its destination Regions, without wildcards.');
  });

test.each([[Token.asList({ Ref: 'Arns' }), 'an unresolved token'], ['*', '"*"'], [{}, '{}']])('guardrailProfileArns that is no list is refused: %p', (arns, got) => {
  expect(thrown(() => InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1', guardrailProfileArns: arns as string[] }))).toBe(
    `guardrailProfileArns is not a list of ARNs, got ${got}; expected an ARN for each destination Region of the guardrail profile. `
    + 'Write the list out; its members may be tokens.');
});

test('guardrail profile ARNs are taken, also by their tokens', () => {
  const guardrailProfileArns = [PROFILE, `arn:${Aws.PARTITION}:bedrock:us-west-2:${Aws.ACCOUNT_ID}:guardrail-profile/us.guardrail.v1:0`];
  expect(() => InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1', guardrailProfileArns })).not.toThrow();
});

test.each<[string, (stack: Stack) => string]>([
  ['a parameter', (stack) => new CfnParameter(stack, 'Parameter').valueAsString],
  ['a value that is made later', () => Lazy.string({ produce: () => '1' })],
  ['another attribute of a version', (stack) => new CfnGuardrailVersion(stack, 'Version', { guardrailIdentifier: 'a1b2' }).attrGuardrailId],
  ['a text with a version in it', (stack) => `v${new CfnGuardrailVersion(stack, 'Version', { guardrailIdentifier: 'a1b2' }).attrVersion}`],
])('a version that is %s cannot be enforced', (_, version) => {
  const guardrailVersion = version(stackIn('us-east-1'));
  for (const make of [
    () => InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion, enforce: true }), () => InvokerGuardrail.fromGuardrailArn(ARN, { guardrailVersion, enforce: true }),
  ]) {
    expect(thrown(make)).toBe(
      'guardrailVersion is an unresolved token that may be a number or "DRAFT", and enforce writes the two differently into the policy; '
      + 'expected the attrVersion of a CfnGuardrailVersion or CfnGuardrail, or a literal such as "1". Pass one of these, or leave enforce out.');
  }
  expect(() => InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion })).not.toThrow();
});

test.each([['*', '"arn:aws:kms:us-east-1:111122223333:key/*"'], ['?', '"arn:aws:kms:us-east-1:111122223333:key/?"']])('a key that stands for several is refused: %s', (id, got) => {
  const encryptionKey = Key.fromKeyArn(stackIn('us-east-1'), 'Key', `arn:aws:kms:us-east-1:111122223333:key/${id}`);
  expect(thrown(() => InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1', encryptionKey }))).toBe(
    `encryptionKey would stand in a policy for more than one resource, got ${got}; expected the ARN of one key, without "*", "?" and "\${...}". Name the one resource that is meant.`);
});

test.each([['arn:aws:kms:us-east-1:111122223333:key/abc', '"arn:aws:kms:us-east-1:111122223333:key/abc"'], [5, '5'], [null, 'null']])('an encryption key that is no key is refused: %p', (key, got) => {
  expect(thrown(() => InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1', encryptionKey: key as unknown as IKey }))).toBe(
    `encryptionKey is not a key, got ${got}; expected an IKey. Pass new Key(...) or Key.fromKeyArn(...).`);
});
