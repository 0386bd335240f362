import { RoutingFinding, RoutingFindingCode as Code } from './finding';
import { InferenceRoute } from './route';
import { Geography } from '../catalog/geography';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { shown, shownList } from '../private/errors';

/** How a newer row is added. */
const EXTEND = 'ModelCard.CLAUDE_HAIKU_4_5.extend({ geoRoutes: [...] })';

/** What leaving the geography means, said wherever global inference is offered. */
const RESIDENCY = 'with it prompts and answers may be processed in any commercial AWS Region, so data can leave its geography';

export function geographyNotPublished(card: ModelCard, geography: Geography): RoutingFinding {
  return {
    code: Code.GEOGRAPHY_NOT_PUBLISHED,
    message: `Geography is not published for ${card.name}, got ${shown(geography.prefix)}; `
      + `expected ${oneOf(card, card.geographies.map(({ prefix }) => prefix))}. `
      + `${card.geographies.length > 0 ? 'Use one of these, or pass' : 'Pass'} a card of your own that publishes it: ${EXTEND}.`,
  };
}

export function outsideGeography(card: ModelCard, geography: Geography, sourceRegion: string): RoutingFinding {
  const own = card.geographiesOf(sourceRegion);
  const instead = own.length > 0
    ? `${shown(sourceRegion)} belongs to ${own.join(' and ')}: use InferenceRouting.geo(${own.map(expression).join(' or ')}) there`
    : `${shown(sourceRegion)} belongs to no geography, only InferenceRouting.globalCrossRegion() serves it: ${RESIDENCY}`;
  return {
    code: Code.SOURCE_REGION_OUTSIDE_GEOGRAPHY,
    message: `Source Region is outside ${geography}, got ${shown(sourceRegion)}; `
      + `expected one of ${shownList(card.sourceRegionsOf(InferenceOption.GEO, geography))} (${source(card)}). ${instead}.`,
  };
}

export function withoutGeography(card: ModelCard, sourceRegion: string): RoutingFinding {
  return {
    code: Code.SOURCE_REGION_WITHOUT_GEOGRAPHY,
    message: `Source Region has no geography for ${card.name}, got ${shown(sourceRegion)}; `
      + `expected ${oneOf(card, card.sourceRegionsOf(InferenceOption.GEO))}. `
      + `From ${shown(sourceRegion)} only InferenceRouting.globalCrossRegion() serves it, and it must be chosen explicitly: ${RESIDENCY}.`,
  };
}

export function severalGeographies(card: ModelCard, own: readonly Geography[], sourceRegion: string): RoutingFinding {
  return {
    code: Code.SOURCE_REGION_IN_SEVERAL_GEOGRAPHIES,
    message: `Source Region belongs to several geographies of ${card.name}, got ${shown(sourceRegion)} without a geography; `
      + `expected InferenceRouting.geo(${own.map(expression).join(') or InferenceRouting.geo(')}). Name the one that requests must stay in.`,
  };
}

export function notDocumented(card: ModelCard, sourceRegion: string): RoutingFinding {
  return {
    code: Code.SOURCE_REGION_NOT_DOCUMENTED,
    message: `Source Region is not documented for ${card.name}, got ${shown(sourceRegion)}; expected ${oneOf(card, card.sourceRegions)}. `
      + `If AWS has added the Region since, pass a card of your own as model: ${EXTEND}.`,
  };
}

export function notGlobal(card: ModelCard, sourceRegion: string): RoutingFinding {
  return {
    code: Code.SOURCE_REGION_NOT_GLOBAL,
    message: `Source Region is not served by the global inference profile of ${card.name}, got ${shown(sourceRegion)}; `
      + `expected ${oneOf(card, card.sourceRegionsOf(InferenceOption.GLOBAL))}. `
      + `Use InferenceRouting.geo(${card.geographiesOf(sourceRegion).map(expression).join(' or ')}) there.`,
  };
}

export function inRegionNotServed(card: ModelCard, region: string): RoutingFinding {
  const served = card.inRegionOnMantle?.regions.sort() ?? [];
  // A card that "card --from-account" writes for another model knows nothing of that endpoint, which does not mean that it is not served.
  if (!card.mantleModelId) {
    return {
      code: Code.IN_REGION_NOT_SERVED,
      message: `The card of ${card.name} has no bedrock-mantle ID, got ${shown(region)} for In-Region inference; `
        + 'expected a card with mantleModelId and inRegionOnMantle, if bedrock-mantle serves the model. Use a CrossRegionInferenceProfile.',
    };
  }
  return {
    code: Code.IN_REGION_NOT_SERVED,
    message: `bedrock-mantle does not serve ${card.name} in this Region, got ${shown(region)}; `
      + (served.length > 0
        ? `expected ${oneOf(card, served)}. Use one of these Regions, or a CrossRegionInferenceProfile`
          + (card.inRegionOnRuntime ? '.' : ': bedrock-runtime has no In-Region inference for this model.')
        : `expected none, for its card lists no Region of that endpoint (${source(card)}). Use a CrossRegionInferenceProfile.`),
  };
}

/** A finding if the route can leave the Regions that are allowed. */
export function outsideAllowed(card: ModelCard, route: InferenceRoute, allowedRegions: string[]): RoutingFinding | undefined {
  const destinations = route.destinationRegions;
  if (!destinations) {
    return {
      code: Code.DESTINATION_NOT_ALLOWED,
      message: `allowedRegions cannot hold for global inference, got ${shown(allowedRegions)}; `
        + 'expected no allowedRegions: a global inference profile may use any commercial AWS Region, and AWS publishes no list. '
        + 'Use InferenceRouting.geo(...) to stay within known Regions.',
    };
  }
  const outside = destinations.filter((region) => !allowedRegions.includes(region));
  if (outside.length === 0) return undefined;
  return {
    code: Code.DESTINATION_NOT_ALLOWED,
    message: `Destination Regions lie outside allowedRegions, got ${shown(allowedRegions)} without ${shownList(outside)}; `
      + `expected every destination of ${route.geography} from ${shown(route.sourceRegion)}: ${shownList(destinations)} (${source(card)}). `
      + `A blocked destination fails the whole call: allow ${outside.length === 1 ? 'it' : 'them'}, or choose a source Region whose destinations are all allowed.`,
  };
}

/** What is allowed, each value once. A card of one's own may hold nothing of the kind. */
function oneOf(card: ModelCard, values: string[]): string {
  const allowed = [...new Set(values)];
  return allowed.length > 0 ? `one of ${shownList(allowed)} (${source(card)})` : `none, for ${card.name} has no such profile (${source(card)})`;
}

function source(card: ModelCard): string {
  return `as of ${card.asOf}`;
}

/** How a program names the geography. */
function expression({ prefix }: Geography): string {
  return ['us', 'eu', 'au', 'jp', 'in'].includes(prefix) ? `Geography.${prefix.toUpperCase()}` : `Geography.of('${prefix}')`;
}
