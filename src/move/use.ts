import { Geography } from '../catalog/geography';
import { InferenceOption } from '../catalog/inference-option';

/** What a caller may use of a model besides answers, and another model may not have. */
export enum Feature {
  BATCH = 'batch',
  STRUCTURED_OUTPUTS = 'structured-outputs',
  COUNT_TOKENS = 'count-tokens',
  PROMPT_CACHING = 'prompt-caching',
  THINKING_BUDGET = 'thinking-budget',
  NO_THINKING = 'no-thinking',
  EFFORT = 'effort',
  TEMPERATURE = 'temperature',
  TOP_P = 'top_p',
  TOP_K = 'top_k',
  RESERVED_TIER = 'reserved',
  PRIORITY_TIER = 'priority',
  FLEX_TIER = 'flex',
}

/** How requests reach a model. */
export interface Way {
  readonly sourceRegion: string;
  readonly inferenceOption: InferenceOption;
  /** Of Geo cross-Region inference. */
  readonly geography?: Geography;
}

/** A use of a model: how requests reach it, and what of it they use. */
export interface Use extends Way {
  /** What uses it: a construct, or the Region alone. */
  readonly where: string;
  readonly features: readonly Feature[];
  /** Output tokens that requests ask for. */
  readonly maxTokens?: number;
}

/** How requests reach the model, in words. */
export function wayText({ inferenceOption, geography }: Omit<Way, 'sourceRegion'>): string {
  if (geography) return geography.toString();
  return { [InferenceOption.IN_REGION]: 'In-Region', [InferenceOption.GEO]: 'Geo', [InferenceOption.GLOBAL]: 'Global' }[inferenceOption];
}
