import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CfnGuardrail, CfnGuardrailVersion } from 'aws-cdk-lib/aws-bedrock';
import { Grant, IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { invokerWith, optionsOf, roleStatements } from './stack-with-invoker';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, HaikuInvoker, IInvocableModel, InferenceRouting, InvokerGuardrail } from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0';
const model = (region: string) => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0`;
const MODELS = ['us-east-1', 'us-east-2', 'us-west-2'].map(model);
const GUARDRAIL = 'arn:aws:bedrock:us-east-1:111122223333:guardrail/a1b2';
const LOGS = { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: expect.anything() };
const apply = { Effect: 'Allow', Action: 'bedrock:ApplyGuardrail', Resource: GUARDRAIL };
const profile = { Effect: 'Allow', Action: [...INVOKE, 'bedrock:GetInferenceProfile'], Resource: PROFILE };

function statementsWith(guardrail: InvokerGuardrail): unknown[] {
  return roleStatements(Stack.of(invokerWith({ guardrail })));
}

test('a guardrail may be applied by the role, and is told to the handler', () => {
  const guardrail = InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '3' });
  expect(statementsWith(guardrail)).toEqual([
    LOGS,
    apply,
    profile,
    { Effect: 'Allow', Action: INVOKE, Resource: MODELS, Condition: { StringEquals: { 'bedrock:InferenceProfileArn': PROFILE } } },
  ]);
  expect(optionsOf(Stack.of(invokerWith({ guardrail })))).toMatchObject({ guardrail: { id: 'a1b2', version: '3' } });
});

test('an enforced guardrail conditions each call of the model, and a Deny refuses any other', () => {
  expect(statementsWith(InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '3', enforce: true }))).toEqual([
    LOGS,
    apply,
    profile,
    {
      Effect: 'Allow',
      Action: INVOKE,
      Resource: MODELS,
      Condition: { StringEquals: { 'bedrock:InferenceProfileArn': PROFILE, 'bedrock:GuardrailIdentifier': `${GUARDRAIL}:3` } },
    },
    { Effect: 'Deny', Action: INVOKE, Resource: MODELS, Condition: { StringNotEquals: { 'bedrock:GuardrailIdentifier': `${GUARDRAIL}:3` } } },
  ]);
});

test('the draft of a guardrail is enforced by the ARN alone', () => {
  const written = JSON.stringify(statementsWith(InvokerGuardrail.fromGuardrailArn(GUARDRAIL, { guardrailVersion: 'DRAFT', enforce: true })));
  expect(written.match(/"bedrock:GuardrailIdentifier":"[^"]*"/g)).toEqual(Array(2).fill(`"bedrock:GuardrailIdentifier":"${GUARDRAIL}"`));
});

test('a guardrail with cross-Region inference may be applied in each destination', () => {
  const guardrailProfileArns = ['us-east-1', 'us-west-2'].map((region) => `arn:aws:bedrock:${region}:111122223333:guardrail-profile/us.guardrail.v1:0`);
  expect(statementsWith(InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1', guardrailProfileArns }))).toContainEqual(
    { Effect: 'Allow', Action: 'bedrock:ApplyGuardrail', Resource: [GUARDRAIL, ...guardrailProfileArns] });
});

test('every call of the model is refused without the guardrail, also globally and by way of an application profile', () => {
  const stack = stackIn('us-east-1');
  const copyFrom = new CrossRegionInferenceProfile(stack, 'Global', { routing: InferenceRouting.globalCrossRegion() });
  const target = new ApplicationInferenceProfile(stack, 'Target', { copyFrom });
  const guardrail = InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1', enforce: true });
  const statements = roleStatements(Stack.of(new HaikuInvoker(stack, 'Invoker', { target, guardrail }))) as Array<Record<string, unknown>>;
  const of = (effect: string) => statements.filter(({ Effect, Resource }) => Effect === effect && JSON.stringify(Resource).includes('foundation-model'));
  expect(of('Allow').map(({ Resource }) => Resource)).toEqual([model('us-east-1'), model('')]);
  expect(of('Deny').map(({ Resource }) => Resource)).toEqual([model('us-east-1'), model('')]);
  for (const { Condition } of of('Allow')) {
    expect(Condition).toMatchObject({ StringEquals: { 'bedrock:GuardrailIdentifier': `${GUARDRAIL}:1`, 'bedrock:InferenceProfileArn': expect.anything() } });
  }
});

test('in an environment-agnostic stack the guardrail and the Deny follow the Region', () => {
  const stack = stackIn(undefined);
  const guardrail = InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1', enforce: true });
  const invoker = new HaikuInvoker(stack, 'Invoker', { guardrail });
  const arn = ['arn:', { Ref: 'AWS::Partition' }, ':bedrock:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }];
  const models = { 'Fn::FindInMap': ['ClaudeHaiku45SourceGeography', { Ref: 'AWS::Region' }, 'foundationModelArns'] };
  expect(roleStatements(Stack.of(invoker)).slice(-1)).toEqual([{
    Effect: 'Deny',
    Action: INVOKE,
    Resource: models,
    Condition: { StringNotEquals: { 'bedrock:GuardrailIdentifier': { 'Fn::Join': ['', [...arn, ':guardrail/a1b2:1']] } } },
  }]);
});

test.each<[string, (stack: Stack, guardrail: CfnGuardrail) => string, object]>([
  ['a version', (stack, { attrGuardrailId }) => new CfnGuardrailVersion(stack, 'Version', { guardrailIdentifier: attrGuardrailId }).attrVersion,
    { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Guardrail', 'GuardrailArn'] }, ':', { 'Fn::GetAtt': ['Version', 'Version'] }]] }],
  ['the draft', (_, { attrVersion }) => attrVersion, { 'Fn::GetAtt': ['Guardrail', 'GuardrailArn'] }],
])('an enforced guardrail of the same app is named in the policy as IAM compares it: %s', (_, version, identifier) => {
  const stack = stackIn('us-east-1');
  const made = new CfnGuardrail(stack, 'Guardrail', { name: 'mine', blockedInputMessaging: 'no', blockedOutputsMessaging: 'no' });
  const guardrail = InvokerGuardrail.fromGuardrailArn(made.attrGuardrailArn, { guardrailVersion: version(stack, made), enforce: true });
  new HaikuInvoker(stack, 'Invoker', { guardrail });
  const written = roleStatements(stack).slice(-2) as Array<{ Condition: Record<string, Record<string, unknown>> }>;
  expect(written.map(({ Condition }) => (Condition.StringEquals ?? Condition.StringNotEquals)['bedrock:GuardrailIdentifier'])).toEqual([identifier, identifier]);
});

const decrypt = (key: unknown) => ({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: key });

test('the key of a guardrail may be used to decrypt, whether the app made it or not', () => {
  for (const [key, resource] of [
    [(stack: Stack): IKey => new Key(stack, 'Key'), { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] }],
    [(stack: Stack): IKey => Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/abc'), 'arn:aws:kms:us-east-1:111122223333:key/abc'],
  ] as const) {
    for (const region of ['us-east-1', undefined]) {
      const stack = stackIn(region);
      const encryptionKey = key(stack);
      new HaikuInvoker(stack, 'Invoker', { guardrail: InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1', encryptionKey }) });
      expect(roleStatements(stack)).toContainEqual(decrypt(resource));
      expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
    }
  }
});

test('a key of another account must let this one decrypt, which a warning prints', () => {
  const stack = stackIn('us-east-1');
  const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:444455556666:key/abc');
  new HaikuInvoker(stack, 'Invoker', { guardrail: InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1', encryptionKey }) });
  expect(roleStatements(stack)).toContainEqual(decrypt('arn:aws:kms:us-east-1:444455556666:key/abc'));
  const role = 'arn:aws:iam::111122223333:role/InvokerRoleB87900DB';
  const json = JSON.stringify({
    Action: 'kms:Decrypt',
    Condition: { ArnEquals: { 'aws:PrincipalArn': role } },
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Resource: '*',
  }, undefined, 2);
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => entry.data)).toEqual([
    'The policy of the key arn:aws:kms:us-east-1:444455556666:key/abc is not this app\'s to change. '
    + `Replace ${role} with the ARN of Stack/Invoker/Role, which is known only when it is deployed. Attach this statement to it:\n${json} `
    + '[ack: cdk-bedrock-haiku:InvokerGuardrail.keyPolicyNotAttached]',
  ]);
});

/** A target of the user's own, whose grants write what they like. */
function ownTarget(stack: Stack): IInvocableModel {
  const letInvoke = (grantee: IGrantable) => Grant.addToPrincipal({ grantee, actions: ['bedrock:InvokeModel'], resourceArns: [MODELS[0]] });
  class Own extends CrossRegionInferenceProfile {
    public readonly grants = { invoke: letInvoke, invokeWithApiKey: letInvoke, countTokens: letInvoke };
  }
  return new Own(stack, 'Own');
}

test('a guardrail is not enforced on what a target of the user\'s own grants, so that is refused', () => {
  const enforced = InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1', enforce: true });
  const stack = stackIn('us-east-1');
  expect(thrown(() => new HaikuInvoker(stack, 'Invoker', { target: ownTarget(stack), guardrail: enforced }))).toBe(
    'guardrail cannot be enforced with this target, whose grants are {"invoke":a function,"invokeWithApiKey":a function,"countTokens":a function}; expected a CrossRegionInferenceProfile or an ApplicationInferenceProfile, '
    + 'the policies of which can ask for the guardrail. Use one of these as target, or leave enforce out.');
  const sent = stackIn('us-east-1');
  new HaikuInvoker(sent, 'Invoker', { target: ownTarget(sent), guardrail: InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1' }) });
  expect(roleStatements(sent)).toEqual([LOGS, apply, { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: MODELS[0] }]);
});

test('what the role is granted besides is refused without the guardrail too, and shares no statement with it', () => {
  const stack = stackIn('us-east-1');
  const target = new CrossRegionInferenceProfile(stack, 'Target');
  const guardrail = InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '3', enforce: true });
  const { role } = new HaikuInvoker(stack, 'Invoker', { target, guardrail });
  target.grants.invoke(role);
  const written = roleStatements(stack) as Array<{ Effect: string; Resource: unknown; Condition?: object }>;
  const ofModels = written.filter(({ Resource }) => JSON.stringify(Resource) === JSON.stringify(MODELS));
  expect(ofModels.map(({ Effect, Condition }) => [Effect, Condition])).toEqual([
    ['Allow', { StringEquals: { 'bedrock:InferenceProfileArn': PROFILE, 'bedrock:GuardrailIdentifier': `${GUARDRAIL}:3` } }],
    ['Deny', { StringNotEquals: { 'bedrock:GuardrailIdentifier': `${GUARDRAIL}:3` } }],
    ['Allow', { StringEquals: { 'bedrock:InferenceProfileArn': PROFILE } }],
  ]);
});

const SHARED = ' call the same model with one role, got Role at Stack/Role for both, and an enforced guardrail denies all calls of the role that do not name it; '
  + 'expected the same guardrail and version, enforced in both, or none that is enforced. Give each a role of its own, or enforce the same guardrail.';

test.each<[string, InvokerGuardrail | undefined]>([
  ['none', undefined],
  ['another version', InvokerGuardrail.fromGuardrailId('abc', { guardrailVersion: '2', enforce: true })],
  ['one that is not enforced', InvokerGuardrail.fromGuardrailId('abc', { guardrailVersion: '1' })],
])('a role of two invokers, of which one enforces a guardrail and the other has %s, is refused in either order', (_, guardrail) => {
  const enforced = InvokerGuardrail.fromGuardrailId('abc', { guardrailVersion: '1', enforce: true });
  for (const [first, second] of [[enforced, guardrail], [guardrail, enforced]]) {
    const stack = stackIn('us-east-1');
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    new HaikuInvoker(stack, 'A', { role, guardrail: first });
    expect(thrown(() => new HaikuInvoker(stack, 'B', { role, guardrail: second }))).toBe(`Stack/A and Stack/B${SHARED}`);
    const assumedRole = new Role(stack, 'Assumed', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    new HaikuInvoker(stack, 'C', { assumedRole, guardrail: first });
    expect(thrown(() => new HaikuInvoker(stack, 'D', { assumedRole, guardrail: second }))).toMatch(/^Stack\/C and Stack\/D call the same model with one role/);
  }
});

test('two invokers that enforce the same guardrail may share a role', () => {
  const stack = stackIn('us-east-1');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const guardrail = InvokerGuardrail.fromGuardrailId('abc', { guardrailVersion: '1', enforce: true });
  expect(() => ['A', 'B'].map((id) => new HaikuInvoker(stack, id, { role, guardrail }))).not.toThrow();
});
