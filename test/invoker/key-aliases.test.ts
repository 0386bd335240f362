// As a resource an alias stands for itself, and neither Lambda nor CloudWatch Logs takes one in place of its key.
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Alias, IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { functionOf, roleStatements } from './stack-with-invoker';
import { HaikuInvoker, HaikuInvokerProps, InvokerGuardrail, ModelInvocationLogging } from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/11111111-1111-1111-1111-111111111111';
const made = { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] };
const imported = (stack: Stack) => Key.fromKeyArn(stack, 'Imported', KEY);

/** Aliases whose key the app knows. */
const KNOWN: [string, (stack: Stack) => IKey, unknown][] = [
  ['an alias of the app', (stack) => new Alias(stack, 'Alias', { aliasName: 'alias/mine', targetKey: new Key(stack, 'Key') }), made],
  ['an alias that a key was given', (stack) => new Key(stack, 'Key').addAlias('alias/mine'), made],
  ['an alias of an imported key', (stack) => new Alias(stack, 'Alias', { aliasName: 'alias/mine', targetKey: imported(stack) }), KEY],
  ['an imported alias with its key', (stack) => Alias.fromAliasAttributes(stack, 'Alias', { aliasName: 'alias/mine', aliasTargetKey: imported(stack) }), KEY],
  ['an alias of an alias', (stack) => Alias.fromAliasAttributes(stack, 'Outer', {
    aliasName: 'alias/outer', aliasTargetKey: Alias.fromAliasAttributes(stack, 'Inner', { aliasName: 'alias/inner', aliasTargetKey: imported(stack) }),
  }), KEY],
];
const parameter = (stack: Stack) => new CfnParameter(stack, 'AliasName').valueAsString;
const keysOf = (arn: unknown[]) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ...arn]] });
const KEYS = keysOf([':kms:us-east-1:111122223333:key/*']);
/** Those of which it knows the name. */
const NAMED: [string, (stack: Stack) => IKey, unknown, unknown][] = [
  ['an alias by its name', (stack) => Alias.fromAliasName(stack, 'Alias', 'alias/mine'), KEYS, 'alias/mine'],
  ['an alias whose name is a parameter', (stack) => Alias.fromAliasName(stack, 'Alias', parameter(stack)), KEYS, { Ref: 'AliasName' }],
  ['the ARN of an alias, as if it were a key', (stack) => Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:alias/team/mine'),
    'arn:aws:kms:us-east-1:111122223333:key/*', 'alias/team/mine'],
];

function invoking(key: (stack: Stack) => IKey, props: (key: IKey) => HaikuInvokerProps): Stack {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker', props(key(stack)));
  return stack;
}
const guarded = (encryptionKey: IKey) => ({ guardrail: InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1', encryptionKey }) });
const ofKeys = (stack: Stack) => roleStatements(stack).filter((statement) => JSON.stringify(statement).includes('kms:'));

test.each(KNOWN)('%s means its key, for the guardrail and the environment', (_, key, resource) => {
  const statement = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: resource };
  expect(ofKeys(invoking(key, guarded))).toEqual([statement]);
  const stack = invoking(key, (environmentEncryption) => ({ environmentEncryption }));
  expect(ofKeys(stack)).toEqual([statement]);
  expect(functionOf(stack).KmsKeyArn).toEqual(resource);
});

test.each(KNOWN)('%s means its key, for log groups', (_, key, resource) => {
  const logging = stackIn('us-east-1');
  new ModelInvocationLogging(logging, 'Logging', { encryptionKey: key(logging) });
  for (const stack of [logging, invoking(key, (logGroupEncryptionKey) => ({ logGroupEncryptionKey }))]) {
    const keys = Object.values(Template.fromStack(stack).findResources('AWS::Logs::LogGroup')).map(({ Properties }) => Properties.KmsKeyId as unknown);
    expect(keys.filter((id) => id !== undefined)).toEqual([resource]);
  }
});

test.each(NAMED)('%s lets the role decrypt a guardrail with whichever key has it', (_, key, resource, alias) => {
  const stack = invoking(key, guarded);
  expect(ofKeys(stack)).toEqual([{
    Effect: 'Allow', Action: 'kms:Decrypt', Resource: resource, Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias } },
  }]);
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
});

test('in an environment-agnostic stack the keys are those of where it is deployed', () => {
  const stack = stackIn(undefined);
  new HaikuInvoker(stack, 'Invoker', guarded(Alias.fromAliasName(stack, 'Alias', 'alias/mine')));
  expect(ofKeys(stack)).toEqual([{
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: keysOf([':kms:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':key/*']),
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/mine' } },
  }]);
});

test('a dead-letter queue that is encrypted with an alias by its name is sent to with whichever key has it', () => {
  const stack = invoking((scope) => Alias.fromAliasName(scope, 'Alias', 'alias/mine'), (encryptionMasterKey) => (
    { deadLetterQueue: new Queue(encryptionMasterKey.stack, 'Queue', { encryptionMasterKey }) }));
  expect(ofKeys(stack)).toEqual([{
    Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: KEYS, Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/mine' } },
  }]);
});

test.each(NAMED)('%s is refused where the service takes no alias', (_, key, __, alias) => {
  const refusal = (prop: string, service: string) => expect.stringMatching(new RegExp(
    `^${prop} is an alias whose key is not known, got "${typeof alias === 'string' ? alias : '\\$\\{Token\\[.*\\]\\}'}"; expected a key, since ${service} takes no alias. `
    + 'Pass new Key\\(...\\), Key.fromLookup\\(...\\) or Key.fromKeyArn\\(...\\)\\.$'));
  expect(thrown(() => invoking(key, (environmentEncryption) => ({ environmentEncryption })))).toEqual(refusal('environmentEncryption', 'AWS Lambda'));
  expect(thrown(() => invoking(key, (logGroupEncryptionKey) => ({ logGroupEncryptionKey })))).toEqual(refusal('logGroupEncryptionKey', 'CloudWatch Logs'));
  const stack = stackIn('us-east-1');
  expect(thrown(() => new ModelInvocationLogging(stack, 'Logging', { encryptionKey: key(stack) }))).toEqual(refusal('encryptionKey', 'CloudWatch Logs'));
});
