import { isJson, Json, objectsIn } from './json';
import { Refusal } from './refusal';
import { unsupportedTier } from './service-tier';

const FIELDS = [
  'messages', 'system', 'inferenceConfig', 'toolConfig', 'guardrailConfig', 'additionalModelRequestFields', 'additionalModelResponseFieldPaths',
  'promptVariables', 'requestMetadata', 'performanceConfig', 'serviceTier', 'outputConfig',
];

/** Throws what Bedrock answers to a Converse body that it would not take; returns the body. */
export function checkConverseBody(raw: Buffer): Json {
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
