import type { EscalationTargets } from './escalation';
import type { TrafficOptions } from './traffic';

/** A value that is known only at deploy time, and so travels in an environment variable of its own: JSON would break around it. */
export interface OptionVariable {
  /** Where the value belongs in the options. */
  readonly path: readonly string[];
  /** The variable that holds it. */
  readonly name: string;
  /** What the text in the variable stands for. Default: text that is not blank. */
  readonly type?: 'any' | 'number' | 'whole';
  /** Whether the deployment must not leave it out. */
  readonly needed?: boolean;
  /** The least that a number may be. Default: 0. */
  readonly least?: number;
  /** The most that a number may be. Default: no bound. */
  readonly most?: number;
  /** The variable with a number that must be greater. */
  readonly below?: string;
  /** All this in words. Default: some text. */
  readonly expected?: string;
}

/** What `INVOKER_OPTIONS` holds: one JSON object of literals, written by the construct, read once by the handler. */
export interface WrittenOptions extends InvokerOptions {
  readonly variables?: readonly OptionVariable[];
}

/** The file beside the handler that holds the system prompt, where the construct put it there. */
export const SYSTEM_PROMPT_FILE = 'system-prompt.txt';

/** Where the handler reads the system prompt, once: a file beside it, an object in S3, or a parameter of Parameter Store. */
export type SystemSource =
  | { readonly file: string }
  | {
    readonly bucket: string;
    readonly key: string;
    readonly versionId?: string;
    /** Default: the function's own Region. */
    readonly region?: string;
  }
  /** The name, and behind a colon the version or the label. */
  | { readonly parameter: string };

/** A part of a request that an event cannot set, in whatever spelling. `maxTokens` is then an upper bound. */
export type LockableField = 'system' | 'maxTokens' | 'sampling' | 'thinking';

/** How the handler answers. Every field is optional. An event's own field wins over the default given here. */
export interface InvokerOptions {
  /** The model's own ID, where `MODEL_ID` is an ARN that does not tell. */
  readonly modelName?: string;
  /** System prompt for events without one. */
  readonly system?: string;
  /** Where that is read, if the options do not hold it. */
  readonly systemSource?: SystemSource;
  /** Output tokens for events that do not say. Default: `DEFAULT_MAX_TOKENS`. */
  readonly maxTokens?: number;
  /** Sampling temperature for events that set neither temperature, top_p nor thinking. */
  readonly temperature?: number;
  /** Nucleus sampling for events that set neither temperature, top_p nor thinking. */
  readonly topP?: number;
  /** Extended thinking for events that do not say and that it goes with. An event turns it off with `"thinking": { "type": "disabled" }`. */
  readonly thinkingBudgetTokens?: number;
  /** The effort for events that ask for none and that it goes with. */
  readonly effort?: string;
  /** Where cache checkpoints are added, and how long they live. The event's own checkpoints come first. */
  readonly promptCaching?: {
    readonly tools?: '5m' | '1h';
    readonly system?: '5m' | '1h';
    readonly messages?: '5m' | '1h';
  };
  /** What an event cannot set, although the construct gives only a default, or none. */
  readonly lockedFields?: readonly LockableField[];
  /** The guardrail every call passes through. An event cannot choose another. */
  readonly guardrail?: {
    readonly id: string;
    readonly version: string;
    readonly trace?: 'enabled' | 'disabled' | 'enabled_full';
  };
  /** The service tier every call asks for. An event cannot choose another. */
  readonly serviceTier?: string;
  /** Key-value pairs written to the model invocation log with every call. */
  readonly requestMetadata?: { readonly [key: string]: string };
  readonly retry?: {
    /** Calls in all, the first one counted. Default: as the others here, in `DEFAULT_RETRY`. */
    readonly maxAttempts?: number;
    /** Upper bound of the first wait, doubled for each further one, in milliseconds. */
    readonly baseDelayMs?: number;
    /** Upper bound of any one wait, in milliseconds. A call whose Retry-After is longer is not repeated. */
    readonly maxDelayMs?: number;
    /** How long one attempt may take, in milliseconds. Default: all the time that Lambda has left. */
    readonly attemptTimeoutMs?: number;
  };
  /** Whether prompt and answer text are written to the log. Default: false. */
  readonly logContent?: boolean;
  /** Whether the line of a call has OpenTelemetry's attributes too, and calls are spans where Lambda traces the function. Default: false. */
  readonly openTelemetry?: boolean;
  /** CloudWatch namespace of the embedded metrics. Default: `DEFAULT_METRICS_NAMESPACE`. */
  readonly metricsNamespace?: string;
  /** The models that are asked where an answer does not do. What leads to them is in a file beside the handler. */
  readonly escalation?: EscalationTargets;
  /** The second target of a share of the calls. */
  readonly traffic?: TrafficOptions;
  /** Why structured outputs cannot be used through this target. Absent: they can. */
  readonly structuredOutputsUnsupported?: string;
  /** The same where the geography is known only at deploy time: it is the first part of the profile's ID. */
  readonly structuredOutputsUnsupportedIn?: {
    readonly inferenceProfileId: string;
    readonly geographies: readonly string[];
  };
  /** The model card's limits. A limit that is absent is not checked here; the service still checks it. */
  readonly limits?: {
    readonly maxOutputTokens?: number;
    /** Above this many output tokens the service wants an answer with thinking streamed. */
    readonly streamingRequiredAbove?: number;
    readonly minThinkingBudget?: number;
    readonly maxCacheCheckpoints?: number;
    /** The model takes `temperature` or `top_p`, never both. */
    readonly temperatureOrTopP?: boolean;
    /** The sampling parameters that the model takes, if it does not take all three. */
    readonly samplingParameters?: readonly string[];
    /** What `thinking.type` may be. */
    readonly thinkingTypes?: readonly string[];
    /** What the effort may be, from the least to the most. */
    readonly effortLevels?: readonly string[];
    /** The most of these without thinking. */
    readonly maxEffortWhenDisabled?: string;
  };
}
