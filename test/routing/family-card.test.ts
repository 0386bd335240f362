import { inRegionFinding } from './in-region-finding';
import { Geography, InferenceRouter, InferenceRouting, ModelCard } from '../../src';
import { decideInRegion } from '../../src/routing/decision';
import { readProfileId } from '../../src/routing/profile-id';
import { libraryText } from '../../src/wording/library';
import { CITED, EVERY_FACT } from '../catalog/every-fact';

const model = ModelCard.of(EVERY_FACT);

test('a GovCloud Region with routes has them in its partition', () => {
  const { route } = InferenceRouter.route({ model, sourceRegion: 'us-gov-west-1' });
  expect(route!.inferenceProfileArn('111122223333')).toBe(
    'arn:aws-us-gov:bedrock:us-gov-west-1:111122223333:inference-profile/us-gov.anthropic.claude-limerick-9');
  expect(route!.foundationModelArns).toEqual(['us-gov-east-1', 'us-gov-west-1'].map((region) =>
    `arn:aws-us-gov:bedrock:${region}::foundation-model/anthropic.claude-limerick-9`));
});

test('a geography without a table of routes has no route, and says why', () => {
  for (const routing of [undefined, InferenceRouting.geo(Geography.JP)]) {
    const { finding } = InferenceRouter.route({ model, sourceRegion: 'ap-northeast-1', routing });
    expect(finding).toEqual({
      code: 'GEOGRAPHY_WITHOUT_ROUTES',
      message: 'Geo JP of Claude Limerick 9 has no published routes, got "ap-northeast-1": AWS says that it serves this Region, and not in which Regions requests may run, '
        + 'so nothing can be granted exactly (as of 2026-11-01). If AWS publishes the routes by now, pass a card of your own as model: the method extend of a ModelCard adds geoRoutes.',
      subject: 'SOURCE_REGION',
      given: ['ap-northeast-1'],
      allowed: [],
      asOf: '2026-11-01',
      remedies: [{ kind: 'OWN_CARD', cardFields: ['geoRoutes'] }],
    });
  }
  expect(InferenceRouter.route({ model, sourceRegion: 'eu-west-2', routing: InferenceRouting.geo(Geography.JP) }).finding!.code).toBe('GEOGRAPHY_NOT_PUBLISHED');
});

test('routes that a card of one\'s own adds are taken, although AWS names the geography without any', () => {
  const own = model.extend({ geoRoutes: [{ ...CITED, geography: Geography.JP, sourceRegion: 'ap-northeast-1', destinationRegions: ['ap-northeast-1'] }] });
  for (const routing of [undefined, InferenceRouting.geo(Geography.JP)]) {
    expect(InferenceRouter.route({ model: own, sourceRegion: 'ap-northeast-1', routing }).route!.inferenceProfileId).toBe('jp.anthropic.claude-limerick-9');
  }
  expect(InferenceRouter.route({ model: own, sourceRegion: 'ap-northeast-3' }).finding!.code).toBe('GEOGRAPHY_WITHOUT_ROUTES');
});

test.each(['us-gov-west-1', 'us-gov-east-1'])('in %s Haiku 5.5 is refused with the reason, and In-Region inference offered where it is served', (sourceRegion) => {
  const { finding } = InferenceRouter.route({ model: ModelCard.CLAUDE_HAIKU_5_5, sourceRegion });
  expect(finding!.message).toBe(
    `Geo US-GOV of Claude Haiku 5.5 has no published routes, got "${sourceRegion}": AWS says that it serves this Region, and not in which Regions requests may run, `
    + `so nothing can be granted exactly (as of 2026-10). ${sourceRegion === 'us-gov-west-1' ? 'In-Region inference serves Claude Haiku 5.5 in "us-gov-west-1": use InRegionInference there. ' : ''}`
    + 'If AWS publishes the routes by now, pass a card of your own as model: the method extend of a ModelCard adds geoRoutes.');
});

test('the bare ID of a model with In-Region inference on bedrock-runtime is said to be that', () => {
  const reading = readProfileId(model, 'anthropic.claude-limerick-9');
  expect('finding' in reading && libraryText(reading.finding)).toMatch(
    /^Inference profile ID is the bare model ID of Claude Limerick 9, which is In-Region inference on bedrock-runtime, got "anthropic\.claude-limerick-9"; /);
});

test('within a Region bedrock-mantle is called where it serves the model, else bedrock-runtime, else neither', () => {
  expect(decideInRegion(model, 'ap-southeast-4')).toEqual({ endpoint: 'bedrock-mantle', modelId: 'anthropic.claude-limerick-9' });
  expect(decideInRegion(model, 'eu-west-2')).toEqual({ endpoint: 'bedrock-runtime', modelId: 'anthropic.claude-limerick-9' });
  expect(InferenceRouter.inRegionFinding(model, 'eu-west-2')).toBeUndefined();
  expect(InferenceRouter.inRegionFinding(model, 'eu-west-1')).toMatchObject({
    message: 'No endpoint serves Claude Limerick 9 within this Region alone, got "eu-west-1"; expected one of "ap-northeast-2", "ap-southeast-4", "eu-west-2", "us-gov-west-1" '
      + '(as of 2026-11-01). Use one of these Regions. Or use a CrossRegionInferenceProfile.',
    remedies: [{ kind: 'CHOOSE_SOURCE_REGION', regions: ['ap-northeast-2', 'ap-southeast-4', 'eu-west-2', 'us-gov-west-1'] }, { kind: 'CHOOSE_CROSS_REGION' }],
  });
});

test.each([
  [model, 'eu-west-2', 'bedrock-mantle', 'bedrock-mantle does not serve Claude Limerick 9 in this Region, got "eu-west-2"; expected one of "ap-southeast-4", "us-gov-west-1" (as of 2026-11-01). '
    + 'Use one of these Regions. Or use a CrossRegionInferenceProfile.'],
  [model, 'ap-southeast-4', 'bedrock-runtime', 'bedrock-runtime does not serve Claude Limerick 9 in this Region, got "ap-southeast-4"; expected one of "ap-northeast-2", "eu-west-2" (as of 2026-11-01). '
    + 'Use one of these Regions. Or use a CrossRegionInferenceProfile.'],
  [ModelCard.CLAUDE_HAIKU_4_5, 'eu-west-1', 'bedrock-runtime', 'bedrock-runtime does not serve Claude Haiku 4.5 in this Region, got "eu-west-1", and the card of Claude Haiku 4.5 lists none (as of 2026-10). '
    + 'Use a CrossRegionInferenceProfile.'],
  [ModelCard.CLAUDE_SONNET_4_6, 'eu-west-1', undefined, 'bedrock-runtime does not serve Claude Sonnet 4.6 in this Region, got "eu-west-1"; expected one of "eu-west-2" (as of 2026-10). '
    + 'Use one of these Regions. Or use a CrossRegionInferenceProfile.'],
] as const)('an endpoint that does not serve the model is named: %#', (card, region, endpoint, message) => {
  expect(libraryText(inRegionFinding(card, region, endpoint)!)).toBe(message);
});
