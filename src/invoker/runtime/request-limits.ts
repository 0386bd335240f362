import { InvokerError } from './errors';
import type { InvokerOptions } from './invoker-options';

/** The parts of a request that the model card limits, in either dialect's spelling. A value of another type is the service's to judge. */
export interface LimitedFields {
  readonly maxTokens: unknown;
  readonly temperature: unknown;
  readonly topP: unknown;
  readonly topK: unknown;
  /** The budget of a request that thinks; undefined for one that does not. */
  readonly thinkingBudget?: unknown;
  readonly toolForced: boolean;
  readonly structuredOutput: boolean;
  /** How this dialect writes the fields, for the messages. */
  readonly names: { readonly [field in 'maxTokens' | 'temperature' | 'topP' | 'topK' | 'toolChoice' | 'thinkingOff']: string };
}

/** Refuses what the service would refuse, before the call, saying what to change. */
export function checkLimits(fields: LimitedFields, options: InvokerOptions, streamed: boolean): void {
  checkTokens(fields, options, streamed);
  checkSampling(fields, options);
  if (fields.thinkingBudget !== undefined) checkThinking(fields, options);
  const noStructuredOutputs = fields.structuredOutput ? whyNoStructuredOutputs(options) : undefined;
  if (noStructuredOutputs !== undefined) refuse(`The event asks for structured outputs, which this target does not serve: ${noStructuredOutputs}`);
}

function whyNoStructuredOutputs({ structuredOutputsUnsupported, structuredOutputsUnsupportedIn: lookedUp }: InvokerOptions): string | undefined {
  const geography = lookedUp?.inferenceProfileId.split('.')[0];
  if (geography === undefined || !lookedUp?.geographies.includes(geography)) return structuredOutputsUnsupported;
  return `the "${geography}" inference profile has none. Ask for JSON in the prompt.`;
}

function checkTokens({ maxTokens, names }: LimitedFields, { limits = {} }: InvokerOptions, streamed: boolean): void {
  if (typeof maxTokens !== 'number') return;
  const { maxOutputTokens = Infinity, streamingRequiredAbove = Infinity } = limits;
  if (maxTokens > maxOutputTokens) {
    refuse(`"${names.maxTokens}" is ${maxTokens}; the model writes at most ${maxOutputTokens} tokens.`);
  }
  if (!streamed && maxTokens > streamingRequiredAbove) {
    refuse(`"${names.maxTokens}" is ${maxTokens}; above ${streamingRequiredAbove} the answer must be streamed. Lower it, or call a streaming Function URL.`);
  }
}

function checkSampling({ temperature, topP, names }: LimitedFields, { limits }: InvokerOptions): void {
  if (limits?.temperatureOrTopP && temperature !== undefined && topP !== undefined) {
    refuse(`The event sets both "${names.temperature}" and "${names.topP}"; the model takes one of them.`);
  }
}

function checkThinking({ thinkingBudget, maxTokens, temperature, topP, topK, toolForced, names }: LimitedFields, { limits }: InvokerOptions): void {
  const off = `or turn thinking off with ${names.thinkingOff}`;
  const minimum = limits?.minThinkingBudget ?? 0;
  if (typeof thinkingBudget === 'number') {
    if (thinkingBudget < minimum) refuse(`The thinking budget is ${thinkingBudget} tokens; the least is ${minimum}.`);
    if (typeof maxTokens === 'number' && thinkingBudget >= maxTokens) {
      refuse(`The thinking budget of ${thinkingBudget} tokens leaves nothing of "${names.maxTokens}" ${maxTokens} for the answer. Raise "${names.maxTokens}" above it, ${off}.`);
    }
  }
  if (toolForced) refuse(`Thinking does not go with a forced tool. Set "${names.toolChoice}" to auto, ${off}.`);
  if ((temperature !== undefined && temperature !== 1) || topP !== undefined || topK !== undefined) {
    refuse(`Thinking does not go with changed sampling. Leave "${names.temperature}", "${names.topP}" and "${names.topK}" out, ${off}.`);
  }
}

function refuse(message: string): never {
  throw new InvokerError('InvalidRequestError', message);
}
