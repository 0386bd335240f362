import { isJson, Json, objectsIn } from './json';
import { Refusal } from './refusal';
import { unsupportedTier } from './service-tier';
import { checkThinking } from './thinking-validation';

const FIELDS = [
  'messages', 'system', 'inferenceConfig', 'toolConfig', 'guardrailConfig', 'additionalModelRequestFields', 'additionalModelResponseFieldPaths',
  'promptVariables', 'requestMetadata', 'performanceConfig', 'serviceTier', 'outputConfig',
];

/** Throws what Bedrock answers to a Converse body that it would not take; returns the body. */
export function checkConverseBody(raw: Buffer, streaming: boolean): Json {
  let body: unknown;
  try {
    body = JSON.parse(raw.toString('utf8'));
  } catch {
    throw new Refusal(400, 'SerializationException', 'Unable to parse the request body as JSON.');
  }
  if (!isJson(body)) throw new Refusal(400, 'SerializationException', 'Start of structure or map found where not expected.');
  const unknown = Object.keys(body).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) throw Refusal.validation(`The model returned the following errors: ${unknown}: Extra inputs are not permitted`);
  checkMessages(body.messages);
  checkInferenceConfig(body.inferenceConfig);
  checkCachePoints(body);
  checkThinking(asMessages(body), streaming);
  if (isJson(body.serviceTier) && ['priority', 'flex'].includes(String(body.serviceTier.type))) {
    throw unsupportedTier(String(body.serviceTier.type));
  }
  return body;
}

function checkMessages(messages: unknown): void {
  if (!Array.isArray(messages) || messages.length === 0) {
    throw Refusal.validation('The model returned the following errors: messages: at least one message is required');
  }
  const [first] = objectsIn(messages);
  if (first?.role !== 'user') {
    throw Refusal.validation('A conversation must start with a user message. Try again with a conversation that starts with a user message.');
  }
  objectsIn(messages).forEach((message, index) => {
    if (objectsIn(message.content).length === 0) {
      throw Refusal.validation(
        `The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`,
      );
    }
  });
}

function checkInferenceConfig(config: unknown): void {
  if (!isJson(config)) return;
  if (config.temperature !== undefined && config.topP !== undefined) {
    throw Refusal.validation(
      'The model returned the following errors: `temperature` and `top_p` cannot both be specified for this model. Please use only one.',
    );
  }
  if (typeof config.maxTokens === 'number' && config.maxTokens > 64_000) {
    throw Refusal.validation(
      'The maximum tokens you requested exceeds the model limit of 64000. Try again with a maximum tokens value that is lower than 64000.',
    );
  }
}

const MAX_CACHE_POINTS = 4;

/** Cache points are blocks of their own: what stands before one, in its list, is cached. */
function checkCachePoints(body: Json): void {
  const tools = isJson(body.toolConfig) ? body.toolConfig.tools : undefined;
  const lists = [tools, body.system, ...objectsIn(body.messages).map(({ content }) => content)].map(objectsIn);
  const ttls = lists.flat().flatMap(({ cachePoint }) => isJson(cachePoint) ? [cachePoint.ttl ?? '5m'] : []);
  if (ttls.length > MAX_CACHE_POINTS) throw Refusal.validation(`A maximum of ${MAX_CACHE_POINTS} blocks with cache_control may be provided. Found ${ttls.length}.`);
  if (ttls.lastIndexOf('1h') > ttls.indexOf('5m') && ttls.includes('5m')) {
    throw Refusal.validation('a ttl=\'1h\' cache_control block must not come after a ttl=\'5m\' cache_control block.');
  }
  for (const list of lists) {
    list.forEach(({ cachePoint }, index) => {
      if (cachePoint !== undefined) checkBeforeCachePoint(list[index - 1]);
    });
  }
}

/** @see https://github.com/aws/aws-sdk-java-v2/issues/6277 and https://github.com/anomalyco/opencode/issues/36517, which quote the service. */
function checkBeforeCachePoint(before: Json | undefined): void {
  if (before === undefined) throw Refusal.validation('There is nothing available to cache.');
  if (before.reasoningContent !== undefined) {
    throw Refusal.validation('Cache point cannot be inserted after reasoning block. Please remove the invalid cache point and try again.');
  }
  if (before.cachePoint !== undefined || isJson(before.document) && before.document.format !== 'pdf') {
    throw Refusal.validation('The model returned the following errors: messages.0.content.0.type: Field required');
  }
}

/** As much of a Converse body as thinking depends on, in the words of the Messages API. */
function asMessages(body: Json): Json {
  const { maxTokens, temperature, topP } = isJson(body.inferenceConfig) ? body.inferenceConfig : {};
  const { toolChoice, tools } = isJson(body.toolConfig) ? body.toolConfig : {};
  return {
    max_tokens: maxTokens,
    temperature,
    top_p: topP,
    tools,
    tool_choice: isJson(toolChoice) ? { type: Object.keys(toolChoice)[0] } : undefined,
    ...isJson(body.additionalModelRequestFields) && body.additionalModelRequestFields,
    messages: objectsIn(body.messages).map(({ role, content }) => ({
      role,
      content: objectsIn(content).map((block) => ({ type: block.reasoningContent ? 'thinking' : block.toolResult ? 'tool_result' : 'other' })),
    })),
  };
}
