import { AnswerFacts, numberOf, stringOf } from './answer-facts';
import type { InvokerConfig } from './config';
import { addCachePoints } from './converse-cache';
import { CONVERSE_HTTP } from './converse-http';
import type { Dialect, ModelRequest, Prepared } from './dialect';
import { InvokerError } from './errors';
import { checkStream, eventBody } from './event-body';
import { refuseGuardedParts } from './guardrail-exemption';
import type { InvokerOptions } from './invoker-options';
import { isObject, JsonObject, objectsIn, textOf } from './json-object';
import { refuseOtherModel } from './model-names';
import { checkLimits } from './request-limits';
import { runtimePath } from './runtime-call';
import { DEFAULT_MAX_TOKENS, samplingDefaults } from './sampling-defaults';

const NAMES = {
  maxTokens: 'inferenceConfig.maxTokens',
  temperature: 'inferenceConfig.temperature',
  topP: 'inferenceConfig.topP',
  topK: 'additionalModelRequestFields.top_k',
  toolChoice: 'toolConfig.toolChoice',
  thinkingOff: '"additionalModelRequestFields": { "thinking": { "type": "disabled" } }',
};

/** Bedrock's Converse API: its request and response bodies, passed through unchanged but for the construct's defaults. */
export const CONVERSE: Dialect = {
  name: 'converse',
  http: CONVERSE_HTTP,
  maxTokensField: NAMES.maxTokens,
  prepare(event: unknown, config: InvokerConfig): Prepared {
    const { options, endpoint } = config;
    if (endpoint !== 'bedrock-runtime') {
      throw new InvokerError('ConfigurationError', `MODEL_ENDPOINT is "${endpoint}", which does not serve Converse; use the Messages dialect there.`);
    }
    const { modelId: model, stream, ...given } = eventBody(event, (text) => [{ text }]);
    refuseOtherModel('modelId', model, config);
    checkStream(stream, false);
    refuseOtherGuardrail(given.guardrailConfig, options);
    refuseGuardedParts(given, options);
    const filled = withDefaults(given, options);
    check(filled, options);
    return { ...addCachePoints(filled, options), toolFailures: toolFailures(filled.messages) };
  },
  request(body: JsonObject, { modelId }: InvokerConfig): ModelRequest {
    return {
      path: runtimePath(modelId, 'converse'),
      headers: { 'content-type': 'application/json', 'accept': 'application/json' },
      body: JSON.stringify(body),
    };
  },
  facts: converseFacts,
};

function withDefaults(given: JsonObject, options: InvokerOptions): JsonObject {
  const inference = asObject(given.inferenceConfig);
  const extra = asObject(given.additionalModelRequestFields);
  const sampled = inference.temperature !== undefined || inference.topP !== undefined || extra.top_k !== undefined;
  const { temperature, topP, thinking } = samplingDefaults(options, { sampled, thinking: extra.thinking });
  return {
    ...options.system !== undefined && { system: [{ text: options.system }] },
    ...options.serviceTier && { serviceTier: { type: options.serviceTier } },
    ...given,
    ...options.requestMetadata && { requestMetadata: { ...asObject(given.requestMetadata), ...options.requestMetadata } },
    ...options.guardrail && { guardrailConfig: guardrailConfig(options.guardrail) },
    inferenceConfig: {
      maxTokens: options.maxTokens ?? DEFAULT_MAX_TOKENS,
      ...temperature !== undefined && { temperature },
      ...topP !== undefined && { topP },
      ...inference,
    },
    ...thinking && { additionalModelRequestFields: { ...extra, thinking } },
  };
}

function guardrailConfig({ id, version, trace }: NonNullable<InvokerOptions['guardrail']>): JsonObject {
  return { guardrailIdentifier: id, guardrailVersion: version, ...trace && { trace } };
}

function refuseOtherGuardrail(given: unknown, { guardrail }: InvokerOptions): void {
  if (!guardrail || !isObject(given)) return;
  const asked = `${textOf(given.guardrailIdentifier)}:${textOf(given.guardrailVersion)}`;
  const ours = `${guardrail.id}:${guardrail.version}`;
  if (asked !== ours) {
    throw new InvokerError('InvalidRequestError', `The event asks for another guardrail; this invoker applies ${JSON.stringify(ours)}. Leave "guardrailConfig" out.`);
  }
}

function check(body: JsonObject, options: InvokerOptions): void {
  const inference = asObject(body.inferenceConfig);
  const extra = asObject(body.additionalModelRequestFields);
  const { toolChoice: choice, tools } = asObject(body.toolConfig);
  checkLimits({
    maxTokens: inference.maxTokens,
    temperature: inference.temperature,
    topP: inference.topP,
    topK: extra.top_k,
    thinkingBudget: isObject(extra.thinking) && extra.thinking.type === 'enabled' ? extra.thinking.budget_tokens : undefined,
    toolForced: isObject(choice) && (choice.any !== undefined || choice.tool !== undefined),
    structuredOutput: asObject(body.outputConfig).textFormat !== undefined
      || objectsIn(tools).some(({ toolSpec }) => asObject(toolSpec).strict === true),
    names: NAMES,
  }, options, false);
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
