import { addCachePoints } from './converse-cache';
import { CONVERSE_HTTP } from './converse-http';
import { AnswerFacts, Dialect, Prepared, runtimePath } from './dialect';
import { checkStream, eventBody } from './event-body';
import { refuseGuardedParts, refuseOtherGuardrail, refuseOtherModel, refuseOtherTier } from './fixed-choices';
import { IN_CONVERSE, refuseLockedFields } from './locked-fields';
import { checkModelRules, defaultEffort } from './model-rules';
import { checkLimits, interleaves, LimitedFields, thinkingCanBegin } from './request-limits';
import { samplingDefaults } from './sampling-defaults';
import type { InvokerOptions } from '../../../contract/invoker-options';
import { METADATA_ENTRIES } from '../../../contract/limits';
import type { InvokerConfig } from '../config/config';
import { refuse } from '../failures/errors';
import type { ModelRequest } from '../http/transport';
import { jsonText, numberOf } from '../json/exact-json';
import { isObject, JsonObject, objectsIn, stringOf } from '../json/json-object';

const NAMES = {
  maxTokens: 'inferenceConfig.maxTokens',
  temperature: 'inferenceConfig.temperature',
  topP: 'inferenceConfig.topP',
  topK: 'additionalModelRequestFields.top_k',
  toolChoice: 'toolConfig.toolChoice',
  noThinking: '"additionalModelRequestFields": { "thinking": { "type": "disabled" } }',
  thinking: 'additionalModelRequestFields.thinking',
  effort: 'outputConfig.effort',
};
const BLOCKS = {
  thinks: ({ reasoningContent }: JsonObject) => reasoningContent !== undefined,
  isToolResult: ({ toolResult }: JsonObject) => toolResult !== undefined,
};

/** Bedrock's Converse API: its request and response bodies, passed through unchanged but for the construct's defaults. */
export const CONVERSE: Dialect = {
  name: 'converse',
  http: CONVERSE_HTTP,
  maxTokensField: NAMES.maxTokens,
  prepare(event: unknown, config: InvokerConfig, streamed: boolean): Prepared {
    const { options } = config;
    const { modelId: model, stream, ...given } = eventBody(event, (text) => [{ text }]);
    refuseOtherModel('modelId', model, config);
    checkStream(stream, false);
    refuseOtherGuardrail(given.guardrailConfig, options);
    refuseGuardedParts(given, options);
    const { serviceTier: tier, additionalModelRequestFields: extra } = given;
    refuseOtherTier('serviceTier', isObject(tier) ? tier.type : tier, options);
    refuseOtherTier('additionalModelRequestFields.service_tier', asObject(extra).service_tier, options);
    const filled = withDefaults(given, options, streamed);
    refuseLockedFields(IN_CONVERSE, given, filled, options);
    const fields = limitedFields(filled);
    checkModelRules(fields, options);
    checkLimits(fields, options, streamed);
    return { ...addCachePoints(filled, options), maxTokens: numberOf(fields.maxTokens), toolFailures: toolFailures(filled.messages) };
  },
  request(body: JsonObject, { modelId }: InvokerConfig): ModelRequest {
    return {
      path: runtimePath(modelId, 'converse'),
      headers: { 'content-type': 'application/json', 'accept': 'application/json' },
      body: jsonText(body),
    };
  },
  facts: converseFacts,
};

