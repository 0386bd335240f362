import { isJson, objectsIn } from './json';
import { tokensOf } from './tokens';

/** The cheapest prefix that Claude Haiku 4.5 caches. */
const MIN_TOKENS = 4_096;

export type CacheTtl = '5m' | '1h';

/** What a request asks to be kept: everything up to its last checkpoint. */
export interface CachedPrefix {
  readonly text: string;
  readonly ttl: CacheTtl;
}

/** Tokens of a prompt by where they came from. */
export interface CacheUse {
  readonly read: number;
  readonly written: number;
  readonly ttl: CacheTtl;
}

/** The prefix of a request in either dialect: a block of the Messages API is marked, a Converse one is followed by a mark. */
export function cachedPrefix(tools: unknown, system: unknown, messages: unknown): CachedPrefix | undefined {
  const blocks = [...objectsIn(tools), ...objectsIn(system), ...objectsIn(messages).flatMap((message) => objectsIn(message.content))];
  const marks = blocks.map(({ cache_control: marked, cachePoint }) => [marked, cachePoint].find(isJson));
  const mark = marks.filter(isJson).at(-1);
  if (mark === undefined) return undefined;
  return { text: JSON.stringify(blocks.slice(0, marks.lastIndexOf(mark) + 1)), ttl: mark.ttl === '1h' ? '1h' : '5m' };
}

/** Prefixes that were sent before; a stand-in lives too briefly for one to run out. */
export class PromptCache {
  private readonly kept = new Set<string>();

  /** Reads a known prefix, keeps a new one. */
  public use(prefix: CachedPrefix | undefined): CacheUse {
    const tokens = tokensOf(prefix?.text.length ?? 0);
    if (prefix === undefined || tokens < MIN_TOKENS) return { read: 0, written: 0, ttl: '5m' };
    if (this.kept.has(prefix.text)) return { read: tokens, written: 0, ttl: prefix.ttl };
    this.kept.add(prefix.text);
    return { read: 0, written: tokens, ttl: prefix.ttl };
  }
}
