import type { InvokerOptions } from './invoker-options';
import type { ModelCard } from '../catalog/model-card';

/** Those of a Messages request: a model that takes all of them limits nothing. */
const SAMPLING_PARAMETERS = ['temperature', 'top_p', 'top_k'];

/** What of a card limits a request, as the handlers check it. A limit that the card does not publish is left out. */
export function limitsOf({ limits, promptCaching }: ModelCard): NonNullable<InvokerOptions['limits']> {
  const known = {
    maxOutputTokens: limits?.maxOutputTokens,
    streamingRequiredAbove: limits?.streamingRequiredAboveTokens,
    minThinkingBudget: limits?.thinking?.minBudgetTokens,
    maxCacheCheckpoints: promptCaching?.maxCheckpoints,
    temperatureOrTopP: limits?.temperatureOrTopP,
    samplingParameters: SAMPLING_PARAMETERS.every((name) => limits?.samplingParameters?.includes(name)) ? undefined : limits?.samplingParameters,
    thinkingTypes: limits?.thinking?.types,
    effortLevels: limits?.thinking?.effortLevels,
    maxEffortWhenDisabled: limits?.thinking?.maxEffortWhenDisabled,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}
