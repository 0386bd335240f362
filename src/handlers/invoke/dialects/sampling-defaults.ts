import { LimitedFields, thinkingBudget, whyNotThinking } from './request-limits';
import { DEFAULT_MAX_TOKENS } from '../../../contract/invoker-defaults';
import type { InvokerOptions } from '../../../contract/invoker-options';
import { numberOf } from '../json/exact-json';
import { isObject } from '../json/json-object';

/** The construct's defaults that go into a request, in the spelling that both dialects share for thinking. */
export interface SamplingDefaults {
  readonly maxTokens: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly thinking?: { readonly type: 'enabled'; readonly budget_tokens: number };
}

/**
 * The defaults that go with what the event says. Much excludes thinking, thinking excludes changed sampling, and temperature excludes
 * top_p: a default yields wherever it would make an event invalid that the model takes without it.
 */
export function samplingDefaults(event: LimitedFields, options: InvokerOptions, streamed: boolean): SamplingDefaults {
  const { thinkingBudgetTokens, temperature, topP } = options;
  if (event.thinking === undefined && thinkingBudgetTokens !== undefined && event.thinkingCanBegin()) {
    const thinking = { type: 'enabled', budget_tokens: thinkingBudgetTokens } as const;
    const maxTokens = maxTokensBeside(thinkingBudgetTokens, event, options, streamed);
    const filled = { ...event, thinking, maxTokens: event.maxTokens ?? maxTokens };
    if (numberOf(filled.maxTokens) !== undefined && !whyNotThinking(filled, options, streamed)) return { maxTokens, thinking };
  }
  const maxTokens = maxTokensBeside(numberOf(thinkingBudget(event)), event, options, streamed);
  const sampled = [event.temperature, event.topP, event.topK].some((value) => value !== undefined);
  const thinks = isObject(event.thinking) && event.thinking.type !== 'disabled';
  return sampled || thinks ? { maxTokens } : { maxTokens, temperature, topP };
}

/**
 * The default output tokens. A thinking budget that would fill them is added to them, as far as the model and a whole answer go; where
 * that leaves no room for the budget, the refusal says so.
 */
function maxTokensBeside(budget: number | undefined, { interleaved }: LimitedFields, options: InvokerOptions, streamed: boolean): number {
  const { maxTokens = DEFAULT_MAX_TOKENS, limits: { maxOutputTokens = Infinity, streamingRequiredAbove = Infinity } = {} } = options;
  if (budget === undefined) return maxTokens;
  const wanted = budget < maxTokens || interleaved ? maxTokens : budget + maxTokens;
  const most = Math.min(maxOutputTokens, streamed ? Infinity : streamingRequiredAbove);
  return budget < most || interleaved ? Math.min(wanted, most) : wanted;
}
