import { DEFAULT_MAX_TOKENS } from '../../../contract/invoker-defaults';
import type { InvokerOptions } from '../../../contract/invoker-options';
import { refuse } from '../failures/errors';
import { numberOf } from '../json/exact-json';
import { isObject, JsonObject, objectsIn, textOf } from '../json/json-object';

/** The parts of a request that limit each other, in either dialect's spelling. A value of another type is the service's to judge. */
export interface LimitedFields {
  readonly maxTokens: unknown;
  readonly temperature: unknown;
  readonly topP: unknown;
  readonly topK: unknown;
  readonly thinking: unknown;
  readonly effort: unknown;
  /** Whether the model may think between tool calls, and so beyond the output tokens of one answer. */
  readonly interleaved: boolean;
  /** Whether thinking that the conversation does not hold yet can begin with this answer. */
  readonly thinkingCanBegin: () => boolean;
  readonly toolForced: boolean;
  readonly structuredOutput: boolean;
  /** How this dialect writes the fields, for the messages. */
  readonly names: FieldNames;
}

export interface FieldNames {
  readonly maxTokens: string;
  readonly temperature: string;
  readonly topP: string;
  readonly topK: string;
  readonly toolChoice: string;
  readonly noThinking: string;
  readonly thinking: string;
  readonly effort: string;
}

/** Refuses what the service would refuse, before the call, saying what to change. */
export function checkLimits(fields: LimitedFields, options: InvokerOptions, streamed: boolean): void {
  checkTokens(fields, options);
  checkSampling(fields, options);
  const noThinking = thinkingBudget(fields) === undefined ? undefined : whyNotThinking(fields, options, streamed);
  if (noThinking !== undefined) refuse(noThinking);
  const noStructuredOutputs = fields.structuredOutput ? whyNoStructuredOutputs(options) : undefined;
  if (noStructuredOutputs !== undefined) refuse(`The event asks for structured outputs, which this target does not serve: ${noStructuredOutputs}`);
}

/** The budget of a request that thinks with one; undefined for any other. */
export function thinkingBudget({ thinking }: Pick<LimitedFields, 'thinking'>): unknown {
  return isObject(thinking) && thinking.type === 'enabled' ? thinking.budget_tokens : undefined;
}

/**
 * Why a request that thinks would be refused; undefined if nothing is known against it.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
 */
export function whyNotThinking(fields: LimitedFields, options: InvokerOptions, streamed: boolean): string | undefined {
  const { temperature, topP, topK, names } = fields;
  const { minThinkingBudget = 0, streamingRequiredAbove = Infinity } = options.limits ?? {};
  const off = `or turn thinking off with ${names.noThinking}`;
  const budget = numberOf(thinkingBudget(fields)) ?? NaN;
  const maxTokens = numberOf(fields.maxTokens) ?? NaN;
  if (budget < minThinkingBudget) return `The thinking budget is ${budget} tokens; the least is ${minThinkingBudget}.`;
  if (budget >= maxTokens && !fields.interleaved) {
    const most = mostTokens(options);
    const more = budget < most ? `Raise "${names.maxTokens}" above it` : `This invoker allows at most ${most} output tokens: lower the budget below that`;
    return `The thinking budget of ${budget} tokens leaves nothing of "${names.maxTokens}" ${maxTokens} for the answer. ${more}, ${off}.`;
  }
  if (!streamed && maxTokens > streamingRequiredAbove) {
    return `"${names.maxTokens}" is ${maxTokens}; with thinking, an answer above ${streamingRequiredAbove} must be streamed. Lower it, call a function that streams, ${off}.`;
  }
  if (fields.toolForced) return `Thinking does not go with a forced tool. Set "${names.toolChoice}" to auto, ${off}.`;
  if ((temperature !== undefined && numberOf(temperature) !== 1) || topP !== undefined || topK !== undefined) {
    return `Thinking does not go with changed sampling. Leave "${names.temperature}", "${names.topP}" and "${names.topK}" out, ${off}.`;
  }
  return undefined;
}

/** The most output tokens that an event may ask for, as far as the construct says. */
export function mostTokens({ lockedFields, maxTokens = DEFAULT_MAX_TOKENS }: InvokerOptions): number {
  return lockedFields?.includes('maxTokens') ? maxTokens : Infinity;
}

/** Whether an `anthropic_beta` lets the model think between tool calls. AWS's page writes the name with a capital letter. */
export function interleaves(beta: unknown): boolean {
  return beta !== undefined && textOf(beta).toLowerCase().includes('interleaved-thinking-2025-05-14');
}

/** What a dialect calls the blocks that decide where thinking can begin. */
export interface ThinkingBlocks {
  thinks(block: JsonObject): boolean;
  isToolResult(block: JsonObject): boolean;
}

/**
 * Not where the answer has begun already: with an assistant's last message, or with a tool call that followed no thinking. Messages of
 * one role in a row are one to the model.
 */
export function thinkingCanBegin(messages: unknown, { thinks, isToolResult }: ThinkingBlocks): boolean {
  const turns: { readonly assistant: boolean; readonly blocks: JsonObject[] }[] = [];
  for (const { role, content } of objectsIn(messages)) {
    const assistant = role === 'assistant';
    if (turns.at(-1)?.assistant !== assistant) turns.push({ assistant, blocks: [] });
    turns.at(-1)!.blocks.push(...typeof content === 'string' ? [{}] : objectsIn(content));
  }
  if (turns.at(-1)?.assistant) return false;
  for (let last = turns.length - 1; last > 0 && turns[last].blocks.some(isToolResult); last -= 2) {
    if (!thinks(turns[last - 1].blocks[0] ?? {})) return false;
  }
  return true;
}

function whyNoStructuredOutputs({ structuredOutputsUnsupported, structuredOutputsUnsupportedIn: lookedUp }: InvokerOptions): string | undefined {
  const geography = lookedUp?.inferenceProfileId.split('.')[0];
  if (geography === undefined || !lookedUp?.geographies.includes(geography)) return structuredOutputsUnsupported;
  return `the "${geography}" inference profile has none. Ask for JSON in the prompt.`;
}

function checkTokens({ maxTokens, names }: LimitedFields, { limits: { maxOutputTokens = Infinity } = {} }: InvokerOptions): void {
  const asked = numberOf(maxTokens);
  if (asked !== undefined && asked > maxOutputTokens) {
    refuse(`"${names.maxTokens}" is ${asked}; the model writes at most ${maxOutputTokens} tokens.`);
  }
}

function checkSampling({ temperature, topP, names }: LimitedFields, { limits }: InvokerOptions): void {
  if (limits?.temperatureOrTopP && temperature !== undefined && topP !== undefined) {
    refuse(`The event sets both "${names.temperature}" and "${names.topP}"; the model takes one of them.`);
  }
}
