import type { InvokerOptions } from './invoker-options';
import { isObject } from './json-object';

export const DEFAULT_MAX_TOKENS = 4096;

/** The construct's defaults that go into a request, in the spelling that both dialects share for thinking. */
export interface SamplingDefaults {
  readonly temperature?: number;
  readonly topP?: number;
  readonly thinking?: { readonly type: 'enabled'; readonly budget_tokens: number };
}

/** Thinking excludes changed sampling, and temperature excludes top_p: a default yields to what the event says on either. */
export function samplingDefaults(options: InvokerOptions, event: { sampled: boolean; thinking: unknown }): SamplingDefaults {
  const { thinkingBudgetTokens: budget, temperature, topP } = options;
  if (event.thinking === undefined && budget !== undefined) return { thinking: { type: 'enabled', budget_tokens: budget } };
  const thinks = isObject(event.thinking) && event.thinking.type !== 'disabled';
  return event.sampled || thinks ? {} : { temperature, topP };
}