function withDefaults(given: JsonObject, options: InvokerOptions, streamed: boolean): JsonObject {
  const { maxTokens, temperature, topP, thinking } = samplingDefaults(limitedFields(given), options, streamed);
  const effort = defaultEffort(limitedFields(given), options);
  const extra = asObject(given.additionalModelRequestFields);
  return {
    ...options.system !== undefined && extra.system === undefined && { system: [{ text: options.system }] },
    ...given,
    // After the event's, which may be null.
    ...options.serviceTier && { serviceTier: { type: options.serviceTier } },
    ...options.requestMetadata && { requestMetadata: joinedMetadata(given.requestMetadata, options.requestMetadata) },
    ...options.guardrail && { guardrailConfig: { ...asObject(given.guardrailConfig), ...guardrailConfig(options.guardrail) } },
    inferenceConfig: beside(given.inferenceConfig, {
      ...extra.max_tokens === undefined && { maxTokens },
      ...temperature !== undefined && { temperature },
      ...topP !== undefined && { topP },
    }),
    ...thinking && { additionalModelRequestFields: beside(given.additionalModelRequestFields, { thinking }) },
    ...effort && { outputConfig: beside(given.outputConfig, { effort }) },
  };
}

/** The defaults beside what the event says. What is no object is the service's to judge. */
function beside(given: unknown, defaults: JsonObject): unknown {
  const said = given ?? {};
  return isObject(said) ? { ...defaults, ...said } : said;
}

/** The construct's and the event's together. */
function joinedMetadata(given: unknown, ours: JsonObject): JsonObject {
  const joined = { ...asObject(given), ...ours };
  const excess = Object.keys(joined).length - METADATA_ENTRIES;
  if (excess <= 0) return joined;
  return refuse(`With the ${Object.keys(ours).length} entries that this invoker writes, "requestMetadata" has ${METADATA_ENTRIES + excess}; the API takes at most ${METADATA_ENTRIES}. Leave ${excess} out.`);
}

function guardrailConfig({ id, version, trace }: NonNullable<InvokerOptions['guardrail']>): JsonObject {
  return { guardrailIdentifier: id, guardrailVersion: version, ...trace && { trace } };
}

/** Fields of Claude's own stand among the additional ones; a base field may stand there too. */
function limitedFields(body: JsonObject): LimitedFields {
  const inference = asObject(body.inferenceConfig);
  const extra = asObject(body.additionalModelRequestFields);
  const { toolChoice, tools } = asObject(body.toolConfig);
  const { any, tool } = asObject(toolChoice);
  const { type: extraChoice } = asObject(extra.tool_choice);
  return {
    maxTokens: inference.maxTokens ?? extra.max_tokens,
    temperature: inference.temperature ?? extra.temperature,
    topP: inference.topP ?? extra.top_p,
    topK: extra.top_k,
    thinking: extra.thinking,
    effort: asObject(body.outputConfig).effort ?? asObject(extra.output_config).effort,
    interleaved: interleaves(extra.anthropic_beta) && [...objectsIn(tools), ...objectsIn(extra.tools)].length > 0,
    thinkingCanBegin: () => thinkingCanBegin(body.messages, BLOCKS),
    toolForced: any !== undefined || tool !== undefined || extraChoice === 'any' || extraChoice === 'tool',
    structuredOutput: asObject(body.outputConfig).textFormat !== undefined
      || objectsIn(tools).some(({ toolSpec }) => asObject(toolSpec).strict === true),
    names: NAMES,
  };
}

function converseFacts(answer: JsonObject): AnswerFacts {
  const usage = asObject(answer.usage);
  const stopReason = stringOf(answer.stopReason);
  const content = objectsIn(asObject(asObject(answer.output).message).content);
  return {
    inputTokens: numberOf(usage.inputTokens),
    outputTokens: numberOf(usage.outputTokens),
    cacheReadTokens: numberOf(usage.cacheReadInputTokens),
    cacheWriteTokens: numberOf(usage.cacheWriteInputTokens),
    stopReason,
    toolCalls: content.filter(({ toolUse }) => toolUse !== undefined).length,
    refused: stopReason === 'refusal' || stopReason === 'content_filtered',
    guardrailIntervened: stopReason === 'guardrail_intervened',
    serviceTier: stringOf(asObject(answer.serviceTier).type),
  };
}

function toolFailures(messages: unknown): number {
  const last = objectsIn(messages).at(-1);
  return objectsIn(last?.content).filter(({ toolResult }) => asObject(toolResult).status === 'error').length;
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
