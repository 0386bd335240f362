import * as fc from 'fast-check';
import { Geography, GeoRoute, InferenceRouting, ModelCard } from '../../src';
import { ALL_REGIONS } from '../fixtures/documented-regions';
import { CITED } from '../kit/stack';

const PREFIXES = ['eu', 'us', 'dach', 'us-gov'];

export const randomRegion = fc.constantFrom(...ALL_REGIONS);

/** A routing to a geography that a random card may have, or may not. */
export const randomRouting = fc.oneof(
  fc.constantFrom(...PREFIXES, 'apac').map((prefix) => InferenceRouting.geo(Geography.of(prefix))),
  fc.constantFrom(InferenceRouting.globalCrossRegion(), InferenceRouting.sourceGeography()));

const rows = fc.uniqueArray(fc.record({
  geography: fc.constantFrom(...PREFIXES).map((prefix) => Geography.of(prefix)), sourceRegion: randomRegion, others: fc.uniqueArray(randomRegion),
}), { selector: ({ geography, sourceRegion }) => `${geography} ${sourceRegion}` })
  .map((list) => list.map(({ others, ...row }): GeoRoute => ({ ...CITED, ...row, destinationRegions: [...new Set([row.sourceRegion, ...others])] })));
const table = fc.option(fc.uniqueArray(randomRegion, { minLength: 1 }).map((regions) => ({ ...CITED, regions })), { nil: undefined });

/** A card with some of the three ways to call a model, in Regions that no page gives it. */
export const randomCard = fc.record({ geoRoutes: rows, globalSources: table, inRegionOnMantle: table })
  .filter(({ geoRoutes, globalSources, inRegionOnMantle }) => geoRoutes.length > 0 || globalSources !== undefined || inRegionOnMantle !== undefined)
  .map((tables) => ModelCard.of({
    ...CITED, name: 'Mine', modelId: 'anthropic.mine-v1:0', ...tables.inRegionOnMantle && { mantleModelId: 'anthropic.mine' }, ...tables,
  }));
