import { CfnParameter } from 'aws-cdk-lib/core';
import { invokerWith, messageOf, stackIn } from './stack-with-invoker';
import { CacheTtl, CrossRegionInferenceProfile, HaikuInvoker, HaikuInvokerProps, ModelCard, ModelCardProps, PromptCaching, ServiceTier } from '../../src';

const CITED = { sourceUrl: 'https://example.com/card', asOf: '2026-11' };
const { geoRoutes, modelId } = ModelCard.CLAUDE_HAIKU_4_5;
const CACHING = { ...CITED, minTokensPerCheckpoint: 1024, maxCheckpoints: 2, ttls: ['5m'], fields: ['system', 'tools'] };

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
  expect(messageOf(() => invokerOf({}, { promptCaching: PromptCaching.system(CacheTtl.ONE_HOUR) }))).toBe(
    'promptCaching is not available, got {"system":"1h"}; expected none, since the card of Next has no prompt caching (as of 2026-11). '
    + 'Leave promptCaching out, or pass a target whose card has it.');
});

test('more checkpoints than the card allows are refused', () => {
  const promptCaching = (ttl?: CacheTtl) => PromptCaching.of({ tools: CacheTtl.FIVE_MINUTES, system: CacheTtl.FIVE_MINUTES, messages: ttl });
  expect(() => invokerOf({ promptCaching: CACHING }, { promptCaching: promptCaching() })).not.toThrow();
  expect(messageOf(() => invokerOf({ promptCaching: CACHING }, { promptCaching: promptCaching(CacheTtl.FIVE_MINUTES) }))).toBe(
    'promptCaching has too many checkpoints, got {"tools":"5m","system":"5m","messages":"5m"}; expected at most 2 for Next (as of 2026-11). Leave some out.');
});

test('a checkpoint in a place that the card does not have is refused', () => {
  expect(messageOf(() => invokerOf({ promptCaching: CACHING }, { promptCaching: PromptCaching.messages() }))).toBe(
    'promptCaching has a checkpoint in a place that takes none, got "messages"; expected "system", "tools" for Next (as of 2026-11). Move it there.');
});

test('a lifetime that the card does not have is refused', () => {
  expect(messageOf(() => invokerOf({ promptCaching: CACHING }, { promptCaching: PromptCaching.tools(CacheTtl.ONE_HOUR) }))).toBe(
    'promptCaching has a lifetime that the model does not have, got "1h"; expected "5m" for Next (as of 2026-11). Use one of these.');
});

test.each([ServiceTier.DEFAULT, ServiceTier.RESERVED, ServiceTier.of('reserved')])('Claude Haiku 4.5 has the tier $name', (serviceTier) => {
  expect(() => invokerWith({ serviceTier })).not.toThrow();
});

test.each([ServiceTier.PRIORITY, ServiceTier.FLEX])('the tier $name is refused, with the reason', (serviceTier) => {
  expect(messageOf(() => invokerWith({ serviceTier }))).toBe(
    `serviceTier is not one that Claude Haiku 4.5 has, got "${serviceTier.name}"; expected one of "default", "reserved" (as of 2026-10). `
    + `AWS offers "${serviceTier.name}" for other models only: use one of these, or leave serviceTier out to have "default".`);
});

test('a tier that nobody knows is refused, and a token is not', () => {
  expect(messageOf(() => invokerWith({ serviceTier: ServiceTier.of('turbo') }))).toBe(
    'serviceTier is not one that Claude Haiku 4.5 has, got "turbo"; expected one of "default", "reserved" (as of 2026-10). '
    + 'The card does not know "turbo": use one of these, or leave serviceTier out to have "default".');
  const stack = stackIn('us-east-1');
  const serviceTier = ServiceTier.of(new CfnParameter(stack, 'Tier').valueAsString);
  expect(() => new HaikuInvoker(stack, 'Invoker', { serviceTier })).not.toThrow();
});

test('a card of one\'s own decides: one with priority takes it, one without tiers takes any', () => {
  const serviceTiers = { ...CITED, supported: ['priority'], unsupported: ['default'] };
  expect(() => invokerOf({ serviceTiers }, { serviceTier: ServiceTier.PRIORITY })).not.toThrow();
  expect(() => invokerOf({ serviceTiers }, { serviceTier: ServiceTier.DEFAULT })).toThrow('got "default"; expected one of "priority"');
  expect(() => invokerOf({}, { serviceTier: ServiceTier.FLEX })).not.toThrow();
});
