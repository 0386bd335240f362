import { Annotations as Found, Match } from 'aws-cdk-lib/assertions';
import { Annotations, Stack } from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile, InRegionInference, ModelCard, ModelLifecycle, ModelLifecycleStatus } from '../../src';
import { stackIn } from '../kit/stack';

function cardWith(lifecycle?: Partial<ModelLifecycle>): ModelCard {
  const { lifecycle: published, ...props } = ModelCard.CLAUDE_HAIKU_4_5._toProps();
  return ModelCard.of({ ...props, ...(lifecycle && { lifecycle: { ...published!, ...lifecycle } }) });
}

function warnings(stack: Stack): string[] {
  return Found.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

const legacy = cardWith({ status: ModelLifecycleStatus.LEGACY, asOf: '2027-02-01', successor: 'Claude Haiku 5' });
const LEGACY_TEXT = 'Claude Haiku 4.5 is Legacy (as of 2027-02-01): it still answers, but its end of life is coming, not before 2026-10-16. '
  + 'Its successor is Claude Haiku 5: pass its card as model, for example one that npx cdk-bedrock-haiku card --from-account wrote. '
  + '[ack: cdk-bedrock-haiku:ModelCard.legacy]';

test('a Legacy card warns where a profile uses it, and names the successor', () => {
  const stack = stackIn('eu-west-2');
  new CrossRegionInferenceProfile(stack, 'Haiku', { model: legacy });
  expect(warnings(stack)).toEqual([LEGACY_TEXT]);
});

test('a Legacy card warns where In-Region inference uses it', () => {
  const stack = stackIn('eu-west-1');
  new InRegionInference(stack, 'Haiku', { model: legacy });
  expect(warnings(stack)).toEqual([LEGACY_TEXT]);
});

test('the warning can be acknowledged', () => {
  const stack = stackIn('eu-west-2');
  new CrossRegionInferenceProfile(stack, 'Haiku', { model: legacy });
  Annotations.of(stack).acknowledgeWarning('cdk-bedrock-haiku:ModelCard.legacy', 'We move in spring');
  expect(warnings(stack)).toEqual([]);
});

test('without a successor on the card none is invented', () => {
  const stack = stackIn('eu-west-2');
  new CrossRegionInferenceProfile(stack, 'Haiku', { model: cardWith({ status: ModelLifecycleStatus.LEGACY, successor: undefined }) });
  expect(warnings(stack)).toEqual([expect.stringContaining('The card names no successor: choose one, and pass its card as model.')]);
});

test('the built-in card names its successor once it is Legacy', () => {
  const stack = stackIn('eu-west-2');
  new CrossRegionInferenceProfile(stack, 'Haiku', { model: cardWith({ status: ModelLifecycleStatus.LEGACY }) });
  expect(warnings(stack)).toEqual([expect.stringContaining('Its successor is Claude Haiku 5.5: pass its card as model')]);
});

test('a card beyond its end of life says that requests fail', () => {
  const stack = stackIn('eu-west-2');
  new CrossRegionInferenceProfile(stack, 'Haiku', { model: cardWith({ status: ModelLifecycleStatus.END_OF_LIFE, asOf: '2028-01', successor: undefined }) });
  expect(warnings(stack)).toEqual([
    'Claude Haiku 4.5 has reached its end of life (as of 2028-01): requests fail. '
    + 'The card names no successor: choose one, and pass its card as model. [ack: cdk-bedrock-haiku:ModelCard.endOfLife]',
  ]);
});

test.each([['the built-in card', ModelCard.CLAUDE_HAIKU_4_5], ['a card without a lifecycle', cardWith()]])('%s does not warn', (_, model) => {
  const stack = stackIn('eu-west-2');
  new CrossRegionInferenceProfile(stack, 'Haiku', { model });
  expect(warnings(stack)).toEqual([]);
});
