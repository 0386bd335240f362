import { AnswerFacts, numberOf, stringOf } from './answer-facts';
import type { InvokerConfig } from './config';
import type { Dialect, ModelRequest, Prepared } from './dialect';
import { checkStream, eventBody } from './event-body';
import { refuseGuardrailConfig } from './guardrail-exemption';
import { isObject, JsonObject, objectsIn } from './json-object';
import { addCheckpoints } from './messages-cache';
import { MESSAGES_HTTP } from './messages-http';
import { messagesRequest } from './messages-request';
import { refuseOtherModel } from './model-names';
import { checkLimits } from './request-limits';
import { DEFAULT_MAX_TOKENS, samplingDefaults } from './sampling-defaults';

const NAMES = { maxTokens: 'max_tokens', temperature: 'temperature', topP: 'top_p', topK: 'top_k', toolChoice: 'tool_choice', thinkingOff: '"thinking": { "type": "disabled" }' };

/** The Messages API: Anthropic's own request and response bodies, passed through unchanged but for the construct's defaults. */
export const MESSAGES: Dialect = {
  name: 'messages',
  http: MESSAGES_HTTP,
  maxTokensField: NAMES.maxTokens,
  prepare(event: unknown, config: InvokerConfig, streamed: boolean): Prepared {
    const { options } = config;
    const { model, stream, ...given } = eventBody(event, (prompt) => prompt);
    refuseOtherModel('model', model, config);
    checkStream(stream, streamed);
    refuseGuardrailConfig(given, options, 'event');
    const sampling = samplingDefaults(options, {
      sampled: given.temperature !== undefined || given.top_p !== undefined || given.top_k !== undefined,
      thinking: given.thinking,
    });
    const filled: JsonObject = {
      max_tokens: defaultMaxTokens(options, streamed),
      ...options.system !== undefined && { system: options.system },
      ...sampling.temperature !== undefined && { temperature: sampling.temperature },
      ...sampling.topP !== undefined && { top_p: sampling.topP },
      ...sampling.thinking && { thinking: sampling.thinking },
      ...given,
    };
    check(filled, streamed, options);
    return { ...addCheckpoints(filled, options), toolFailures: toolFailures(filled.messages) };
  },
  request(body: JsonObject, config: InvokerConfig, streamed: boolean): ModelRequest {
    return messagesRequest(body, config, streamed);
  },
  facts: messagesFacts,
};

/** The facts of a Messages response; a stream's are gathered into the same shape. */
export function messagesFacts(answer: JsonObject): AnswerFacts {
  const usage = isObject(answer.usage) ? answer.usage : {};
  const stopReason = stringOf(answer.stop_reason);
  return {
    inputTokens: numberOf(usage.input_tokens),
    outputTokens: numberOf(usage.output_tokens),
    cacheReadTokens: numberOf(usage.cache_read_input_tokens),
    cacheWriteTokens: numberOf(usage.cache_creation_input_tokens),
    stopReason,
    toolCalls: objectsIn(answer.content).filter(({ type }) => type === 'tool_use').length,
    refused: stopReason === 'refusal',
    guardrailIntervened: answer['amazon-bedrock-guardrailAction'] === 'INTERVENED' || stopReason === 'guardrail_intervened',
    serviceTier: stringOf(usage.service_tier),
  };
}

/** A function that streams also answers whole, and then the model writes less in one piece: the default yields, an event's own value does not. */
function defaultMaxTokens({ maxTokens = DEFAULT_MAX_TOKENS, limits }: InvokerConfig['options'], streamed: boolean): number {
  return streamed ? maxTokens : Math.min(maxTokens, limits?.streamingRequiredAbove ?? Infinity);
}

function check(body: JsonObject, streamed: boolean, options: InvokerConfig['options']): void {
  const { thinking, tool_choice: choice, output_config: output } = body;
  checkLimits({
    maxTokens: body.max_tokens,
    temperature: body.temperature,
    topP: body.top_p,
    topK: body.top_k,
    thinkingBudget: isObject(thinking) && thinking.type === 'enabled' ? thinking.budget_tokens : undefined,
    toolForced: isObject(choice) && (choice.type === 'any' || choice.type === 'tool'),
    structuredOutput: isObject(output) && output.format !== undefined
      || body.output_format !== undefined
      || objectsIn(body.tools).some(({ strict }) => strict === true),
    names: NAMES,
  }, options, streamed);
}

function toolFailures(messages: unknown): number {
  const last = objectsIn(messages).at(-1);
  return objectsIn(last?.content).filter(({ type, is_error: failed }) => type === 'tool_result' && failed === true).length;
}
