import * as fc from 'fast-check';
import { Geography, GeoRoute, InferenceRouter, InferenceRouting, ModelCard, RoutingFindingCode } from '../../src';
import { readProfileId } from '../../src/routing/profile-id';
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
    const { route } = InferenceRouter.route(card, routing, region);
    const destinations = route?.destinationRegions ?? [region];
    expect(destinations).toContain(region);
    expect(destinations.filter((destination) => !ALL_REGIONS.includes(destination))).toEqual([]);
  }));
});

test('there is a route exactly if allowedRegions hold every destination', () => {
  fc.assert(fc.property(routings, regions, fc.uniqueArray(regions), fc.boolean(), (routing, region, some, complete) => {
    const free = InferenceRouter.route(card, routing, region).route;
    const allowed = complete ? [...some, ...free?.destinationRegions ?? []] : some;
    const within = free?.destinationRegions?.every((destination) => allowed.includes(destination)) ?? false;
    const { route, finding } = InferenceRouter.route(card, routing, region, allowed);
    expect(route !== undefined).toBe(within);
    if (free && !within) expect(finding!.code).toBe(RoutingFindingCode.DESTINATION_NOT_ALLOWED);
  }));
});

test('the router never throws, and answers with a route or a finding, never both', () => {
  fc.assert(fc.property(routings, oddText, fc.option(fc.array(oddText), { nil: undefined }), (routing, region, allowed) => {
    const { route, finding } = InferenceRouter.route(card, routing, region, allowed);
    expect(route === undefined).toBe(finding !== undefined);
    if (!ALL_REGIONS.includes(region)) expect(route).toBeUndefined();
    expect(InferenceRouter.inRegionFinding(card, region)?.message ?? 'served').toBeTruthy();
  }), { numRuns: 500 });
});

test('reading a profile ID never throws, and takes nothing but the published IDs', () => {
  const prefixed = fc.oneof(fc.string(), fc.stringMatching(/^[a-z-]{0,8}$/)).map((prefix) => `${prefix}.${MODEL_ID}`);
  fc.assert(fc.property(fc.oneof(prefixed, oddText), fc.option(oddText, { nil: undefined }), (id, region) => {
    const { routing, finding } = readProfileId(card, id, region);
    expect(routing !== undefined).toBe(card.inferenceProfileIds.includes(id));
    expect(finding === undefined).toBe(routing !== undefined);
  }), { numRuns: 500 });
});

const rows = fc.uniqueArray(fc.record({
  geography: fc.constantFrom('eu', 'us', 'dach', 'us-gov').map((prefix) => Geography.of(prefix)), sourceRegion: regions, others: fc.uniqueArray(regions),
}), { selector: ({ geography, sourceRegion }) => `${geography} ${sourceRegion}` })
  .map((list) => list.map(({ others, ...row }): GeoRoute => ({ ...CITED, ...row, destinationRegions: [...new Set([row.sourceRegion, ...others])] })));
const table = fc.option(fc.uniqueArray(regions, { minLength: 1 }).map((list) => ({ ...CITED, regions: list })), { nil: undefined });

test('a card of random rows routes as its rows say, and no message lists nothing', () => {
  fc.assert(fc.property(rows, table, table, routings, regions, (geoRoutes, globalSources, inRegion, routing, region) => {
    fc.pre(geoRoutes.length > 0 || globalSources !== undefined || inRegion !== undefined);
    const own = ModelCard.of({ ...CITED, name: 'Mine', modelId: 'anthropic.mine-v1:0', mantleModelId: 'anthropic.mine', geoRoutes, globalSources, inRegion });
    const { route, finding } = InferenceRouter.route(own, routing, region);
    const mine = geoRoutes.filter((row) => row.sourceRegion === region && (routing.geography === undefined || row.geography === routing.geography));
    const expected = routing.option === 'GLOBAL' ? globalSources?.regions.includes(region) ?? false : mine.length === 1;
    expect(route !== undefined).toBe(expected);
    if (route && routing.option !== 'GLOBAL') expect(route.destinationRegions).toEqual(mine[0].destinationRegions);
    for (const message of [finding?.message, InferenceRouter.inRegionFinding(own, region)?.message, readProfileId(own, 'x', region).finding!.message]) {
      expect(message ?? '').not.toMatch(/one of {1,2}\(|undefined|geo\(\)/);
    }
  }), { numRuns: 300 });
});

test('a random card that lacks a source among its own destinations is refused', () => {
  fc.assert(fc.property(regions, fc.uniqueArray(regions, { minLength: 1 }), (sourceRegion, destinations) => {
    const destinationRegions = destinations.filter((region) => region !== sourceRegion);
    const props = { ...CITED, name: 'Mine', modelId: 'anthropic.mine-v1:0', geoRoutes: [{ ...CITED, geography: Geography.EU, sourceRegion, destinationRegions }] };
    expect(() => ModelCard.of(props)).toThrow(`geoRoutes[0].destinationRegions: got no ${JSON.stringify(sourceRegion)}`);
  }));
});
