import type { InvokerOptions } from './invoker-options';
import type { ModelCard } from '../catalog/model-card';

/** What of a card limits a request, as the handlers check it. A limit that the card does not publish is left out. */
export function limitsOf({ limits, promptCaching }: ModelCard): NonNullable<InvokerOptions['limits']> {
  const known = {
    maxOutputTokens: limits?.maxOutputTokens,
    streamingRequiredAbove: limits?.streamingRequiredAboveTokens,
    minThinkingBudget: limits?.thinking?.minBudgetTokens,
    maxCacheCheckpoints: promptCaching?.maxCheckpoints,
    temperatureOrTopP: limits?.temperatureOrTopP,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}
