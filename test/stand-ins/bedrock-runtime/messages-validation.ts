import { checkCacheControl } from './cache-control-validation';
import { isJson, Json, objectsIn } from './json';
import { Refusal } from './refusal';
import { checkThinking } from './thinking-validation';

const MAX_OUTPUT_TOKENS = 64_000;

const FIELDS = [
  'max_tokens', 'messages', 'system', 'temperature', 'top_p', 'top_k', 'stop_sequences', 'tools', 'tool_choice', 'thinking', 'metadata',
  'output_config', 'context_management', 'cache_control',
];
/** The endpoints differ in how they name version, model and streaming. */
const ENDPOINT_FIELDS = {
  'bedrock': ['anthropic_version', 'anthropic_beta'],
  'bedrock-mantle': ['model', 'stream', 'service_tier'],
};

/** Throws what the model answers to a Messages body that it would not take; returns the body. */
export function checkMessagesBody(raw: Buffer, service: keyof typeof ENDPOINT_FIELDS, streaming: boolean): Json {
  const body = parse(raw);
  if (service === 'bedrock') checkVersion(body.anthropic_version);
  for (const field of Object.keys(body)) {
    const extension = service === 'bedrock' && field.startsWith('amazon-bedrock-');
    if (!extension && ![...FIELDS, ...ENDPOINT_FIELDS[service]].includes(field)) throw Refusal.validation(`${field}: Extra inputs are not permitted`);
  }
  checkMaxTokens(body.max_tokens);
  checkMessages(body.messages);
  checkSampling(body);
  checkThinking(body, streaming || body.stream === true);
  checkCacheControl(body);
  if (service === 'bedrock-mantle' && isJson(body.output_config) && body.output_config.format !== undefined) {
    throw Refusal.validation('output_config.format: structured outputs are not supported');
  }
  return body;
}

/** Throws what bedrock-mantle answers when the API version is not in its header. */
export function checkVersionHeader(headers: Readonly<Record<string, string>>): void {
  const version = headers['anthropic-version'];
  if (version === undefined) throw Refusal.validation('anthropic-version: header is required');
  if (version !== '2023-06-01') throw Refusal.validation(`anthropic-version: "${version}" is not a valid version`);
}

function parse(raw: Buffer): Json {
  let body: unknown;
  try {
    body = JSON.parse(raw.toString('utf8'));
  } catch {
    throw Refusal.validation('Malformed input request, please reformat your input and try again.');
  }
  if (!isJson(body)) throw Refusal.validation('Malformed input request: #: expected type: JSONObject, please reformat your input and try again.');
  return body;
}

function checkVersion(version: unknown): void {
  if (version === undefined) throw Refusal.validation('anthropic_version: Field required');
  if (version !== 'bedrock-2023-05-31') throw Refusal.validation(`anthropic_version: "${String(version)}" is not a valid version`);
}

function checkMaxTokens(maxTokens: unknown): void {
  if (maxTokens === undefined) throw Refusal.validation('max_tokens: Field required');
  if (!Number.isInteger(maxTokens)) throw Refusal.validation('max_tokens: Input should be a valid integer');
  if (Number(maxTokens) < 1) throw Refusal.validation('max_tokens: must be greater than or equal to 1');
  if (Number(maxTokens) > MAX_OUTPUT_TOKENS) {
    throw Refusal.validation(
      `max_tokens: ${String(maxTokens)} > ${MAX_OUTPUT_TOKENS}, which is the maximum allowed number of output tokens for claude-haiku-4-5-20251001`,
    );
  }
}

function checkMessages(messages: unknown): void {
  if (messages === undefined) throw Refusal.validation('messages: Field required');
  if (!Array.isArray(messages)) throw Refusal.validation('messages: Input should be a valid list');
  if (messages.length === 0) throw Refusal.validation('messages: at least one message is required');
  messages.forEach((message: unknown, index) => {
    const at = `messages.${index}`;
    if (!isJson(message)) throw Refusal.validation(`${at}: Input should be a valid dictionary`);
    if (message.role !== 'user' && message.role !== 'assistant') throw Refusal.validation(`${at}.role: Input should be 'user' or 'assistant'`);
    if (message.content === undefined) throw Refusal.validation(`${at}.content: Field required`);
    if (typeof message.content !== 'string' && !Array.isArray(message.content)) {
      throw Refusal.validation(`${at}.content: Input should be a valid string or list`);
    }
    if (message.content.length === 0 && message.role === 'user') throw Refusal.validation(`${at}: user messages must have non-empty content`);
    for (const block of objectsIn(message.content)) {
      if (block.type === 'text' && block.text === '') throw Refusal.validation('messages: text content blocks must be non-empty');
    }
  });
  if (objectsIn(messages)[0].role !== 'user') throw Refusal.validation('messages: first message must use the "user" role');
}

function checkSampling(body: Json): void {
  if (body.temperature !== undefined && body.top_p !== undefined) {
    throw Refusal.validation('`temperature` and `top_p` cannot both be specified for this model. Please use only one.');
  }
  for (const field of ['temperature', 'top_p']) {
    const value = body[field];
    if (value === undefined) continue;
    if (typeof value !== 'number') throw Refusal.validation(`${field}: Input should be a valid number`);
    if (value < 0 || value > 1) throw Refusal.validation(`${field}: range: 0..1`);
  }
}
