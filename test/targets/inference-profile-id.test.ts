import { Lazy, Stack } from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile } from '../../src';
import { GEO_ROUTES, GLOBAL_SOURCES, MODEL_ID } from '../fixtures/documented-regions';
import { ACCOUNT, stackIn } from '../kit/stack';
import { everywhere, failures } from '../kit/three-ways';

const FROM_LONDON = `expected "eu.${MODEL_ID}" or "global.${MODEL_ID}" from "eu-west-2" (as of 2026-10).`;
const FROM_ANYWHERE = `expected one of "us.${MODEL_ID}", "eu.${MODEL_ID}", "au.${MODEL_ID}", "jp.${MODEL_ID}", "in.${MODEL_ID}", "global.${MODEL_ID}" (as of 2026-10).`;

test.each([
  [MODEL_ID, 'Inference profile ID is the bare model ID of Claude Haiku 4.5, which has no on-demand inference on bedrock-runtime'],
  ['anthropic.claude-haiku-4-5', 'Inference profile ID is the bedrock-mantle ID of Claude Haiku 4.5, which only InRegionInference takes'],
  [`eu.eu.${MODEL_ID}`, 'Inference profile ID has its geography "eu" twice'],
  ['anthropic.claude-haiku-4-5-v1:0',
    'Inference profile ID has no geography in front, and is a model ID that no AWS page has (blogs spell it in several ways)'],
  [`arn:aws:bedrock:eu-west-2:${ACCOUNT}:inference-profile/eu.${MODEL_ID}`, 'Inference profile ID is an ARN'],
  [`arn:aws:bedrock:eu-west-2::foundation-model/${MODEL_ID}`, 'Inference profile ID is an ARN'],
  ['aws__claude_4_5_haiku', 'Inference profile ID is the name of Claude Haiku 4.5 on Box AI'],
  ['eu.anthropic.claude-haiku-4-5-v1:0', `Inference profile ID is not one that AWS publishes for Claude Haiku 4.5 (the nearest is "eu.${MODEL_ID}")`],
  ['', `Inference profile ID is not one that AWS publishes for Claude Haiku 4.5 (the nearest is "us.${MODEL_ID}")`],
])('"%s" is told what it is, and which IDs work from here', (given, nature) => {
  const define = (scope: Stack) => CrossRegionInferenceProfile.fromInferenceProfileId(scope, 'Haiku', given);
  expect(failures((scope) => define(scope as Stack), { account: ACCOUNT, region: 'eu-west-2' })).toEqual(everywhere(`${nature}, got "${given}"; ${FROM_LONDON}`));
  expect(failures((scope) => define(scope as Stack))).toEqual(everywhere(`${nature}, got "${given}"; ${FROM_ANYWHERE}`));
});

test('an ID that is a token is an error', () => {
  const given = Lazy.string({ produce: () => `eu.${MODEL_ID}` });
  expect(failures((scope) => CrossRegionInferenceProfile.fromInferenceProfileId(scope, 'Haiku', given), { account: ACCOUNT, region: 'eu-west-2' })).toEqual(everywhere(
    `Inference profile ID is an unresolved token, and it decides where data may go, got "${given}"; ${FROM_LONDON}`));
});

test('an ID that is not a string is an error', () => {
  expect(failures((scope) => CrossRegionInferenceProfile.fromInferenceProfileId(scope, 'Haiku', 45 as unknown as string), { account: ACCOUNT, region: 'eu-west-2' }))
    .toEqual(everywhere(`Inference profile ID is not a string, got 45; ${FROM_LONDON}`));
});

test('the ID of a geography that the model is not published in is an error', () => {
  expect(failures((scope) => CrossRegionInferenceProfile.fromInferenceProfileId(scope, 'Haiku', `apac.${MODEL_ID}`), { account: ACCOUNT, region: 'ap-south-1' }))
    .toEqual(everywhere(
      'Geography is not published for Claude Haiku 4.5, got "apac"; expected one of "us", "eu", "au", "jp", "in" (as of 2026-10). '
      + 'Use one of these, or pass a card of your own that publishes it: ModelCard.CLAUDE_HAIKU_4_5.extend({ geoRoutes: [...] }).'));
});

test('an ID of another geography than that of the Region is an error', () => {
  expect(failures((scope) => CrossRegionInferenceProfile.fromInferenceProfileId(scope, 'Haiku', `jp.${MODEL_ID}`), { account: ACCOUNT, region: 'eu-west-2' }))
    .toEqual(everywhere(
      'Source Region is outside Geo JP, got "eu-west-2"; expected one of "ap-northeast-1", "ap-northeast-3" (as of 2026-10). '
      + '"eu-west-2" belongs to Geo EU: use InferenceRouting.geo(Geography.EU) there.'));
});

test('a Region that is not documented has no right ID, and the error says so', () => {
  expect(failures((scope) => CrossRegionInferenceProfile.fromInferenceProfileId(scope, 'Haiku', MODEL_ID), { account: ACCOUNT, region: 'eu-north-9' }))
    .toEqual(everywhere(
      `Inference profile ID is the bare model ID of Claude Haiku 4.5, which has no on-demand inference on bedrock-runtime, got "${MODEL_ID}"; `
      + 'expected a source Region that is documented for Claude Haiku 4.5, which "eu-north-9" is not (as of 2026-10).'));
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
