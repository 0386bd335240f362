import { ModelCard } from '../../src';
import { checkedRegion } from '../../src/live/drift';
import { Failure, FailureKind } from '../../src/live/failure';
import { SurveyedRegion } from '../../src/live/survey';

const card = ModelCard.CLAUDE_HAIKU_4_5;
const [inProfile, globalProfile] = ['in', 'global'].map((prefix) => `${prefix}.${card.modelId}`);

function failure(kind: FailureKind): Failure {
  return { kind, action: 'bedrock:ListInferenceProfiles', region: 'ap-south-1', message: kind, advice: 'Ask again.' };
}

function surveyed(region: string, more: Partial<SurveyedRegion> = {}): SurveyedRegion {
  return {
    region,
    profiles: [
      { id: inProfile, status: 'ACTIVE', destinationRegions: ['ap-south-1', 'ap-south-2'] },
      { id: globalProfile, status: 'ACTIVE', destinationRegions: ['ap-south-1'] },
    ],
    absent: [],
    complete: true,
    failures: [],
    lifecycle: { value: { status: 'ACTIVE' } },
    ...more,
  };
}

const nothing = { profiles: [], complete: false, lifecycle: { failure: failure('no-endpoint') }, failures: [failure('no-endpoint')] };

test('a Region that answers as the card has it is in order', () => {
  expect(checkedRegion(card, surveyed('ap-south-1'))).toEqual({ region: 'ap-south-1', state: 'in order', differences: [], failures: [] });
});

test('a Region that does not list the model by itself is in order all the same', () => {
  expect(checkedRegion(card, surveyed('ap-south-1', { lifecycle: { failure: failure('not-found') } }))).toMatchObject({ state: 'in order', failures: [] });
});

test('a lifecycle that could not be asked for is not in order', () => {
  expect(checkedRegion(card, surveyed('ap-south-1', { lifecycle: { failure: failure('throttled') } }))).toMatchObject({ state: 'could not be checked' });
});

test('a difference is shown beside what could not be checked', () => {
  const { state, differences, failures } = checkedRegion(card, surveyed('ap-south-1', { absent: [inProfile], profiles: [], failures: [failure('throttled')] }));
  expect({ state, codes: differences.map(({ code }) => code), kinds: failures.map(({ kind }) => kind) }).toEqual({
    state: 'differs', codes: ['PROFILE_GONE'], kinds: ['throttled'],
  });
});

test('a Region that the card does not have and that has no endpoint is said to have none', () => {
  expect(checkedRegion(card, surveyed('ap-east-1', nothing))).toEqual({ region: 'ap-east-1', state: 'no Bedrock endpoint', differences: [], failures: [] });
});

test('a Region that the card has and that has no endpoint could not be checked', () => {
  expect(checkedRegion(card, surveyed('ap-south-1', nothing))).toMatchObject({ state: 'could not be checked' });
});

test('a Region that the card does not have and that does not answer could not be checked', () => {
  const silent = { ...nothing, failures: [failure('no-answer')] };
  expect(checkedRegion(card, surveyed('ap-east-1', silent))).toMatchObject({ state: 'could not be checked' });
});
