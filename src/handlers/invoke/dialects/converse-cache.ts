import { CachePlan, CacheTtl, planCheckpoints } from './cache-plan';
import type { InvokerOptions } from '../../../contract/invoker-options';
import { isObject, JsonObject, objectsIn } from '../json/json-object';

/** A Converse body with the default cache points that fit beside its own: blocks of their own, towards the end of a list. */
export function addCachePoints(body: JsonObject, options: InvokerOptions): { body: JsonObject; cache: CachePlan } {
  const lists = { tools: isObject(body.toolConfig) ? body.toolConfig.tools : undefined, system: body.system, messages: contentOfLast(body.messages) };
  const own = {
    tools: ttlsIn(lists.tools),
    system: ttlsIn(lists.system),
    messages: objectsIn(body.messages).flatMap(({ content }) => ttlsIn(content)),
  };
  const cache = planCheckpoints(own, options, (place) => hasRoom(lists[place]));
  const { tools, system, messages } = cache.add;
  return {
    cache,
    body: {
      ...body,
      ...tools && { toolConfig: { ...body.toolConfig as JsonObject, tools: pointed(lists.tools, tools) } },
      ...system && { system: pointed(lists.system, system) },
      ...messages && { messages: pointedMessages(body.messages, messages) },
    },
  };
}

function ttlsIn(list: unknown): CacheTtl[] {
  return objectsIn(list).flatMap(({ cachePoint: point }) => isObject(point) ? [point.ttl === '1h' ? '1h' as const : '5m' as const] : []);
}

function hasRoom(list: unknown): boolean {
  const carrier = Array.isArray(list) ? carrierIn(list) : -1;
  return carrier >= 0 && !isCachePoint((list as unknown[])[carrier + 1]);
}

/** Where in a list a cache point can stand: right behind the last item that bears one. */
function carrierIn(list: readonly unknown[]): number {
  return list.map(bearsCachePoint).lastIndexOf(true);
}

/**
 * Not reasoning, and not blank text. Nor a document that Bedrock turns into text, which is any but a PDF: the service refuses a cache
 * point behind it.
 *
 * @see https://github.com/aws/aws-sdk-java-v2/issues/6277
 */
function bearsCachePoint(item: unknown): boolean {
  if (!isObject(item) || isCachePoint(item) || item.reasoningContent !== undefined) return false;
  if (isObject(item.document)) return item.document.format === 'pdf';
  return typeof item.text !== 'string' || item.text.trim() !== '';
}

function isCachePoint(item: unknown): boolean {
  return isObject(item) && item.cachePoint !== undefined;
}

function contentOfLast(messages: unknown): unknown {
  const last = Array.isArray(messages) ? messages.at(-1) : undefined;
  return isObject(last) ? last.content : undefined;
}

function pointed(list: unknown, ttl: CacheTtl): unknown[] {
  const items = [...list as unknown[]];
  items.splice(carrierIn(items) + 1, 0, { cachePoint: { type: 'default', ...ttl === '1h' && { ttl } } });
  return items;
}

function pointedMessages(list: unknown, ttl: CacheTtl): unknown[] {
  const messages = list as JsonObject[];
  const last = messages.at(-1)!;
  return [...messages.slice(0, -1), { ...last, content: pointed(last.content, ttl) }];
}
