import { checkedExceptions, checkedRoute, checkedRoutes, RegionDenyProps } from './region-deny-props';
import { Geography } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';
import { CONTROL_TOWER_ROLES } from '../organization/global-services';
import { bindingStatements, CARVED_OUT, freshRegionDeny, patchedRegionDeny } from '../organization/region-deny';
import { DenyStatement, ServiceControlRules } from '../policy/scp-rules';
import { scpStatements } from '../policy/scp-statements';
import { brand, FACTORY, onlyByFactory, shownAsNo } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkKind, required, TEXT } from '../private/prop-kind';
import { InferenceRouteOptions } from '../wording/inference-router';

const GUARDRAIL = /^arn:[a-z-]+:bedrock:[a-z0-9-]+:\d{12}:guardrail\/[a-z0-9]+$/;
const VERSION = /^(?:[1-9]\d{0,7}|DRAFT)$/;

/**
 * What an organization denies of Amazon Bedrock with a service control policy. A rule denies what its name says and nothing else; several
 * in one policy each deny their own. None of them allows anything.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export class ServiceControlRule {
  /** Denies Global cross-Region inference of every model. */
  public static forbidGlobal(): ServiceControlRule {
    return new ServiceControlRule(FACTORY, (rules) => rules.forbidGlobal());
  }

  /**
   * Denies calls of every model through the cross-Region inference profiles of other geographies, and through global ones. What an
   * application inference profile copies is judged for the given models, by the Regions that its calls run in.
   *
   * Throws if a model has no profile in any of the geographies.
   *
   * @param models - those whose application inference profiles are judged; ModelCard.CLAUDE_HAIKU_4_5 if left out
   */
  public static onlyGeographies(geographies: Geography[], models?: ModelCard[]): ServiceControlRule {
    const own = listOf('geographies', 'Geography', geographies, (value) => Geography._own(value));
    const cards = models === undefined ? [ModelCard._DEFAULT] : cardsOf(models);
    const without = cards.find((card) => !own.some((geography) => card.hasGeography(geography)));
    if (without) {
      throw new HaikuError(`${without.name} has no inference profile in these geographies, got ${shown(own.map(String))}; expected one of ${without.geographies.map(String).join(', ')}. Name another geography, or leave the model out.`);
    }
    return new ServiceControlRule(FACTORY, (rules) => rules.onlyGeographies(own, cards));
  }

  /** Denies every other model than these, on bedrock-runtime and bedrock-mantle, however it is called. */
  public static onlyModels(models: ModelCard[]): ServiceControlRule {
    const cards = cardsOf(models);
    return new ServiceControlRule(FACTORY, (rules) => rules.onlyModels(cards));
  }

  /** Denies calls on bedrock-runtime that name a foundation model directly. */
  public static onlyThroughProfiles(): ServiceControlRule {
    return new ServiceControlRule(FACTORY, (rules) => rules.onlyThroughProfiles());
  }

  /**
   * Denies every other way to call the model than this route: other Regions, other cross-Region inference profiles, and bedrock-mantle.
   *
   * Throws if the route is not documented.
   */
  public static onlyRoute(route: InferenceRouteOptions): ServiceControlRule {
    const checked = checkedRoute(route);
    return new ServiceControlRule(FACTORY, () => scpStatements(checked).map((statement) => ({ ...statement, Effect: 'Deny' })));
  }

  /**
   * Denies making API keys of Amazon Bedrock, and calls with any of them, short-term ones too.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html
   */
  public static forbidApiKeys(): ServiceControlRule {
    return new ServiceControlRule(FACTORY, (rules) => rules.forbidApiKeys('any'));
  }

  /** Denies making API keys of Amazon Bedrock, and calls with long-term ones. */
  public static forbidLongTermApiKeys(): ServiceControlRule {
    return new ServiceControlRule(FACTORY, (rules) => rules.forbidApiKeys('long-term'));
  }

  /**
   * Denies calls of models that do not name the guardrail, and all calls on bedrock-mantle, which has no guardrails.
   *
   * @param guardrailArn - without a version, a literal
   * @param guardrailVersion - a number or DRAFT; any version if left out
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html
   */
  public static requireGuardrail(guardrailArn: string, guardrailVersion?: string): ServiceControlRule {
    checkKind('guardrailArn', guardrailArn, required(TEXT));
    checkKind('guardrailVersion', guardrailVersion, TEXT);
    if (!GUARDRAIL.test(guardrailArn)) {
      throw new HaikuError(`guardrailArn is not the ARN of a guardrail, got ${shown(guardrailArn)}; expected "arn:aws:bedrock:<Region>:<account>:guardrail/<ID>". A policy of the organization needs it as a literal, without a version.`);
    }
    if (guardrailVersion !== undefined && !VERSION.test(guardrailVersion)) {
      throw new HaikuError(`guardrailVersion is not the version of a guardrail, got ${shown(guardrailVersion)}; expected a number from 1 to 99999999, or "DRAFT". Correct it, or leave it out for any version.`);
    }
    return new ServiceControlRule(FACTORY, (rules) => rules.requireGuardrail(guardrailArn, guardrailVersion));
  }

  /**
   * Denies every Region but these, for all services but the exempted actions, and lets calls and batch jobs of the routes through. Calls
   * through application inference profiles are let through in the allowed Regions alone: their ARNs do not tell what they copy.
   */
  public static regionDeny(props: RegionDenyProps): ServiceControlRule {
    const exceptions = checkedExceptions('ServiceControlRule.regionDeny', props);
    const routes = checkedRoutes(props.routes);
    return new ServiceControlRule(FACTORY, () => freshRegionDeny(exceptions, routes));
  }

  /**
   * The statements of an existing policy, with each Region deny in it changed to let calls and batch jobs of the routes through. The others
   * stay as they are.
   *
   * Throws if the document is not valid, or denies no Regions by NotAction.
   *
   * @param document - the policy, as JSON
   */
  public static patchedRegionDeny(document: string, routes: InferenceRouteOptions[]): ServiceControlRule {
    checkKind('document', document, required(TEXT));
    const statements = patchedRegionDeny(document, checkedRoutes(routes));
    return new ServiceControlRule(FACTORY, () => statements);
  }

  /**
   * What has to stand beside the control CT.MULTISERVICE.PV.1 of AWS Control Tower once it exempts the actions of inference, as
   * `controlTowerParameters` has it: these actions are denied in other Regions again, but for the routes.
   */
  public static controlTowerBinding(props: RegionDenyProps): ServiceControlRule {
    const exceptions = checkedExceptions('ServiceControlRule.controlTowerBinding', props);
    const routes = checkedRoutes(props.routes);
    const exemptedPrincipalArns = [...exceptions.exemptedPrincipalArns, ...CONTROL_TOWER_ROLES];
    return new ServiceControlRule(FACTORY, () => bindingStatements({ ...exceptions, exemptedPrincipalArns }, routes));
  }

  /**
   * The parameters of the control CT.MULTISERVICE.PV.1 of AWS Control Tower, as `aws controltower enable-control --parameters` takes them.
   * The control itself exempts global services.
   *
   * @see https://docs.aws.amazon.com/controltower/latest/controlreference/ou-region-deny.html
   */
  public static controlTowerParameters(props: RegionDenyProps): string {
    const { allowedRegions, exemptedPrincipalArns } = checkedExceptions('ServiceControlRule.controlTowerParameters', props);
    checkedRoutes(props.routes);
    return JSON.stringify([
      { key: 'AllowedRegions', value: allowedRegions },
      ...exemptedPrincipalArns.length > 0 ? [{ key: 'ExemptedPrincipalArns', value: exemptedPrincipalArns }] : [],
      { key: 'ExemptedActions', value: [...props.exemptedActions ?? [], ...CARVED_OUT] },
    ]);
  }

  private constructor(
    caller: symbol,
    /** @internal */
    public readonly _statements: (rules: ServiceControlRules) => DenyStatement[],
  ) {
    onlyByFactory(caller, 'ServiceControlRule', 'ServiceControlRule.forbidGlobal() or another of its factories');
  }
}

brand(ServiceControlRule, 'ServiceControlRule');

function cardsOf(models: unknown): ModelCard[] {
  return listOf('models', 'ModelCard', models, (value) => ModelCard._own(value));
}

function listOf<T>(name: string, className: string, given: unknown, own: (value: unknown) => T | undefined): T[] {
  const found = Array.isArray(given) && given.length > 0 ? given.map(own) : [undefined];
  if (found.every((value) => value !== undefined)) return found;
  const wrong = Array.isArray(given) && given.length > 0 ? given[found.indexOf(undefined)] as unknown : given;
  throw new HaikuError(`${name} are not a list of ${className}, got ${shownAsNo(className, wrong)}; expected at least one ${className}. Pass a list of them.`);
}
