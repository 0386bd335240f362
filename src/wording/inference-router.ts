import { libraryText } from './library';
import { Geography } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';
import { shown } from '../private/errors';
import { checkKind, listOf, PropKind, TEXT } from '../private/prop-kind';
import { decide, inRegionFinding } from '../routing/decision';
import { Finding, RoutingFindingCode, RoutingFindingSubject, RoutingRemedyKind } from '../routing/finding';
import { InferenceRouting } from '../routing/inference-routing';
import { InferenceRoute } from '../routing/route';

/**
 * What can be done about a finding: its kind, with the values that go with the kind.
 */
export interface RoutingRemedy {
  /**
   * What can be done.
   */
  readonly kind: RoutingRemedyKind;

  /**
   * For `CHOOSE_GEOGRAPHY`: the geographies that the source Region belongs to.
   *
   * @default - the kind has none
   */
  readonly geographies?: Geography[];

  /**
   * For `CHOOSE_SOURCE_REGION` and `ALLOW_REGIONS`: the Regions.
   *
   * @default - the kind has none
   */
  readonly regions?: string[];

  /**
   * For `OWN_CARD`: the props of a model card that would hold what this one lacks.
   *
   * @default - the kind has none
   */
  readonly cardFields?: string[];
}

/**
 * Why a request cannot be routed as asked, and what to do about it.
 */
export interface RoutingFinding {
  /**
   * The stable code, for programs.
   */
  readonly code: RoutingFindingCode;

  /**
   * What was given, what is allowed, what to change: for people.
   */
  readonly message: string;

  /**
   * What `given` and `allowed` are.
   */
  readonly subject: RoutingFindingSubject;

  /**
   * What was given.
   */
  readonly given: string[];

  /**
   * What would have been taken. Empty if the model card has nothing of the kind.
   */
  readonly allowed: string[];

  /**
   * When the model card was read.
   */
  readonly asOf: string;

  /**
   * What can be done, the first before the others.
   */
  readonly remedies: RoutingRemedy[];
}

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
  expected: 'InferenceRouting.geo(...), InferenceRouting.globalCrossRegion() or InferenceRouting.sourceGeography()',
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
    const decision = decide(ModelCard._own(card)!, InferenceRouting._own(routing)!, sourceRegion, allowedRegions);
    return 'route' in decision ? decision : { finding: published(decision.finding) };
  }

  /**
   * Why bedrock-mantle cannot be called for the model in a Region; nothing if it can: no Region throws.
   */
  public static inRegionFinding(card: ModelCard, region: string): RoutingFinding | undefined {
    checkKind('card', card, CARD);
    const finding = inRegionFinding(ModelCard._own(card)!, region);
    return finding && published(finding);
  }

  private constructor() {}
}

/** The finding with its words, in lists that are the caller's. */
function published(finding: Finding): RoutingFinding {
  const { code, subject, given, allowed, asOf, remedies } = finding;
  return {
    code,
    message: libraryText(finding),
    subject,
    given: given.map((value) => typeof value === 'string' ? value : shown(value)),
    allowed: [...allowed],
    asOf,
    remedies: remedies.map((remedy) => ({
      kind: remedy.kind,
      ...'geographies' in remedy && { geographies: [...remedy.geographies] },
      ...'regions' in remedy && { regions: [...remedy.regions] },
      ...'cardFields' in remedy && { cardFields: [...remedy.cardFields] },
    })),
  };
}
