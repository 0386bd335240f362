import { RoutingFinding } from './finding';
import * as findings from './findings';
import { InferenceRouting } from './inference-routing';
import { InferenceRoute } from './route';
import { Geography } from '../catalog/geography';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { checkKind, checkKinds, listOf, PropKind, PropKinds, required, TEXT } from '../private/prop-kind';

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

/**
 * A question to the router: can this model be called from here, and how?
 */
export interface InferenceRouteOptions {
  /**
   * The model.
   */
  readonly model: ModelCard;

  /**
   * The Region that requests are sent to. It need not be one that the model has.
   */
  readonly sourceRegion: string;

  /**
   * Where requests may run.
   *
   * @default InferenceRouting.sourceGeography() - they stay in the geography that the source Region belongs to
   */
  readonly routing?: InferenceRouting;

  /**
   * The only Regions that requests may run in.
   *
   * @default - every destination Region of the route
   */
  readonly allowedRegions?: string[] | undefined;
}

const MODEL: PropKind = {
  noun: 'a ModelCard', expected: 'ModelCard.CLAUDE_HAIKU_4_5 or another card', holds: (value) => ModelCard._own(value) !== undefined, required: true,
};
const OPTIONS: PropKinds<InferenceRouteOptions> = {
  model: MODEL,
  sourceRegion: required(TEXT),
  routing: {
    noun: 'an InferenceRouting',
    expected: 'InferenceRouting.geo(...), .globalCrossRegion() or .sourceGeography()',
    holds: (value) => InferenceRouting._own(value) !== undefined,
  },
  allowedRegions: listOf(TEXT, 'a list of Regions', 'a list of strings such as ["eu-west-2"]'),
};

/**
 * Decides whether and how a model can be called from a Region, by the published tables alone.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html
 */
export class InferenceRouter {
  /**
   * The route from a source Region, or a finding: no Region throws.
   *
   * Throws if an option is not what it takes, for example a model that is no card.
   */
  public static route(options: InferenceRouteOptions): RoutingDecision {
    checkKinds('InferenceRouter.route', options, OPTIONS);
    const { sourceRegion, allowedRegions } = options;
    const model = ModelCard._own(options.model)!;
    const { inferenceOption, geography } = InferenceRouting._own(options.routing ?? InferenceRouting.sourceGeography())!;
    const decision = inferenceOption === InferenceOption.GLOBAL ? globalRoute(model, sourceRegion) : geoRoute(model, geography, sourceRegion);
    const outside = decision.route && allowedRegions && findings.outsideAllowed(model, decision.route, allowedRegions);
    return outside ? { finding: outside } : decision;
  }

  /**
   * Why bedrock-mantle cannot be called for the model in a Region; nothing if it can: no Region throws.
   *
   * Throws if the model is no card.
   */
  public static inRegionFinding(model: ModelCard, region: string): RoutingFinding | undefined {
    checkKind('model', model, MODEL);
    const own = ModelCard._own(model)!;
    return own._isInRegion(region) ? undefined : findings.inRegionNotServed(own, region);
  }

  private constructor() {}
}

function globalRoute(card: ModelCard, sourceRegion: string): RoutingDecision {
  if (card._isGlobalSource(sourceRegion)) return { route: InferenceRoute._global(card, sourceRegion) };
  const documented = card._geographiesOf(sourceRegion).length > 0;
  return { finding: documented ? findings.notGlobal(card, sourceRegion) : findings.notDocumented(card, sourceRegion) };
}

function geoRoute(card: ModelCard, named: Geography | undefined, sourceRegion: string): RoutingDecision {
  if (named && !card._publishes(named)) return { finding: findings.geographyNotPublished(card, named) };
  const own = card._geographiesOf(sourceRegion);
  const geography = named ?? own[0];
  const destinations = geography && card._destinations(geography, sourceRegion);
  if (geography && destinations && (named || own.length === 1)) {
    return { route: InferenceRoute._geo(card, geography, sourceRegion, destinations) };
  }
  if (own.length === 0 && !card._isGlobalSource(sourceRegion)) return { finding: findings.notDocumented(card, sourceRegion) };
  if (named) return { finding: findings.outsideGeography(card, named, sourceRegion) };
  return { finding: own.length > 1 ? findings.severalGeographies(card, own, sourceRegion) : findings.withoutGeography(card, sourceRegion) };
}
