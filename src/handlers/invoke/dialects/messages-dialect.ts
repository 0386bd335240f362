import type { AnswerFacts, Dialect, HttpSide, Prepared } from './dialect';
import { checkStream, eventBody } from './event-body';
import { refuseGuardrailConfig, refuseOtherModel, refuseOtherTier } from './fixed-choices';
import { IN_MESSAGES, refuseLockedFields } from './locked-fields';
import { addCheckpoints } from './messages-cache';
import { messagesRequest } from './messages-request';
import { checkModelRules, defaultEffort } from './model-rules';
import { checkLimits, interleaves, LimitedFields, thinkingCanBegin } from './request-limits';
import { samplingDefaults } from './sampling-defaults';
import type { InvokerConfig } from '../config/config';
import { numberOf } from '../json/exact-json';
import { isObject, JsonObject, objectsIn, stringOf } from '../json/json-object';

const NAMES = {
  maxTokens: 'max_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  toolChoice: 'tool_choice',
  noThinking: '"thinking": { "type": "disabled" }',
  thinking: 'thinking',
  effort: 'output_config.effort',
};
const BLOCKS = {
  thinks: ({ type }: JsonObject) => type === 'thinking' || type === 'redacted_thinking',
  isToolResult: ({ type }: JsonObject) => type === 'tool_result',
};

const OPERATION = '/v1/messages';

/**
 * The Messages API over HTTP, as its clients speak it.
 *
 * @see https://docs.anthropic.com/en/api/errors
 */
const HTTP: HttpSide = {
  requestIdHeader: 'request-id',
  start: (path) => path.endsWith(OPERATION) ? path.length - OPERATION.length : -1,
  served: () => 'Send Messages request bodies by POST to / or to /v1/messages; other operations, such as counting tokens or batches, are not served.',
  read(body, { header }) {
    const beta = header('anthropic-beta');
    return isObject(body) && beta && body.anthropic_beta === undefined ? { ...body, anthropic_beta: beta.split(',').map((name) => name.trim()) } : body;
  },
  error(error, requestId) {
    const { status, type, message } = error.forCallers();
    return { status, body: { type: 'error', error: { type, message }, ...requestId && { request_id: requestId } } };
  },
};

/** The Messages API: Anthropic's own request and response bodies, passed through unchanged but for the construct's defaults. */
export const MESSAGES: Dialect = {
  name: 'messages',
  http: HTTP,
  maxTokensField: NAMES.maxTokens,
  prepare(event: unknown, config: InvokerConfig, streamed: boolean): Prepared {
    const { options } = config;
    const { model, stream, ...given } = eventBody(event, (prompt) => prompt);
    refuseOtherModel('model', model, config);
    checkStream(stream, streamed);
    refuseGuardrailConfig(given, options, 'event');
    refuseOtherTier('service_tier', given.service_tier, options);
    const { maxTokens, temperature, topP, thinking } = samplingDefaults(limitedFields(given), options, streamed);
    const effort = defaultEffort(limitedFields(given), options);
    const filled: JsonObject = {
      max_tokens: maxTokens,
      ...options.system !== undefined && { system: options.system },
      ...temperature !== undefined && { temperature },
      ...topP !== undefined && { top_p: topP },
      ...thinking && { thinking },
      ...given,
      ...effort && { output_config: { effort, ...isObject(given.output_config) && given.output_config } },
    };
    refuseLockedFields(IN_MESSAGES, given, filled, options);
    checkModelRules(limitedFields(filled), options);
    checkLimits(limitedFields(filled), options, streamed);
    return { ...addCheckpoints(filled, options), maxTokens: numberOf(filled.max_tokens), toolFailures: toolFailures(filled.messages) };
  },
  request: messagesRequest,
  facts: messagesFacts,
};

/** The facts of a Messages response; a stream's are gathered into the same shape. */
function messagesFacts(answer: JsonObject): AnswerFacts {
  const usage = isObject(answer.usage) ? answer.usage : {};
  const stopReason = stringOf(answer.stop_reason);
  return {
    model: stringOf(answer.model)?.slice(0, 100),
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

function limitedFields(body: JsonObject): LimitedFields {
  const { tool_choice: choice, output_config: output, tools } = body;
  return {
    maxTokens: body.max_tokens,
    temperature: body.temperature,
    topP: body.top_p,
    topK: body.top_k,
    thinking: body.thinking,
    effort: isObject(output) ? output.effort : undefined,
    interleaved: interleaves(body.anthropic_beta) && objectsIn(tools).length > 0,
    thinkingCanBegin: () => thinkingCanBegin(body.messages, BLOCKS),
    toolForced: isObject(choice) && (choice.type === 'any' || choice.type === 'tool'),
    structuredOutput: isObject(output) && output.format !== undefined
      || body.output_format !== undefined
      || objectsIn(tools).some(({ strict }) => strict === true),
    names: NAMES,
  };
}

function toolFailures(messages: unknown): number {
  const last = objectsIn(messages).at(-1);
  return objectsIn(last?.content).filter(({ type, is_error: failed }) => type === 'tool_result' && failed === true).length;
}
