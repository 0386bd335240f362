// The mistakes that are made most: what JavaScript, or a cast, lets through. The texts are those that users read.
import { Aws } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  ApplicationInferenceProfile, ApplicationInferenceProfileAttributes, CrossRegionInferenceProfile, CrossRegionInferenceProfileProps,
  HaikuInvoker, HaikuPreflight, HaikuPreflightProps, InRegionInference,
  ModelCard, ModelCardProps, ModelInvocationLogging, ModelInvocationLoggingProps, ServiceTier,
} from '../../src';
import { ACCOUNT, CITED } from '../kit/stack';
import { everywhere, failures, thrown } from '../kit/three-ways';

const env = { account: ACCOUNT, region: 'us-east-1' };

test.each<[string, unknown, string]>([
  ['sampling', 0.5, 'sampling is not a Sampling, got 0.5; expected Sampling.temperature(...) or Sampling.topP(...). Change it, or leave sampling out.'],
  ['retry', 3, 'retry is not an object, got 3; expected InvokerRetry with, for example, maxAttempts. Change it, or leave retry out.'],
  ['retry', { maxAttempts: '3' }, 'retry.maxAttempts is not a number, got "3"; expected a number. Change it, or leave retry.maxAttempts out.'],
  ['retry', { maxDelay: 5 }, 'retry.maxDelay is not a Duration, got 5; expected a Duration such as Duration.seconds(30). Change it, or leave retry.maxDelay out.'],
  ['alias', 'live', 'alias is not an object, got "live"; expected InvokerAlias with its aliasName. Change it, or leave alias out.'],
  ['alias', {}, 'aliasName is not text, got undefined; expected a string. It cannot be left out.'],
  ['api', 'CONVERSE', 'api is not an InvokerApi, got "CONVERSE"; expected InvokerApi.MESSAGES or InvokerApi.CONVERSE. Change it, or leave api out.'],
  ['api', Aws.REGION, 'api is not an InvokerApi, got "${Token[AWS.Region.N]}"; expected InvokerApi.MESSAGES or InvokerApi.CONVERSE. Change it, or leave api out.'],
  ['serviceTier', 'default', 'serviceTier is not a ServiceTier, got "default"; expected ServiceTier.DEFAULT, ServiceTier.RESERVED or ServiceTier.of(name). Change it, or leave serviceTier out.'],
  ['promptCaching', true, 'promptCaching is not a PromptCaching, got true; expected PromptCaching.systemPrompt(), PromptCaching.tools(), PromptCaching.messages() or PromptCaching.of(...). '
    + 'Change it, or leave promptCaching out.'],
  ['guardrail', 'abc', 'guardrail is not an InvokerGuardrail, got "abc"; expected InvokerGuardrail.fromGuardrailId(...) or InvokerGuardrail.fromGuardrailArn(...). '
    + 'Change it, or leave guardrail out.'],
  ['functionUrl', true, 'functionUrl is not an InvokerFunctionUrl, got true; expected InvokerFunctionUrl.buffered() or InvokerFunctionUrl.streaming(). Change it, or leave functionUrl out.'],
  ['timeout', 30, 'timeout is not a Duration, got 30; expected a Duration such as Duration.seconds(30). Change it, or leave timeout out.'],
  ['maxTokens', '5', 'maxTokens is not a number, got "5"; expected a number. Change it, or leave maxTokens out.'],
  ['logContent', 'false', 'logContent is not a boolean, got "false"; expected true or false. Change it, or leave logContent out.'],
  ['logRetention', 31, 'logRetention is not a RetentionDays, got 31; expected a value such as RetentionDays.ONE_MONTH. Change it, or leave logRetention out.'],
  ['vpc', 'vpc-1234', 'vpc is not a VPC, got "vpc-1234"; expected an ec2.Vpc. Change it, or leave vpc out.'],
  ['systemPrompt', null, 'systemPrompt is not text, got null; expected a string. Change it, or leave systemPrompt out.'],
])('%s: %p', (prop, value, message) => {
  const { synth, ...others } = failures((scope) => new HaikuInvoker(scope, 'Invoker', { [prop]: value }), env);
  const told = (text: string) => text.replace(/\.\d+\]/, '.N]');
  expect({ new: told(others.new), synth: told(synth), fromStack: told(others.fromStack) }).toEqual(everywhere(message));
});

const copying = (copyFrom: unknown) => (scope: Construct) => new ApplicationInferenceProfile(scope, 'Team', { copyFrom: copyFrom as CrossRegionInferenceProfile });
const asking = (target: (scope: Construct) => unknown) => (scope: Construct) => new HaikuPreflight(scope, 'Preflight', { target: target(scope) } as HaikuPreflightProps);
const team = (scope: Construct) => new ApplicationInferenceProfile(scope, 'Team', { copyFrom: new CrossRegionInferenceProfile(scope, 'Haiku') });

