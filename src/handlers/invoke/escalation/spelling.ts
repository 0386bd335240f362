import type { ApiName } from '../../../contract/endpoints';
import { jsonText } from '../json/exact-json';
import { isObject, JsonObject, objectsIn, stringOf } from '../json/json-object';

/** A tool call of an answer: the tool's name, and what it is called with. */
export interface ToolCall {
  readonly name: unknown;
  readonly input: unknown;
}

/** What a ladder reads and writes of the bodies of an API. */
export interface Spelling {
  /** Where a body has Claude's own fields, such as `thinking`. */
  readonly extra: readonly string[];
  readonly maxTokens: readonly string[];
  readonly temperature: readonly string[];
  readonly topP: readonly string[];
  /** Where a body asks for structured output. */
  readonly format: readonly string[];
  /** Whether a tool must keep to its schema, which is structured output too. */
  readonly strict: (body: JsonObject) => boolean;
  readonly text: (answer: JsonObject) => string;
  readonly toolCalls: (answer: JsonObject) => ToolCall[];
  /** The schema of a tool's input, by the tool's name. */
  readonly inputSchema: (body: JsonObject, name: unknown) => unknown;
  /** A request with one message of the user. */
  readonly question: (system: string, text: string, maxTokens: number) => JsonObject;
  /** How many of the tokens that were written to the cache stay there for an hour. */
  readonly hourTokens: (answer: JsonObject) => unknown;
}

const MESSAGES: Spelling = {
  extra: [],
  maxTokens: ['max_tokens'],
  temperature: ['temperature'],
  topP: ['top_p'],
  format: ['output_config', 'format'],
  strict: ({ tools }) => objectsIn(tools).some(({ strict }) => strict === true),
  text: ({ content }) => objectsIn(content).map(({ text }) => stringOf(text) ?? '').join(''),
  toolCalls: ({ content }) => objectsIn(content).filter(({ type }) => type === 'tool_use').map(({ name, input }) => ({ name, input })),
  inputSchema: ({ tools }, name) => objectsIn(tools).find((tool) => tool.name === name)?.input_schema,
  question: (system, text, maxTokens) => ({ max_tokens: maxTokens, system, messages: [{ role: 'user', content: text }] }),
  hourTokens: (answer) => valueAt(answer, ['usage', 'cache_creation', 'ephemeral_1h_input_tokens']),
};

const CONVERSE: Spelling = {
  extra: ['additionalModelRequestFields'],
  maxTokens: ['inferenceConfig', 'maxTokens'],
  temperature: ['inferenceConfig', 'temperature'],
  topP: ['inferenceConfig', 'topP'],
  format: ['outputConfig', 'textFormat'],
  strict: ({ toolConfig }) => isObject(toolConfig) && objectsIn(toolConfig.tools).some((tool) => valueAt(tool, ['toolSpec', 'strict']) === true),
  text: (answer) => contentOf(answer).map(({ text }) => stringOf(text) ?? '').join(''),
  toolCalls: (answer) => contentOf(answer).flatMap(({ toolUse }) => isObject(toolUse) ? [{ name: toolUse.name, input: toolUse.input }] : []),
  inputSchema: ({ toolConfig }, name) => {
    const tools = isObject(toolConfig) ? objectsIn(toolConfig.tools) : [];
    return valueAt(tools.find((tool) => valueAt(tool, ['toolSpec', 'name']) === name), ['toolSpec', 'inputSchema', 'json']);
  },
  question: (system, text, maxTokens) => ({ system: [{ text: system }], messages: [{ role: 'user', content: [{ text }] }], inferenceConfig: { maxTokens } }),
  hourTokens: (answer) => objectsIn(valueAt(answer, ['usage', 'cacheDetails'])).find(({ ttl }) => ttl === '1h')?.inputTokens,
};

export const SPELLINGS: Record<ApiName, Spelling> = { messages: MESSAGES, converse: CONVERSE };

export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined, value);
}

/** The body with another value there; without the field, if the value is undefined. */
export function withValueAt(body: JsonObject, [name, ...rest]: readonly string[], value: unknown): JsonObject {
  const { [name]: had, ...others } = body;
  const inner = rest.length > 0 ? withValueAt(isObject(had) ? had : {}, rest, value) : value;
  return inner === undefined || rest.length > 0 && Object.keys(inner as JsonObject).length === 0 ? others : { ...others, [name]: inner };
}

/** A JSON value with its numbers as JavaScript has them. */
export function plain(value: unknown): unknown {
  return JSON.parse(jsonText(value));
}

function contentOf(answer: JsonObject): JsonObject[] {
  return objectsIn(valueAt(answer, ['output', 'message', 'content']));
}
