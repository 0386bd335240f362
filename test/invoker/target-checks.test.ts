import {
  CrossRegionInferenceProfile, HaikuInvoker, HaikuInvokerProps, IInvocableModel, InRegionInference,
  InvokerApi, InvokerFunctionUrl, InvokerGuardrail, ModelCard, PromptCaching, ServiceTier,
} from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

function mantleInvoker(props: HaikuInvokerProps): HaikuInvoker {
  const stack = stackIn('us-east-1');
  return new HaikuInvoker(stack, 'Invoker', { target: new InRegionInference(stack, 'Target'), ...props });
}

test.each<[string, string, string, HaikuInvokerProps]>([
  ['api', '"converse"', 'which serves the Messages API only', { api: InvokerApi.CONVERSE }],
  ['guardrail', '"a1b2"', 'which has no guardrails', { guardrail: InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1' }) }],
  ['serviceTier', '"default"', 'where it is not documented how a Messages request names a tier', { serviceTier: ServiceTier.DEFAULT }],
  ['requestMetadata', '{"team":"search"}', 'which writes no model invocation log', { requestMetadata: { team: 'search' } }],
])('%s is refused on bedrock-mantle', (prop, given, reason, props) => {
  expect(thrown(() => mantleInvoker(props))).toBe(
    `${prop} is not available on bedrock-mantle, got ${given}; expected none with this target, ${reason}. `
    + `Leave ${prop} out, or call the model through a CrossRegionInferenceProfile.`);
});

test('the rest is taken on bedrock-mantle', () => {
  const props = { api: InvokerApi.MESSAGES, maxTokens: 64_000, promptCaching: PromptCaching.system(), functionUrl: InvokerFunctionUrl.streaming() };
  expect(() => mantleInvoker(props)).not.toThrow();
});

test.each<[unknown, string]>([
  ['anthropic.claude-haiku-4-5-20251001-v1:0', '"anthropic.claude-haiku-4-5-20251001-v1:0"'],
  [42, '42'],
  [null, 'null'],
  [{ modelId: 'mine' }, '{"modelId":"mine"} without grants.invoke, sourceRegion, endpoint, model'],
  [{ modelId: 7, grants: { invoke: () => {} } }, '{"modelId":7,"grants":{"invoke":a function}} without modelId, sourceRegion, endpoint, model'],
  [CrossRegionInferenceProfile, 'the class CrossRegionInferenceProfile'],
  [ModelCard.CLAUDE_HAIKU_4_5, 'a ModelCard without grants.invoke, sourceRegion, endpoint, model'],
])('%p is not a target', (target, shown) => {
  expect(thrown(() => new HaikuInvoker(stackIn('us-east-1'), 'Invoker', { target: target as IInvocableModel }))).toBe(
    `target is not a model that can be called, got ${shown}; `
    + 'expected a CrossRegionInferenceProfile, an ApplicationInferenceProfile or an InRegionInference. '
    + 'For the ID of an inference profile, use CrossRegionInferenceProfile.fromInferenceProfileId(...).');
});
