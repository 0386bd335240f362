import { Geography, InferenceRouter, InferenceRouting, ModelCard } from '../../src';
import { readProfileId } from '../../src/routing/profile-id';
import { libraryText } from '../../src/wording/library';
import { EVERY_FACT } from '../catalog/every-fact';

const model = ModelCard.of(EVERY_FACT);

test('a GovCloud Region with routes has them in its partition', () => {
  const { route } = InferenceRouter.route({ model, sourceRegion: 'us-gov-west-1' });
  expect(route!.inferenceProfileArn('111122223333')).toBe(
    'arn:aws-us-gov:bedrock:us-gov-west-1:111122223333:inference-profile/us-gov.anthropic.claude-limerick-9');
  expect(route!.foundationModelArns).toEqual(['us-gov-east-1', 'us-gov-west-1'].map((region) =>
    `arn:aws-us-gov:bedrock:${region}::foundation-model/anthropic.claude-limerick-9`));
});

test('a geography without a table of routes has no route', () => {
  expect(InferenceRouter.route({ model, sourceRegion: 'ap-northeast-1' }).finding!.code).toBe('SOURCE_REGION_NOT_DOCUMENTED');
  const routing = InferenceRouting.geo(Geography.JP);
  expect(InferenceRouter.route({ model, sourceRegion: 'ap-northeast-1', routing }).finding!.code).toBe('GEOGRAPHY_NOT_PUBLISHED');
});

test('the bare ID of a model with In-Region inference on bedrock-runtime is said to be that', () => {
  const reading = readProfileId(model, 'anthropic.claude-limerick-9');
  expect('finding' in reading && libraryText(reading.finding)).toMatch(
    /^Inference profile ID is the bare model ID of Claude Limerick 9, which is In-Region inference on bedrock-runtime, got "anthropic\.claude-limerick-9"; /);
});

test('where bedrock-mantle does not serve the model, nothing is said of bedrock-runtime, which does', () => {
  expect(InferenceRouter.inRegionFinding(model, 'eu-west-2')!.message).not.toContain('bedrock-runtime');
});
