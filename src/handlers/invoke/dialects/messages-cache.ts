import { CacheTtl, CachePlace, CachePlan, OwnCheckpoints, planCheckpoints } from './cache-plan';
import type { InvokerOptions } from '../../../contract/invoker-options';
import { isObject, JsonObject, objectsIn } from '../json/json-object';

/** Blocks and tools that cannot carry a checkpoint. A set of MCP tools may end with a tool that is loaded later. */
const UNCACHEABLE: unknown[] = ['thinking', 'redacted_thinking', 'mcp_toolset'];

/** A Messages body with the default cache checkpoints that fit beside its own. */
export function addCheckpoints(body: JsonObject, options: InvokerOptions): { body: JsonObject; cache: CachePlan } {
  const cache = planCheckpoints(ownCheckpoints(body), options, (place) => hasRoom(body, place));
  const { tools, system, messages } = cache.add;
  return {
    cache,
    body: {
      ...body,
      ...tools && { tools: marked(body.tools, tools) },
      ...system && { system: marked(asBlocks(body.system), system) },
      ...messages && { messages: markedMessages(body.messages, messages) },
    },
  };
}

function ownCheckpoints(body: JsonObject): OwnCheckpoints {
  return {
    tools: objectsIn(body.tools).flatMap(ttlOf),
    system: objectsIn(body.system).flatMap(ttlOf),
    messages: [...objectsIn(body.messages).flatMap(({ content }) => objectsIn(content).flatMap(ttlsOfBlock)), ...ttlOf(body)],
  };
}

/** A tool result holds blocks of its own. */
function ttlsOfBlock(block: JsonObject): CacheTtl[] {
  return [...objectsIn(block.content).flatMap(ttlOf), ...ttlOf(block)];
}

function ttlOf({ cache_control: control }: JsonObject): CacheTtl[] {
  return isObject(control) ? [control.ttl === '1h' ? '1h' : '5m'] : [];
}

function hasRoom(body: JsonObject, place: CachePlace): boolean {
  // A checkpoint of the whole body stands on the last block already.
  if (place === 'messages' && body.cache_control !== undefined) return false;
  const list = place === 'tools' ? body.tools : asBlocks(place === 'system' ? body.system : contentOfLast(body.messages));
  const carrier = Array.isArray(list) ? list[carrierIn(list)] : undefined;
  return isObject(carrier) && carrier.cache_control === undefined;
}

/** Where in a list a checkpoint goes: to the last item that can carry one. */
function carrierIn(list: readonly unknown[]): number {
  return list.map(canCarry).lastIndexOf(true);
}

/**
 * A tool that is loaded later stands outside of the cached prefix, and blank text takes no checkpoint.
 *
 * @see https://platform.claude.com/docs/en/agents-and-tools/tool-use/tool-use-with-prompt-caching
 */
function canCarry(item: unknown): boolean {
  if (!isObject(item) || UNCACHEABLE.includes(item.type) || item.defer_loading === true) return false;
  return typeof item.text !== 'string' || item.text.trim() !== '';
}

function contentOfLast(messages: unknown): unknown {
  const last = lastOf(messages);
  return isObject(last) ? last.content : undefined;
}

/** Text alone cannot carry a checkpoint, a text block can. */
function asBlocks(content: unknown): unknown {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

function lastOf(list: unknown): unknown {
  return Array.isArray(list) ? list.at(-1) : undefined;
}

function marked(list: unknown, ttl: CacheTtl): unknown[] {
  const items = [...list as JsonObject[]];
  const carrier = carrierIn(items);
  items[carrier] = { ...items[carrier], cache_control: { type: 'ephemeral', ...ttl === '1h' && { ttl } } };
  return items;
}

function markedMessages(list: unknown, ttl: CacheTtl): unknown[] {
  const messages = list as JsonObject[];
  const last = messages.at(-1)!;
  return [...messages.slice(0, -1), { ...last, content: marked(asBlocks(last.content), ttl) }];
}
