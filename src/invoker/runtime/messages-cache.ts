import { CacheTtl, CachePlace, CachePlan, OwnCheckpoints, planCheckpoints } from './cache-plan';
import type { InvokerOptions } from './invoker-options';
import { isObject, JsonObject, objectsIn } from './json-object';

/** Blocks that cannot carry a checkpoint. */
const UNCACHEABLE: unknown[] = ['thinking', 'redacted_thinking'];

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
  const last = place === 'tools' ? lastOf(body.tools) : lastOf(asBlocks(place === 'system' ? body.system : contentOfLast(body.messages)));
  return isObject(last) && last.cache_control === undefined && last.text !== '' && !UNCACHEABLE.includes(last.type);
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
  const items = list as JsonObject[];
  return [...items.slice(0, -1), { ...items.at(-1), cache_control: { type: 'ephemeral', ...ttl === '1h' && { ttl } } }];
}

function markedMessages(list: unknown, ttl: CacheTtl): unknown[] {
  const messages = list as JsonObject[];
  const last = messages.at(-1)!;
  return [...messages.slice(0, -1), { ...last, content: marked(asBlocks(last.content), ttl) }];
}
