import { libraryText } from './library';
import { Geography } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';
import { shown } from '../private/errors';
import { checkKind, checkKinds, listOf, PropKind, PropKinds, required, TEXT } from '../private/prop-kind';
import { decide, decideInRegion } from '../routing/decision';
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
    expected: 'InferenceRouting.geo(...), InferenceRouting.globalCrossRegion() or InferenceRouting.sourceGeography()',
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
    const routing = InferenceRouting._own(options.routing ?? InferenceRouting.sourceGeography())!;
    const decision = decide(ModelCard._own(options.model)!, routing, sourceRegion, allowedRegions);
    return 'route' in decision ? decision : { finding: published(decision.finding) };
  }

  /**
   * Why a model cannot be called within a Region alone; nothing if bedrock-mantle or bedrock-runtime serves it there: no Region throws.
   *
   * Throws if the model is no card.
   */
  public static inRegionFinding(model: ModelCard, region: string): RoutingFinding | undefined {
    checkKind('model', model, MODEL);
    const decision = decideInRegion(ModelCard._own(model)!, region);
    return 'finding' in decision ? published(decision.finding) : undefined;
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
