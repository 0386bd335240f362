import { Finding, InRegionEndpoint } from './finding';
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

/** How a model is called within one Region: at which endpoint, and what requests name there. */
export interface InRegionWay {
  readonly endpoint: InRegionEndpoint;
  readonly modelId: string;
}

/** Decides how a model is called within a Region, at the endpoint that is asked for or at bedrock-mantle before bedrock-runtime. No Region throws. */
export function decideInRegion(card: ModelCard, region: string, asked?: InRegionEndpoint): InRegionWay | { readonly finding: Finding } {
  if (asked !== 'bedrock-runtime' && card.isInRegionOnMantle(region)) return { endpoint: 'bedrock-mantle', modelId: card.mantleModelId! };
  if (asked !== 'bedrock-mantle' && card.isInRegionOnRuntime(region)) return { endpoint: 'bedrock-runtime', modelId: card.modelId };
  return { finding: findings.inRegionNotServed(card, region, asked) };
}

function globalRoute(card: ModelCard, sourceRegion: string): Decision {
  if (card.isGlobalSource(sourceRegion)) return { route: InferenceRoute._global(card, sourceRegion) };
  const documented = card.geographiesOf(sourceRegion).length > 0;
  return { finding: documented ? findings.notGlobal(card, sourceRegion) : findings.notDocumented(card, sourceRegion, 'globalSources') };
}

function geoRoute(card: ModelCard, named: Geography | undefined, sourceRegion: string): Decision {
  const own = card.geographiesOf(sourceRegion);
  const geography = named ?? own[0];
  const destinations = geography && card._index.of(geography)?.get(sourceRegion);
  if (geography && destinations && (named || own.length === 1)) {
    return { route: InferenceRoute._geo(card, geography, sourceRegion, destinations) };
  }
  const untold = card.geosWithoutRoutes.filter(({ sourceRegions }) => sourceRegions.includes(sourceRegion)).map((geo) => geo.geography)
    .find(({ prefix }) => named ? prefix === named.prefix : own.length === 0);
  if (untold) return { finding: findings.geographyWithoutRoutes(card, untold, sourceRegion) };
  if (named && !card.hasGeography(named)) return { finding: findings.geographyNotPublished(card, named, sourceRegion) };
  if (own.length === 0 && !card.isGlobalSource(sourceRegion)) return { finding: findings.notDocumented(card, sourceRegion, 'geoRoutes') };
  if (named) return { finding: findings.outsideGeography(card, named, sourceRegion) };
  return { finding: own.length > 1 ? findings.severalGeographies(card, sourceRegion) : findings.withoutGeography(card, sourceRegion) };
}
