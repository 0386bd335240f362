/** The file beside the handler that holds the plan of the ladder: schemas and rubrics are longer than environment variables can be. */
export const ESCALATION_FILE = 'escalation.json';

/** What the bundle of an invoker has besides, each loaded where the plan asks for it: the ladder, and what judges by a schema or asks a function. */
export const ESCALATION_PARTS = { ladder: 'ladder.cjs', schema: 'json-schema.cjs', verdict: 'verdict.cjs' } as const;

/** The most models that one call may ask, the first one counted. */
export const MOST_RUNGS = 3;

/** How long a rung must have at least, in milliseconds, where the construct does not say. */
export const DEFAULT_LEAST_MS = 10_000;

/** How long a function has for its verdict, in milliseconds, where the construct does not say. */
export const DEFAULT_VERDICT_MS = 5000;

/** A model beside the first, as requests name it. What is known only at deploy time travels in variables of its own. */
export interface OtherModel {
  readonly modelId: string;
  readonly endpoint: string;
  readonly region: string;
  readonly projectId?: string;
  /** The model's own ID, where `modelId` is an ARN that does not tell. */
  readonly modelName?: string;
}

/** What a request may hold, by the model's card. A field that is absent is not known, and not changed. */
export interface RequestRules {
  /** The sampling parameters that the model takes, by their names in a Messages request. */
  readonly sampling?: readonly string[];
  readonly temperatureOrTopP?: boolean;
  readonly thinking?: readonly string[];
  readonly minThinkingBudget?: number;
  /** The levels of effort, the least first. */
  readonly effort?: readonly string[];
  /** The highest of them without thinking. */
  readonly effortWithoutThinking?: string;
  readonly maxOutputTokens?: number;
  readonly streamingRequiredAbove?: number;
  readonly structuredOutputs?: boolean;
}

/** What a million tokens cost, in US dollars. */
export interface Rates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly cacheWriteOneHour?: number;
  /** What they cost in a request whose input is longer. */
  readonly longContext?: Rates & { readonly above: number };
}

/** Why a call goes on to the next rung. The names stand in headers, answers and log lines. */
export type TriggerName =
  'notJson' | 'schemaViolation' | 'maxTokens' | 'refusal' | 'toolInputViolation' | 'confidenceBelow' | 'unavailable' | 'verdict' | 'judged';

/** When a call goes on to a rung: what is absent is no reason. */
export interface Triggers {
  readonly notJson?: true;
  /** The JSON schema that an answer must fit. */
  readonly schemaViolation?: unknown;
  readonly maxTokens?: true;
  readonly refusal?: true;
  readonly toolInputViolation?: true;
  readonly confidenceBelow?: { readonly field: string; readonly bound: number };
  readonly unavailable?: true;
  /** The function's ARN is in the options, since it may be known only at deploy time. */
  readonly verdict?: { readonly timeLimitMs: number };
  readonly judged?: { readonly rubric: string };
}

/** A rung beyond the first. */
export interface Rung {
  readonly when: Triggers;
  readonly leastMs: number;
  readonly rules: RequestRules;
  readonly rates?: Rates;
  /** Output tokens of its requests, where an event asks for fewer. */
  readonly maxTokens?: number;
}

/** What `ESCALATION_FILE` holds. */
export interface EscalationPlan {
  /** What the first model's tokens cost. */
  readonly rates?: Rates;
  readonly rungs: readonly Rung[];
  /** What a call may cost in all, in US dollars. */
  readonly maxCost?: number;
  /** Whether an event may begin at a later rung. */
  readonly rungsOfEvents?: boolean;
}

/** What the options hold of the ladder. The rungs are counted from 2 on. */
export interface EscalationTargets {
  readonly rungs: { readonly [rung: string]: OtherModel & { readonly verdictArn?: string } };
}
