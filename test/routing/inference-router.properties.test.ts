import * as fc from 'fast-check';
import { randomCard, randomRegion, randomRouting } from './random-card';
import { Geography, InferenceRouter, InferenceRouting, ModelCard, RoutingFindingCode } from '../../src';
import { readProfileId } from '../../src/routing/profile-id';
import { libraryText } from '../../src/wording/library';
import { ALL_REGIONS, GEOGRAPHIES, MODEL_ID } from '../fixtures/documented-regions';
import '../property-seed';
import { CITED } from '../kit/stack';

const card = ModelCard.CLAUDE_HAIKU_4_5;
const routings = fc.oneof(
  fc.constantFrom(...GEOGRAPHIES, 'apac').map((prefix) => InferenceRouting.geo(Geography.of(prefix))),
  fc.constantFrom(InferenceRouting.globalCrossRegion(), InferenceRouting.sourceGeography()));
const regions = fc.constantFrom(...ALL_REGIONS);
const oddText = fc.oneof(regions, fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', 'toString', '${Token[AWS.Region.1]}', 'eu-west-2 ', '*'));

test('the destinations of a route hold its source and no Region outside the tables', () => {
  fc.assert(fc.property(routings, regions, (routing, region) => {
    const { route } = InferenceRouter.route({ model: card, routing, sourceRegion: region });
    const destinations = route?.destinationRegions ?? [region];
    expect(destinations).toContain(region);
    expect(destinations.filter((destination) => !ALL_REGIONS.includes(destination))).toEqual([]);
  }));
});

test('there is a route exactly if allowedRegions hold every destination', () => {
  fc.assert(fc.property(routings, regions, fc.uniqueArray(regions), fc.boolean(), (routing, region, some, complete) => {
    const free = InferenceRouter.route({ model: card, routing, sourceRegion: region }).route;
    const allowed = complete ? [...some, ...free?.destinationRegions ?? []] : some;
    const within = free?.destinationRegions?.every((destination) => allowed.includes(destination)) ?? false;
    const { route, finding } = InferenceRouter.route({ model: card, routing, sourceRegion: region, allowedRegions: allowed });
    expect(route !== undefined).toBe(within);
    if (free && !within) expect(finding!.code).toBe(RoutingFindingCode.DESTINATION_NOT_ALLOWED);
  }));
});

test('the router never throws, and answers with a route or a finding, never both', () => {
  fc.assert(fc.property(routings, oddText, fc.option(fc.array(oddText), { nil: undefined }), (routing, region, allowed) => {
    const { route, finding } = InferenceRouter.route({ model: card, routing, sourceRegion: region, allowedRegions: allowed });
    expect(route === undefined).toBe(finding !== undefined);
    if (!ALL_REGIONS.includes(region)) expect(route).toBeUndefined();
    expect(InferenceRouter.inRegionFinding(card, region)?.message ?? 'served').toBeTruthy();
  }), { numRuns: 500 });
});

test('reading a profile ID never throws, and takes nothing but the published IDs', () => {
  const prefixed = fc.oneof(fc.string(), fc.stringMatching(/^[a-z-]{0,8}$/)).map((prefix) => `${prefix}.${MODEL_ID}`);
  fc.assert(fc.property(fc.oneof(prefixed, oddText), fc.option(oddText, { nil: undefined }), (id, region) => {
    const reading = readProfileId(card, id, region);
    expect('routing' in reading).toBe(card.inferenceProfileIds.includes(id));
    if ('finding' in reading) expect(libraryText(reading.finding)).toMatch(/^(Inference profile ID|Geography) is|^Inference profile ID has/);
  }), { numRuns: 500 });
});

test('a card of random rows routes as its rows say', () => {
  fc.assert(fc.property(randomCard, randomRouting, randomRegion, (own, routing, region) => {
    const { route } = InferenceRouter.route({ model: own, routing, sourceRegion: region });
    const mine = own.geoRoutes.filter(({ sourceRegion }) => sourceRegion === region)
      .filter(({ geography: { prefix } }) => (routing.geography?.prefix ?? prefix) === prefix);
    const expected = routing.inferenceOption === 'GLOBAL' ? own.globalSources?.regions.includes(region) ?? false : mine.length === 1;
    expect(route !== undefined).toBe(expected);
    if (route && routing.inferenceOption !== 'GLOBAL') expect(route.destinationRegions).toEqual(mine[0].destinationRegions);
  }), { numRuns: 300 });
});

test('a random card that lacks a source among its own destinations is refused', () => {
  fc.assert(fc.property(regions, fc.uniqueArray(regions, { minLength: 1 }), (sourceRegion, destinations) => {
    const destinationRegions = destinations.filter((region) => region !== sourceRegion);
    const props = { ...CITED, name: 'Mine', modelId: 'anthropic.mine-v1:0', geoRoutes: [{ ...CITED, geography: Geography.EU, sourceRegion, destinationRegions }] };
    expect(() => ModelCard.of(props)).toThrow(`geoRoutes[0].destinationRegions: got a list without ${JSON.stringify(sourceRegion)}`);
  }));
});
