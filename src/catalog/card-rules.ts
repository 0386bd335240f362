import { geographyText } from './card-facts';
import { Rule } from './fact-kinds';
import { InferenceOption } from './inference-option';
import { ModelCardProps } from './model-card-props';
import { LifecycleState, ModelLifecycle } from './model-lifecycle';
import { GeoRoute } from './model-regions';
import { ServiceTier, ServiceTierSupport } from './service-tier';
import { ThinkingSupport, ThinkingType } from './thinking-support';
import { TokenPrice } from './token-price';
import { shown } from '../private/errors';

/** What must hold between the facts of a card: each rule names the field to change. */

export const someWayToCall: Rule<ModelCardProps> = ({ geoRoutes, globalSources, inRegionOnMantle, inRegionOnRuntime }) => ({
  'geoRoutes, globalSources, inRegionOnMantle, inRegionOnRuntime': [geoRoutes, globalSources, inRegionOnMantle, inRegionOnRuntime].every(isEmpty)
    && 'all four are left out; expected at least one, or the model cannot be called',
});

export const idOnMantle: Rule<ModelCardProps> = ({ inRegionOnMantle, mantleModelId }) => ({
  inRegionOnMantle: inRegionOnMantle !== undefined && !mantleModelId && 'got Regions without a mantleModelId; expected the ID that bedrock-mantle takes',
});

export const sourceAmongDestinations: Rule<GeoRoute> = ({ sourceRegion, destinationRegions }) => ({
  destinationRegions: typeof sourceRegion === 'string' && Array.isArray(destinationRegions) && !destinationRegions.includes(sourceRegion)
    && `got a list without ${shown(sourceRegion)}; expected the source Region among its own destinations`,
});

export const tiersOnce: Rule<ServiceTierSupport> = ({ supported, unsupported }) => {
  const names = (tiers: unknown) => Array.isArray(tiers) ? tiers.map((tier) => ServiceTier._own(tier)?.name ?? tier as unknown) : [];
  const both = names(unsupported).find((name) => names(supported).includes(name));
  return { unsupported: both !== undefined && `got ${shown(both)}, which is supported too; expected each tier in one of the two lists` };
};

export const geographyOfPrice: Rule<TokenPrice> = ({ inferenceOption, geography }) => ({
  geography: inferenceOption === InferenceOption.GLOBAL && geography !== undefined
    && `got ${geographyText(geography)}; expected it to be left out, since a price of global inference holds in no geography`,
});

/** What a day may not come before, in its order. */
export const daysInOrder: Rule<LifecycleState & Partial<ModelLifecycle>> = (life) => {
  const days = (['launchDate', 'legacyDate', 'publicExtendedAccessDate', 'endOfLifeDate'] as const).filter((field) => typeof life[field] === 'string');
  return Object.fromEntries(days.slice(1).map((field, index) => {
    const before = days[index];
    return [field, (life[field] as string) < (life[before] as string) && `got ${shown(life[field])}; expected no day before the ${before}, ${shown(life[before])}`];
  }));
};

/** A budget goes with `enabled` alone, an effort is one of the levels. */
export const thinkingAgrees: Rule<ThinkingSupport> = (thinking) => {
  const { types, defaultType, minBudgetTokens, budgetDeprecated, effortLevels, defaultEffort, maxEffortWhenDisabled } = thinking;
  const takes = (type: ThinkingType) => !Array.isArray(types) || types.includes(type);
  const isLevel = (effort: unknown) => effort === undefined || (Array.isArray(effortLevels) && effortLevels.includes(effort));
  const needs = (type: ThinkingType, value: unknown) => value !== undefined && !takes(type) && `got ${shown(value)}; expected nothing, since types has no ${shown(type)}`;
  const oneOfLevels = (effort: unknown) => !isLevel(effort) && `got ${shown(effort)}; expected one of effortLevels`;
  return {
    defaultType: defaultType !== undefined && !takes(defaultType as ThinkingType) && `got ${shown(defaultType)}; expected one of types`,
    minBudgetTokens: needs(ThinkingType.ENABLED, minBudgetTokens),
    budgetDeprecated: needs(ThinkingType.ENABLED, budgetDeprecated),
    defaultEffort: oneOfLevels(defaultEffort),
    maxEffortWhenDisabled: needs(ThinkingType.DISABLED, maxEffortWhenDisabled) || oneOfLevels(maxEffortWhenDisabled),
  };
};

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
