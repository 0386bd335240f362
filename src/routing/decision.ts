import { Finding } from './finding';
import * as findings from './findings';
import { InferenceRouting } from './inference-routing';
import { InferenceRoute } from './route';
import { Geography } from '../catalog/geography';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';

/** A route, or why there is none. */
export type Decision = { readonly route: InferenceRoute } | { readonly finding: Finding };

/** Decides how a request reaches the model from a source Region, and in the allowed Regions only. No Region throws. */
export function decide(
  card: ModelCard, { inferenceOption, geography }: InferenceRouting, sourceRegion: string, allowedRegions?: readonly string[]): Decision {
  const decision = inferenceOption === InferenceOption.GLOBAL ? globalRoute(card, sourceRegion) : geoRoute(card, geography, sourceRegion);
  const outside = 'route' in decision && allowedRegions && findings.outsideAllowed(card, decision.route, allowedRegions);
  return outside ? { finding: outside } : decision;
}

/** Why bedrock-mantle cannot be called for the model in a Region; nothing if it can. No Region throws. */
export function inRegionFinding(card: ModelCard, region: string): Finding | undefined {
  return card.isInRegionOnMantle(region) ? undefined : findings.inRegionNotServed(card, region);
}

function globalRoute(card: ModelCard, sourceRegion: string): Decision {
  if (card.isGlobalSource(sourceRegion)) return { route: InferenceRoute._global(card, sourceRegion) };
  const documented = card.geographiesOf(sourceRegion).length > 0;
  return { finding: documented ? findings.notGlobal(card, sourceRegion) : findings.notDocumented(card, sourceRegion, 'globalSources') };
}

function geoRoute(card: ModelCard, named: Geography | undefined, sourceRegion: string): Decision {
  if (named && !card.hasGeography(named)) return { finding: findings.geographyNotPublished(card, named, sourceRegion) };
  const own = card.geographiesOf(sourceRegion);
  const geography = named ?? own[0];
  const destinations = geography && card._index.of(geography)?.get(sourceRegion);
  if (geography && destinations && (named || own.length === 1)) {
    return { route: InferenceRoute._geo(card, geography, sourceRegion, destinations) };
  }
  if (own.length === 0 && !card.isGlobalSource(sourceRegion)) return { finding: findings.notDocumented(card, sourceRegion, 'geoRoutes') };
  if (named) return { finding: findings.outsideGeography(card, named, sourceRegion) };
  return { finding: own.length > 1 ? findings.severalGeographies(card, sourceRegion) : findings.withoutGeography(card, sourceRegion) };
}
