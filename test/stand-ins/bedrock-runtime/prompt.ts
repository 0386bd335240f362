import { isJson, Json, objectsIn } from './json';
import { CachedPrefix, cachedPrefix } from './prompt-cache';

/** What the stand-in's model looks at, whichever dialect it came in. */
export interface Prompt {
  readonly lastUserText: string;
  /** Characters of everything that the model would read. */
  readonly length: number;
  readonly maxTokens: number;
  readonly thinking: boolean;
  /** The tool that the request forces, if any. */
  readonly forcedTool?: string;
  readonly cachedPrefix?: CachedPrefix;
}

export function promptOfMessages(body: Json): Prompt {
  const choice = isJson(body.tool_choice) ? body.tool_choice : {};
  const tools = objectsIn(body.tools).map((tool) => String(tool.name));
  return {
    lastUserText: lastUserText(body.messages),
    length: JSON.stringify([body.system, body.messages, body.tools]).length,
    maxTokens: Number(body.max_tokens),
    thinking: isJson(body.thinking) && body.thinking.type === 'enabled',
    forcedTool: choice.type === 'tool' ? String(choice.name) : choice.type === 'any' ? tools[0] : undefined,
    cachedPrefix: cachedPrefix(body.tools, body.system, body.messages),
  };
}

export function promptOfConverse(body: Json): Prompt {
  const config = isJson(body.inferenceConfig) ? body.inferenceConfig : {};
  const more = isJson(body.additionalModelRequestFields) ? body.additionalModelRequestFields : {};
  const toolConfig = isJson(body.toolConfig) ? body.toolConfig : {};
  const choice = isJson(toolConfig.toolChoice) ? toolConfig.toolChoice : {};
  const tools = objectsIn(toolConfig.tools).map((tool) => isJson(tool.toolSpec) ? String(tool.toolSpec.name) : '');
  return {
    lastUserText: lastUserText(body.messages),
    length: JSON.stringify([body.system, body.messages, body.toolConfig]).length,
    // Converse leaves the limit to the model when it is not given.
    maxTokens: typeof config.maxTokens === 'number' ? config.maxTokens : 64_000,
    thinking: isJson(more.thinking) && more.thinking.type === 'enabled',
    forcedTool: isJson(choice.tool) ? String(choice.tool.name) : isJson(choice.any) ? tools[0] : undefined,
    cachedPrefix: cachedPrefix(toolConfig.tools, body.system, body.messages),
  };
}

/** Text blocks look alike in both dialects: `text` holds the words. */
function lastUserText(messages: unknown): string {
  const last = objectsIn(messages).filter((message) => message.role === 'user').at(-1);
  if (typeof last?.content === 'string') return last.content;
  return objectsIn(last?.content).map((block) => block.text).filter((text) => typeof text === 'string').join('\n');
}
