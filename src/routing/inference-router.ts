import { RoutingFinding } from './finding';
import * as findings from './findings';
import { InferenceRouting } from './inference-routing';
import { InferenceRoute } from './route';
import { Geography } from '../catalog/geography';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { checkKind, listOf, PropKind, TEXT } from '../private/prop-kind';

/**
 * A route, or the reason why there is none.
 */
export interface RoutingDecision {
  /**
   * How the request reaches the model.
   *
   * @default - there is no route, and `finding` says why
   */
  readonly route?: InferenceRoute;

  /**
   * Why there is no route.
   *
   * @default - there is a route
   */
  readonly finding?: RoutingFinding;
}

const CARD: PropKind = {
  noun: 'a ModelCard', expected: 'ModelCard.CLAUDE_HAIKU_4_5 or another card', holds: (value) => ModelCard._own(value) !== undefined, required: true,
};
const ROUTING: PropKind = {
  noun: 'an InferenceRouting',
  expected: 'InferenceRouting.geo(...), .globalCrossRegion() or .sourceGeography()',
  holds: (value) => InferenceRouting._own(value) !== undefined,
  required: true,
};
const REGIONS = listOf(TEXT, 'a list of Regions', 'a list of strings such as ["eu-west-2"]');

/**
 * Decides whether and how a model can be called from a Region, by the published tables alone.
 */
export class InferenceRouter {
  /**
   * The route from a source Region, or a finding: no Region throws.
   *
   * @param card - the model
   * @param routing - where requests may run
   * @param sourceRegion - the Region that requests are sent to
   * @param allowedRegions - the only Regions that requests may run in; every Region, if it is left out
   */
  public static route(card: ModelCard, routing: InferenceRouting, sourceRegion: string, allowedRegions?: string[]): RoutingDecision {
    checkKind('card', card, CARD);
    checkKind('routing', routing, ROUTING);
    checkKind('allowedRegions', allowedRegions, REGIONS);
    const own = ModelCard._own(card)!;
    const { option, geography } = InferenceRouting._own(routing)!;
    const decision = option === InferenceOption.GLOBAL ? globalRoute(own, sourceRegion) : geoRoute(own, geography, sourceRegion);
    const outside = decision.route && allowedRegions && findings.outsideAllowed(own, decision.route, allowedRegions);
    return outside ? { finding: outside } : decision;
  }

  /**
   * Why bedrock-mantle cannot be called for the model in a Region; nothing if it can: no Region throws.
   */
  public static inRegionFinding(card: ModelCard, region: string): RoutingFinding | undefined {
    checkKind('card', card, CARD);
    const own = ModelCard._own(card)!;
    return own.isInRegionOnMantle(region) ? undefined : findings.inRegionNotServed(own, region);
  }

  private constructor() {}
}

function globalRoute(card: ModelCard, sourceRegion: string): RoutingDecision {
  if (card.isGlobalSource(sourceRegion)) return { route: InferenceRoute._global(card, sourceRegion) };
  const documented = card.geographiesOf(sourceRegion).length > 0;
  return { finding: documented ? findings.notGlobal(card, sourceRegion) : findings.notDocumented(card, sourceRegion) };
}

function geoRoute(card: ModelCard, named: Geography | undefined, sourceRegion: string): RoutingDecision {
  if (named && !card.hasGeography(named)) return { finding: findings.geographyNotPublished(card, named) };
  const own = card.geographiesOf(sourceRegion);
  const geography = named ?? own[0];
  const destinations = geography && card.destinationRegions(geography, sourceRegion);
  if (geography && destinations && (named || own.length === 1)) {
    return { route: InferenceRoute._geo(card, geography, sourceRegion, destinations) };
  }
  if (own.length === 0 && !card.isGlobalSource(sourceRegion)) return { finding: findings.notDocumented(card, sourceRegion) };
  if (named) return { finding: findings.outsideGeography(card, named, sourceRegion) };
  return { finding: own.length > 1 ? findings.severalGeographies(card, own, sourceRegion) : findings.withoutGeography(card, sourceRegion) };
}
