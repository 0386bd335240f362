import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { invokerWith, optionsOf } from './stack-with-invoker';
import { LIMITS } from './test-invoker';
import {
  ApplicationInferenceProfile, CacheTtl, CrossRegionInferenceProfile, HaikuInvoker, HaikuInvokerProps, IInvocableModel, InRegionInference, InvokerApi,
  InvokerGuardrail, ModelCard, PromptCaching, Sampling, ServiceTier,
} from '../../src';
import { stackIn } from '../kit/stack';

test.each<[HaikuInvokerProps, Record<string, unknown>]>([
  [{}, {}],
  [{ api: InvokerApi.MESSAGES, logContent: false }, {}],
  [{ api: InvokerApi.CONVERSE }, {}],
  [{ systemPrompt: 'Be brief.', maxTokens: 100 }, { system: 'Be brief.', maxTokens: 100 }],
  [{ sampling: Sampling.temperature(0) }, { temperature: 0 }],
  [{ sampling: Sampling.topP(0.5) }, { topP: 0.5 }],
  [{ thinkingBudgetTokens: 2048 }, { thinkingBudgetTokens: 2048 }],
  [{ promptCaching: PromptCaching.of({ tools: CacheTtl.ONE_HOUR, messages: CacheTtl.FIVE_MINUTES }) }, { promptCaching: { tools: '1h', messages: '5m' } }],
  [{ guardrail: InvokerGuardrail.fromGuardrailId('a1', { guardrailVersion: 'DRAFT' }) }, { guardrail: { id: 'a1', version: 'DRAFT' } }],
  [{ serviceTier: ServiceTier.RESERVED }, { serviceTier: 'reserved' }],
  [{ requestMetadata: { team: 'search' } }, { requestMetadata: { team: 'search' } }],
  [
    { retry: { maxAttempts: 2, baseDelay: Duration.millis(10), maxDelay: Duration.seconds(1), attemptTimeout: Duration.minutes(1) } },
    { retry: { maxAttempts: 2, baseDelayMs: 10, maxDelayMs: 1000, attemptTimeoutMs: 60_000 } },
  ],
  [{ retry: {} }, {}],
  [{ logContent: true }, { logContent: true }],
  [{ metricsNamespace: 'Mine' }, { metricsNamespace: 'Mine' }],
])('%j is told to the handler', (props, told) => {
  expect(optionsOf(Stack.of(invokerWith(props)))).toEqual({ ...told, limits: LIMITS });
});

test('a model that writes less than the handler asks for gets its own limit', () => {
  const stack = stackIn('us-east-1');
  const { geoRoutes, modelId, sourceUrl, asOf } = ModelCard.CLAUDE_HAIKU_4_5;
  const limits = { sourceUrl, asOf, contextTokens: 8192, maxOutputTokens: 2048 };
  const target = new CrossRegionInferenceProfile(stack, 'Target', { model: ModelCard.of({ name: 'Small', modelId, sourceUrl, asOf, geoRoutes, limits }) });
  new HaikuInvoker(stack, 'Invoker', { target });
  expect(optionsOf(stack)).toEqual({ maxTokens: 2048, limits: { maxOutputTokens: 2048 } });
});

test('the handler is told the model where requests do not name it in full, and else nothing', () => {
  const stack = stackIn(undefined);
  const copyFrom = new CrossRegionInferenceProfile(stack, 'Copied');
  const told = (id: string, target?: IInvocableModel) => {
    const invoker = new HaikuInvoker(stack, id, { target });
    return (JSON.stringify(stack.resolve((invoker.lambdaFunction.node.defaultChild as CfnFunction).environment)).match(/modelName[\\":]+([\w.:-]+)/) ?? [])[1];
  };
  const inferenceProfileArn = 'arn:aws:bedrock:eu-west-2:111122223333:application-inference-profile/a1b2c3d4e5f6';
  const imported = () => {
    const from = new CrossRegionInferenceProfile(stack, 'London', { sourceRegion: 'eu-west-2' });
    return ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(stack, 'Imported', { inferenceProfileArn, copyFrom: from });
  };
  expect(told('Own', new ApplicationInferenceProfile(stack, 'Profile', { copyFrom }))).toBe('anthropic.claude-haiku-4-5-20251001-v1:0');
  expect(told('Import', imported())).toBe('anthropic.claude-haiku-4-5-20251001-v1:0');
  expect(told('Plain')).toBeUndefined();
  expect(told('Copy', copyFrom)).toBeUndefined();
  expect(told('Mantle', new InRegionInference(stack, 'InRegion', { region: 'eu-west-1' }))).toBe('anthropic.claude-haiku-4-5-20251001-v1:0');
});

test('what the card does not know of is not told to the handler', () => {
  const stack = stackIn('us-east-1');
  const { geoRoutes, modelId, sourceUrl, asOf } = ModelCard.CLAUDE_HAIKU_4_5;
  const limits = { sourceUrl, asOf, contextTokens: 8192, maxOutputTokens: 64_000 };
  const target = new CrossRegionInferenceProfile(stack, 'Target', { model: ModelCard.of({ name: 'Silent', modelId, sourceUrl, asOf, geoRoutes, limits }) });
  new HaikuInvoker(stack, 'Invoker', { target, sampling: Sampling.temperature(0.2), maxTokens: 100 });
  expect(optionsOf(stack)).toEqual({ maxTokens: 100, limits: { maxOutputTokens: 64_000 } });
});
