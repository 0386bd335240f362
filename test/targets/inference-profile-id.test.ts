import { Lazy } from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile, Geography, InferenceRouting, ModelCard } from '../../src';
import { decide } from '../../src/routing/decision';
import { readProfileId } from '../../src/routing/profile-id';
import { GEO_ROUTES, GLOBAL_SOURCES, MANTLE_MODEL_ID, MODEL_ID } from '../fixtures/documented-regions';
import { ACCOUNT, stackIn } from '../kit/stack';
import { everywhere, failures } from '../kit/three-ways';
import { said } from '../wording/said';


/** What is said of an ID that is not one of the model's, for the Region of the stack or without one. */
function refused(id: unknown, region?: string, code: Parameters<typeof said>[0] = 'NOT_AN_INFERENCE_PROFILE_ID'): string {
  return said(code, readProfileId(ModelCard.CLAUDE_HAIKU_4_5, id as string, region));
}

function fromId(id: unknown, region?: string): ReturnType<typeof failures> {
  return failures((scope) => CrossRegionInferenceProfile.fromInferenceProfileId(scope, 'Haiku', id as string), region ? { account: ACCOUNT, region } : undefined);
}

test.each([
  MODEL_ID, MANTLE_MODEL_ID, `eu.eu.${MODEL_ID}`, 'anthropic.claude-haiku-4-5-v1:0', `arn:aws:bedrock:eu-west-2:${ACCOUNT}:inference-profile/eu.${MODEL_ID}`,
  `arn:aws:bedrock:eu-west-2::foundation-model/${MODEL_ID}`, 'aws__claude_4_5_haiku', 'eu.anthropic.claude-haiku-4-5-v1:0', '', 45,
  Lazy.string({ produce: () => `eu.${MODEL_ID}` }),
])('%p is an error, for the Region of the stack or without one', (given) => {
  expect(fromId(given, 'eu-west-2')).toEqual(everywhere(refused(given, 'eu-west-2')));
  expect(fromId(given, 'eu-north-9')).toEqual(everywhere(refused(given, 'eu-north-9')));
  expect(fromId(given)).toEqual(everywhere(refused(given)));
});

test('the ID of a geography that the model is not published in is an error', () => {
  expect(fromId(`apac.${MODEL_ID}`, 'ap-south-1')).toEqual(everywhere(refused(`apac.${MODEL_ID}`, 'ap-south-1', 'GEOGRAPHY_NOT_PUBLISHED')));
});

test('an ID of another geography than that of the Region is an error', () => {
  expect(fromId(`jp.${MODEL_ID}`, 'eu-west-2')).toEqual(everywhere(
    said('SOURCE_REGION_OUTSIDE_GEOGRAPHY', decide(ModelCard.CLAUDE_HAIKU_4_5, InferenceRouting.geo(Geography.JP), 'eu-west-2'))));
});

test.each([
  ...GEO_ROUTES.map(({ prefix, source }) => [prefix, source]),
  ...GLOBAL_SOURCES.map((source) => ['global', source]),
])('the %s profile is found by its ID from %s', (prefix, region) => {
  const id = `${prefix}.${MODEL_ID}`;
  const stack = stackIn(region);
  const haiku = CrossRegionInferenceProfile.fromInferenceProfileId(stack, 'Haiku', id);
  expect([haiku.inferenceProfileId, haiku.sourceRegion]).toEqual([id, region]);
});
