import { CfnGuardrail, CfnGuardrailVersion } from 'aws-cdk-lib/aws-bedrock';
import { messageOf, invokerWith, stackIn } from './stack-with-invoker';
import { HaikuInvoker, InvokerGuardrail } from '../../src';

const ARN = 'arn:aws:bedrock:us-east-1:111122223333:guardrail/a1b2c3';

test.each(['A1B2', '', 'a-b', ARN])('the guardrail ID %p is refused', (guardrailId) => {
  expect(messageOf(() => InvokerGuardrail.fromGuardrailId(guardrailId, { guardrailVersion: '1' }))).toBe(
    `guardrailId is not a guardrail ID, got ${JSON.stringify(guardrailId)}; expected lower-case letters and digits such as "a1b2c3d4e5f6". `
    + 'For an ARN use InvokerGuardrail.fromGuardrailArn(...).');
});

test.each(['a1b2c3', `${ARN}:1`, 'arn:aws:bedrock:us-east-1:111122223333:guardrail-profile/us.guardrail.v1:0'])('the guardrail ARN %p is refused', (arn) => {
  expect(messageOf(() => InvokerGuardrail.fromGuardrailArn(arn, { guardrailVersion: '1' }))).toBe(
    `guardrailArn is not the ARN of a guardrail, got ${JSON.stringify(arn)}; `
    + 'expected "arn:aws:bedrock:<Region>:<account>:guardrail/<ID>", without a version. '
    + 'For an ID use InvokerGuardrail.fromGuardrailId(...); the version is an option of its own.');
});

test.each(['', '0', 'draft', '1.0', '100000000'])('the version %p is refused', (guardrailVersion) => {
  const message = `guardrailVersion is not the version of a guardrail, got ${JSON.stringify(guardrailVersion)}; expected a number from "1" to "99999999", or "DRAFT". `
    + 'Publish a version and name its number, or use "DRAFT" while you try things out.';
  expect(messageOf(() => InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion }))).toBe(message);
  expect(messageOf(() => InvokerGuardrail.fromGuardrailArn(ARN, { guardrailVersion }))).toBe(message);
});

test.each(['1', '99999999', 'DRAFT'])('the version %p is taken', (guardrailVersion) => {
  expect(InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion }).guardrailVersion).toBe(guardrailVersion);
});

test('a guardrail of another Region is refused', () => {
  const guardrail = InvokerGuardrail.fromGuardrailArn(ARN, { guardrailVersion: '1' });
  expect(() => invokerWith({ guardrail }, 'us-east-1')).not.toThrow();
  expect(messageOf(() => invokerWith({ guardrail }, 'eu-west-2'))).toBe(
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
