import type { RequestRules } from './escalation';
import type { InvokerOptions } from './invoker-options';
import type { ModelCard } from '../catalog/model-card';

/** Those of a Messages request: a model that takes all of them limits nothing. */
const SAMPLING_PARAMETERS = ['temperature', 'top_p', 'top_k'];

/** What of a card limits a request, as the handlers check it. A limit that the card does not publish is left out. */
export function limitsOf({ limits, promptCaching }: ModelCard): NonNullable<InvokerOptions['limits']> {
  return known({
    maxOutputTokens: limits?.maxOutputTokens,
    streamingRequiredAbove: limits?.streamingRequiredAboveTokens,
    minThinkingBudget: limits?.thinking?.minBudgetTokens,
    maxCacheCheckpoints: promptCaching?.maxCheckpoints,
    temperatureOrTopP: limits?.temperatureOrTopP,
    samplingParameters: SAMPLING_PARAMETERS.every((name) => limits?.samplingParameters?.includes(name)) ? undefined : limits?.samplingParameters,
    thinkingTypes: limits?.thinking?.types,
    effortLevels: limits?.thinking?.effortLevels,
    maxEffortWhenDisabled: limits?.thinking?.maxEffortWhenDisabled,
  });
}

/** What of a card a request that was made for another model is made over by. */
export function requestRulesOf({ limits }: ModelCard): RequestRules {
  const { thinking } = limits ?? {};
  return known({
    sampling: limits?.samplingParameters,
    temperatureOrTopP: limits?.temperatureOrTopP,
    thinking: thinking?.types,
    minThinkingBudget: thinking?.minBudgetTokens,
    effort: thinking?.effortLevels,
    effortWithoutThinking: thinking?.maxEffortWhenDisabled,
    maxOutputTokens: limits?.maxOutputTokens,
    streamingRequiredAbove: limits?.streamingRequiredAboveTokens,
    structuredOutputs: limits?.structuredOutputs,
  });
}

function known<T extends object>(facts: T): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}
