import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CrossRegionInferenceProfile, HaikuInvoker, InferenceRouting, InRegionInference, ModelCard, PromptCaching, Sampling, ServiceTier } from '../../src';
import { usesIn } from '../../src/move/uses-in';

function usesOf(build: (stack: Stack) => void, region = 'eu-west-2', card = ModelCard.CLAUDE_HAIKU_4_5) {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region } });
  build(stack);
  const template = Template.fromStack(stack).toJSON();
  return usesIn([{ file: 'Stack.template.json', stackName: 'Stack', region, account: '111122223333', template }], card, region);
}

test('an invoker is a use with what its defaults ask of the model', () => {
  const [use, ...others] = usesOf((stack) => new HaikuInvoker(stack, 'Invoker', {
    target: new CrossRegionInferenceProfile(stack, 'Haiku'),
    sampling: Sampling.temperature(0.5),
    serviceTier: ServiceTier.RESERVED,
    promptCaching: PromptCaching.systemPrompt(),
    maxTokens: 9_000,
  }));
  expect(others).toEqual([]);
  expect(use).toMatchObject({ sourceRegion: 'eu-west-2', inferenceOption: 'GEO', features: ['temperature', 'prompt-caching', 'reserved'], maxTokens: 9_000 });
  expect([use.geography!.prefix, use.where]).toEqual(['eu', expect.stringMatching(/^Stack\/Invoker/)]);
});

test('a thinking budget that is known only at deploy time is used all the same, and global inference is told', () => {
  const [use] = usesOf((stack) => new HaikuInvoker(stack, 'Invoker', {
    target: new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() }), thinkingBudgetTokens: 2_000,
  }));
  expect(use).toMatchObject({ inferenceOption: 'GLOBAL', features: ['thinking-budget'] });
});

test('In-Region inference is a use of its own', () => {
  const uses = usesOf((stack) => new HaikuInvoker(stack, 'Invoker', { target: new InRegionInference(stack, 'Haiku') }), 'eu-west-1');
  expect(uses.map(({ inferenceOption, sourceRegion, geography }) => [inferenceOption, sourceRegion, geography])).toEqual([['IN_REGION', 'eu-west-1', undefined]]);
});

test('another model is no use of this one', () => {
  expect(usesOf((stack) => new HaikuInvoker(stack, 'Invoker', { target: new CrossRegionInferenceProfile(stack, 'Haiku') }), 'eu-west-2', ModelCard.CLAUDE_SONNET_4_6)).toEqual([]);
});
