import { Construct } from 'constructs';
import { CrossRegionInferenceProfile, Geography, InferenceRouting, InRegionInference, ModelCard } from '../../src';
import { ACCOUNT } from '../kit/stack';
import { everywhere, failures } from '../kit/three-ways';

const { mantleModelId, inRegionOnMantle, batch: _, geoRoutes, globalSources, ...facts } = ModelCard.CLAUDE_HAIKU_4_5._toProps();
const cards = {
  geo: ModelCard.of({ ...facts, name: 'Geo', geoRoutes: geoRoutes!.filter(({ geography }) => geography.prefix !== 'us') }),
  global: ModelCard.of({ ...facts, name: 'Global', globalSources }),
  inRegion: ModelCard.of({ ...facts, name: 'InRegion', mantleModelId, inRegionOnMantle }),
};

// In a stack whose Region is known only at deploy time no Region is judged, so what holds for every Region is.
test.each<[string, ModelCard, InferenceRouting, string]>([
  ['global inference', cards.geo, InferenceRouting.globalCrossRegion(),
    'routing asks for what Geo has in no Region, got InferenceRouting.globalCrossRegion(); '
    + 'expected InferenceRouting.geo(...) or InferenceRouting.sourceGeography(), for it has "eu", "au", "jp", "in" (as of 2026-10). '
    + 'Choose another routing, or pass a card of your own as model that lists the source Regions.'],
  ['global inference, nor a geography', cards.inRegion, InferenceRouting.globalCrossRegion(),
    'routing asks for what InRegion has in no Region, got InferenceRouting.globalCrossRegion(); '
    + 'expected InferenceRouting.geo(...) or InferenceRouting.sourceGeography(), for it has no geography either (as of 2026-10). '
    + 'Choose another routing, or pass a card of your own as model that lists the source Regions.'],
  ['a geography', cards.global, InferenceRouting.sourceGeography(),
    'routing asks for what Global has in no Region, got InferenceRouting.sourceGeography(); '
    + 'expected InferenceRouting.globalCrossRegion(), with which data can leave its geography (as of 2026-10). '
    + 'Choose another routing, or pass a card of your own as model that lists the source Regions.'],
])('what no Region has is refused in an environment-agnostic stack: %s', (_name, model, routing, message) => {
  for (const allowedRegions of [undefined, ['eu-west-1']]) {
    expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { model, routing, allowedRegions }))).toEqual(everywhere(message));
  }
});

test('a geography that is not published is refused with the words for a Region that is known', () => {
  const define = (scope: Construct) => new CrossRegionInferenceProfile(scope, 'Haiku', { model: cards.geo, routing: InferenceRouting.geo(Geography.US) });
  const known = failures(define, { account: ACCOUNT, region: 'us-east-1' });
  expect(known.new).toMatch(/^Geography is not published for Geo, got "us"; /);
  expect(failures(define)).toEqual(known);
});

test('bedrock-mantle, which the card does not list, is refused in an environment-agnostic stack', () => {
  expect(failures((scope) => new InRegionInference(scope, 'Haiku', { model: cards.geo }))).toEqual(everywhere(
    'bedrock-mantle serves Geo in no Region that its card lists (as of 2026-10), got a stack whose Region is known only when it is deployed; '
    + 'expected a card with mantleModelId and inRegionOnMantle. Pass such a card as model, or use a CrossRegionInferenceProfile.'));
});