test.each<[string, (scope: Construct) => unknown, string]>([
  ['In-Region inference to copy', (scope) => copying(new InRegionInference(scope, 'Q'))(scope),
    'copyFrom is not a CrossRegionInferenceProfile, got InRegionInference at Stack/Q; expected the profile to copy. Make a CrossRegionInferenceProfile first, and pass it.'],
  ['an application profile to copy', (scope) => new ApplicationInferenceProfile(scope, 'Other', { copyFrom: team(scope) as unknown as CrossRegionInferenceProfile }),
    'copyFrom is not a CrossRegionInferenceProfile, got ApplicationInferenceProfile at Stack/Team; expected the one that it copies. '
    + 'Make a CrossRegionInferenceProfile first, and pass it.'],
  ['nothing to copy', (scope) => ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(scope, 'Imported', {
    inferenceProfileArn: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc',
  } as ApplicationInferenceProfileAttributes),
  'copyFrom is not a CrossRegionInferenceProfile, got undefined; expected the profile to copy. Make a CrossRegionInferenceProfile first, and pass it.'],
  ['an application profile to ask about', asking(team),
    'target is not a CrossRegionInferenceProfile, got ApplicationInferenceProfile at Stack/Team; expected the one that it copies. '
    + 'Make a CrossRegionInferenceProfile first, and pass it.'],
  ['an ID to ask about', asking(() => 'eu.anthropic.claude'),
    'target is not a CrossRegionInferenceProfile, got "eu.anthropic.claude"; expected the profile to ask about. Make a CrossRegionInferenceProfile first, and pass it.'],
  ['a profile as a model', (scope) => new CrossRegionInferenceProfile(scope, 'Second', { model: new CrossRegionInferenceProfile(scope, 'First') } as unknown as CrossRegionInferenceProfileProps),
    'model is not a ModelCard, got CrossRegionInferenceProfile at Stack/First; expected ModelCard.CLAUDE_HAIKU_4_5 or ModelCard.of(...). '
    + 'To name a model, use ModelCatalog.require(name); to name an inference profile, CrossRegionInferenceProfile.fromInferenceProfileId(...).'],
  ['a construct as props', (scope) => new HaikuInvoker(scope, 'Invoker', new CrossRegionInferenceProfile(scope, 'Haiku') as object),
    'HaikuInvoker takes an object, got CrossRegionInferenceProfile at Stack/Haiku; expected one with props such as target, api, systemPrompt. Pass each of them by its name.'],
  ['a text as what is given access', (scope) => new CrossRegionInferenceProfile(scope, 'Haiku').grants.invoke('role' as never),
    'grantee is not a principal, got "role"; expected a role, a user, a function or another IGrantable. Pass what is to call the model.'],
  ['a destination of logs by its name', (scope) => new ModelInvocationLogging(scope, 'Logging', { bucket: 'mine' } as unknown as ModelInvocationLoggingProps),
    'bucket is not a bucket, got "mine"; expected an s3.Bucket. Change it, or leave bucket out.'],
])('%s', (_, define, message) => {
  expect(failures(define, env)).toEqual(everywhere(message));
});

test('a service tier needs a name', () => {
  for (const [name, shown] of [['', '""'], [' ', '" "'], [7, '7'], [undefined, 'undefined']] as const) {
    expect(thrown(() => ServiceTier.of(name as string))).toBe(
      `Service tier has no name, got ${shown}; expected what requests call it, for example "default". Use ServiceTier.DEFAULT, or that name.`);
  }
});

const sound: ModelCardProps = { ...CITED, name: 'Mine', modelId: 'anthropic.mine-v1:0', globalSources: { ...CITED, regions: ['us-east-1'] } };

test.each<[object, string]>([
  [{ geoRoutes: 5 }, 'geoRoutes: got 5; expected a list'],
  [{ geoRoutes: [null] }, 'geoRoutes[0]: got null; expected an object'],
  [{ quotas: 'none' }, 'quotas: got "none"; expected a list'],
  [{ limits: 64_000 }, 'limits: got 64000; expected an object'],
  [{ limits: { ...CITED, contextTokens: '200000', maxOutputTokens: 64_000 } }, 'limits.contextTokens: got "200000"; expected a whole number above 0'],
  [{ limits: { ...CITED, contextTokens: 1, maxOutputTokens: 1, geographiesWithoutStructuredOutputs: ['in'] } },
    'limits.geographiesWithoutStructuredOutputs[0]: got "in"; expected a Geography'],
  [{ promptCaching: { ...CITED, minTokensPerCheckpoint: 1, maxCheckpoints: 1, ttls: '5m', fields: [] } }, 'promptCaching.ttls: got "5m"; expected a list'],
  [{ lifecycle: { ...CITED, status: 'Active', launchDate: '2025-10-01' } }, 'lifecycle.status: got "Active"; expected one of "ACTIVE", "LEGACY", "END_OF_LIFE"'],
])('a card of %j is not valid', (wrong, problem) => {
  expect(thrown(() => ModelCard.of({ ...sound, ...wrong }))).toBe(`Model card "Mine" is not valid:\n  - ${problem}`);
});

test('regions that are no object are refused', () => {
  expect(thrown(() => ModelCard.CLAUDE_HAIKU_4_5.extend('us-east-1' as never))).toBe(
    'Regions of a model card are not an object, got "us-east-1"; expected an object with geoRoutes, globalSources, inRegionOnMantle or batch. Pass those to add.');
});
