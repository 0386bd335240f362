import {
  HaikuInvoker, HaikuInvokerProps, InRegionInference, InvokerApi, InvokerFunctionUrl, InvokerGuardrail, PromptCaching, ServiceTier,
} from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

function mantleInvoker(props: HaikuInvokerProps): HaikuInvoker {
  const stack = stackIn('us-east-1');
  return new HaikuInvoker(stack, 'Invoker', { target: new InRegionInference(stack, 'Target'), ...props });
}

test.each<[string, string, string, HaikuInvokerProps]>([
  ['api', '"converse"', 'that endpoint serves the Messages API only', { api: InvokerApi.CONVERSE }],
  ['guardrail', '"a1b2"', 'that endpoint has no guardrails', { guardrail: InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '1' }) }],
  ['serviceTier', '"default"', 'it is not documented how a Messages request names a tier there', { serviceTier: ServiceTier.DEFAULT }],
  ['requestMetadata', '{"team":"search"}', 'that endpoint writes no model invocation log', { requestMetadata: { team: 'search' } }],
])('%s is refused on bedrock-mantle', (prop, given, reason, props) => {
  expect(thrown(() => mantleInvoker(props))).toBe(
    `${prop} is not available on bedrock-mantle, got ${given}: ${reason}. `
    + `Leave ${prop} out, or call the model through a CrossRegionInferenceProfile.`);
});

test('the rest is taken on bedrock-mantle', () => {
  const props = {
    api: InvokerApi.MESSAGES, maxTokens: 64_000, promptCaching: PromptCaching.systemPrompt(), functionUrl: InvokerFunctionUrl.streaming(),
  };
  expect(() => mantleInvoker(props)).not.toThrow();
});
