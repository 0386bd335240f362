import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { invokerWith, optionsOf } from './stack-with-invoker';
import { CacheTtl, CrossRegionInferenceProfile, HaikuInvoker, HaikuInvokerProps, ModelCard, ModelCardProps, PromptCaching, Sampling, ServiceTier, ThinkingType } from '../../src';
import { CITED, stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const { geoRoutes, modelId } = ModelCard.CLAUDE_HAIKU_4_5;
const CACHING = { ...CITED, minTokensPerCheckpoint: 1024, maxCheckpoints: 2, ttls: [CacheTtl.FIVE_MINUTES], fields: ['system', 'tools'] };

/** An invoker of a model with a card of its own. */
function invokerOf(card: Partial<ModelCardProps>, props: HaikuInvokerProps): HaikuInvoker {
  const stack = stackIn('us-east-1');
  const model = ModelCard.of({ ...CITED, name: 'Next', modelId, geoRoutes, ...card });
  return new HaikuInvoker(stack, 'Invoker', { target: new CrossRegionInferenceProfile(stack, 'Target', { model }), ...props });
}

test('Claude Haiku 4.5 takes a checkpoint in every place, for an hour or five minutes', () => {
  const promptCaching = PromptCaching.of({ tools: CacheTtl.ONE_HOUR, system: CacheTtl.ONE_HOUR, messages: CacheTtl.FIVE_MINUTES });
  expect(() => invokerWith({ promptCaching })).not.toThrow();
});

test('prompt caching is refused where the card has none', () => {
  expect(thrown(() => invokerOf({}, { promptCaching: PromptCaching.systemPrompt(CacheTtl.ONE_HOUR) }))).toBe(
    'promptCaching is not available for Next, got {"system":"1h"}: its card has none (as of 2026-11). '
    + 'Leave promptCaching out, or pass a target whose card has it.');
});

test('more checkpoints than the card allows are refused', () => {
  const promptCaching = (ttl?: CacheTtl) => PromptCaching.of({ tools: CacheTtl.FIVE_MINUTES, system: CacheTtl.FIVE_MINUTES, messages: ttl });
  expect(() => invokerOf({ promptCaching: CACHING }, { promptCaching: promptCaching() })).not.toThrow();
  expect(thrown(() => invokerOf({ promptCaching: CACHING }, { promptCaching: promptCaching(CacheTtl.FIVE_MINUTES) }))).toBe(
    'promptCaching has too many checkpoints, got {"tools":"5m","system":"5m","messages":"5m"}; expected at most 2 for Next (as of 2026-11). Leave some out.');
});

test('a checkpoint in a place that the card does not have is refused', () => {
  expect(thrown(() => invokerOf({ promptCaching: CACHING }, { promptCaching: PromptCaching.messages() }))).toBe(
    'promptCaching has a checkpoint in a place that takes none, got "messages"; expected "system", "tools" for Next (as of 2026-11). Move it there.');
});

test('a lifetime that the card does not have is refused', () => {
  expect(thrown(() => invokerOf({ promptCaching: CACHING }, { promptCaching: PromptCaching.tools(CacheTtl.ONE_HOUR) }))).toBe(
    'promptCaching has a lifetime that the model does not have, got "1h"; expected "5m" for Next (as of 2026-11). Use one of these.');
});

test.each([ServiceTier.DEFAULT, ServiceTier.RESERVED, ServiceTier.of('reserved')])('Claude Haiku 4.5 has the tier $name', (serviceTier) => {
  expect(() => invokerWith({ serviceTier })).not.toThrow();
});

test.each([ServiceTier.PRIORITY, ServiceTier.FLEX])('the tier $name is refused, with the reason', (serviceTier) => {
  expect(thrown(() => invokerWith({ serviceTier }))).toBe(
    `serviceTier is not one that Claude Haiku 4.5 has, got "${serviceTier.name}"; expected one of "default", "reserved" (as of 2026-10). `
    + `AWS offers "${serviceTier.name}" for other models only: use one of these, or leave serviceTier out to have "default".`);
});

test('a tier that nobody knows is refused, and a token is not', () => {
  expect(thrown(() => invokerWith({ serviceTier: ServiceTier.of('turbo') }))).toBe(
    'serviceTier is not one that Claude Haiku 4.5 has, got "turbo"; expected one of "default", "reserved" (as of 2026-10). '
    + 'The card does not know "turbo": use one of these, or leave serviceTier out to have "default".');
  const stack = stackIn('us-east-1');
  const serviceTier = ServiceTier.of(new CfnParameter(stack, 'Tier').valueAsString);
  expect(() => new HaikuInvoker(stack, 'Invoker', { serviceTier })).not.toThrow();
});

test('a card of one\'s own decides: one with priority takes it, one without tiers takes any', () => {
  const serviceTiers = { ...CITED, supported: [ServiceTier.PRIORITY], unsupported: [ServiceTier.DEFAULT] };
  expect(() => invokerOf({ serviceTiers }, { serviceTier: ServiceTier.PRIORITY })).not.toThrow();
  expect(() => invokerOf({ serviceTiers }, { serviceTier: ServiceTier.DEFAULT })).toThrow('got "default"; expected one of "priority"');
  expect(() => invokerOf({}, { serviceTier: ServiceTier.FLEX })).not.toThrow();
});

const SILENT = { ...CITED, contextTokens: 200_000, maxOutputTokens: 64_000 };

/** The messages of the warning that a default is not sent. */
function warnings(invoker: HaikuInvoker): string[] {
  return Annotations.fromStack(Stack.of(invoker)).findWarning('/Stack/Invoker', Match.stringLikeRegexp('HaikuInvoker.notOnCard')).map(({ entry }) => String(entry.data));
}

test.each<[string, ModelCardProps['limits'] | undefined]>([['no limits', undefined], ['limits without them', SILENT]])(
  'sampling and thinking of a card with %s are left out with a warning each', (_, limits) => {
    expect(warnings(invokerOf({ limits }, { sampling: Sampling.temperature(0.2) }))).toEqual([
      'sampling is not sent with the calls: the card of Next (as of 2026-11) does not say that the model takes "temperature". '
      + 'If it does, add "temperature" to limits.samplingParameters of the card; if it does not, leave sampling out. [ack: cdk-bedrock-haiku:HaikuInvoker.notOnCard]',
    ]);
    expect(warnings(invokerOf({ limits }, { sampling: Sampling.topP(0.2) }))).toEqual([expect.stringContaining('takes "top_p". If it does, add "top_p" to')]);
    expect(warnings(invokerOf({ limits }, { thinkingBudgetTokens: 2048 }))).toEqual([
      'thinkingBudgetTokens is not sent with the calls: the card of Next (as of 2026-11) does not say that the model takes a thinking budget. '
      + 'If it does, add ThinkingType.ENABLED to limits.thinking.types of the card; if it does not, leave thinkingBudgetTokens out. '
      + '[ack: cdk-bedrock-haiku:HaikuInvoker.notOnCard]',
    ]);
    expect(warnings(invokerOf({ limits }, {}))).toEqual([]);
  });

test('a card that knows them sends them, and Claude Haiku 4.5\'s does', () => {
  const limits = { ...SILENT, samplingParameters: ['top_p'], thinking: { ...CITED, types: [ThinkingType.ENABLED], minBudgetTokens: 1024 } };
  for (const props of [{ sampling: Sampling.topP(0.2) }, { thinkingBudgetTokens: 2048 }]) {
    for (const invoker of [invokerOf({ limits }, props), invokerWith(props)]) {
      expect(warnings(invoker)).toEqual([]);
      expect(optionsOf(Stack.of(invoker))).toMatchObject(props.sampling ? { topP: 0.2 } : props);
    }
  }
});

test('sampling by a parameter that the card excludes is refused', () => {
  const limitsWith = (samplingParameters: string[]) => ({ limits: { ...SILENT, samplingParameters } });
  expect(thrown(() => invokerOf(limitsWith([]), { sampling: Sampling.temperature(0.2) }))).toBe(
    'sampling uses a parameter that Next does not take, got "temperature", and it takes none (as of 2026-11). '
    + 'Leave sampling out, or pass a target whose card has it.');
  expect(thrown(() => invokerOf(limitsWith(['temperature', 'top_k']), { sampling: Sampling.topP(0.2) }))).toBe(
    'sampling uses a parameter that Next does not take, got "top_p"; expected "temperature", "top_k" (as of 2026-11). '
    + 'Leave sampling out, or pass a target whose card has it.');
});

test.each([
  [[ThinkingType.ADAPTIVE, ThinkingType.DISABLED], 'its types of thinking are "adaptive", "disabled"'],
  [[ThinkingType.ADAPTIVE], 'its types of thinking are "adaptive"'],
  [[], 'it does not think'],
])('a thinking budget is refused where the types of thinking are %j', (types, reason) => {
  const limits = { ...SILENT, thinking: { ...CITED, types } };
  expect(thrown(() => invokerOf({ limits }, { thinkingBudgetTokens: 2048 }))).toBe(
    `thinkingBudgetTokens is a budget that Next does not take, got 2048; ${reason} (as of 2026-11). `
    + 'Leave thinkingBudgetTokens out, or pass a target whose card has ThinkingType.ENABLED.');
  expect(warnings(invokerOf({ limits }, {}))).toEqual([]);
});

test('a budget without a published least one is sent, and any that is whole is enough', () => {
  const limits = { ...SILENT, thinking: { ...CITED, types: [ThinkingType.ENABLED, ThinkingType.ADAPTIVE] } };
  const invoker = invokerOf({ limits }, { thinkingBudgetTokens: 1 });
  expect(warnings(invoker)).toEqual([]);
  expect(optionsOf(Stack.of(invoker))).toMatchObject({ thinkingBudgetTokens: 1 });
  expect(JSON.stringify(optionsOf(Stack.of(invoker)))).not.toContain('minThinkingBudget');
});
