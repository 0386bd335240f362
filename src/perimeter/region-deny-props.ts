import { GLOBAL_SERVICES } from '../organization/global-services';
import { RegionDenyExceptions } from '../organization/region-deny';
import { HaikuError, shown } from '../private/errors';
import { checkKind, checkKinds, JUDGED_ELSEWHERE, listOf, PropKind, required, TEXT } from '../private/prop-kind';
import { InferenceRoute } from '../routing/route';
import { InferenceRouteOptions, InferenceRouter } from '../wording/inference-router';

/**
 * What a Region deny lets through.
 */
export interface RegionDenyProps {
  /**
   * The Regions in which everything is let through, as far as other policies do.
   */
  readonly allowedRegions: string[];

  /**
   * How models are called across Regions: these calls are let through wherever they run, and no others.
   */
  readonly routes: InferenceRouteOptions[];

  /**
   * Actions that no Region is asked for.
   *
   * @default - those of global services, as in AWS's own sample
   */
  readonly exemptedActions?: string[] | undefined;

  /**
   * The ARNs of principals that no Region is asked for. `*` and `?` are wildcards.
   *
   * @default - none
   */
  readonly exemptedPrincipalArns?: string[] | undefined;
}

const TEXTS: PropKind = listOf(TEXT, 'a list of texts', 'a list of strings');
const ROUTES: PropKind = {
  noun: 'a list of routes', expected: 'a list with a model and a source Region each', holds: (value) => Array.isArray(value) && value.length > 0, required: true,
};

/** The props of a Region deny, checked. */
export function checkedExceptions(owner: string, props: RegionDenyProps): RegionDenyExceptions {
  checkKinds<RegionDenyProps>(owner, props, {
    allowedRegions: required(TEXTS), routes: JUDGED_ELSEWHERE, exemptedActions: TEXTS, exemptedPrincipalArns: TEXTS,
  });
  const { allowedRegions, exemptedActions = [...GLOBAL_SERVICES], exemptedPrincipalArns = [] } = props;
  if (allowedRegions.length === 0) {
    throw new HaikuError('allowedRegions are empty; expected at least one Region such as "eu-west-2". Without one nothing of the organization could be used.');
  }
  return { allowedRegions, exemptedActions, exemptedPrincipalArns };
}

/** The routes of a rule. Throws if there are none, or one is not documented. */
export function checkedRoutes(routes: unknown): InferenceRoute[] {
  checkKind('routes', routes, ROUTES);
  return (routes as InferenceRouteOptions[]).map((options) => checkedRoute(options));
}

/** The route that options ask for. Throws if it is not documented. */
export function checkedRoute(options: InferenceRouteOptions): InferenceRoute {
  const { route, finding } = InferenceRouter.route(options);
  if (route) return route;
  throw new HaikuError(finding?.message ?? `No route was found, got ${shown(options)}.`);
}
