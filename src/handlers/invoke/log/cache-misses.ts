import type { CallRecord } from './call-record';

/** Why a call with cache checkpoints read nothing from the cache. */
export type CacheMiss =
  /** Nothing was written either: what stands before the checkpoints is shorter than the model caches. */
  | 'below minimum'
  /** The same was written or read here, longer ago than the checkpoint lives. */
  | 'expired'
  /** The same was written or read here within its life: this call ran in another Region, or the cache had let it go. */
  | 'routed away'
  /** This execution environment has not seen it before. */
  | 'new';

const LIVES = { '5m': 300_000, '1h': 3_600_000 };
/** More would be remembered of calls that have something new before each checkpoint. */
const MOST_REMEMBERED = 100;

/**
 * Tells avoidable misses of the prompt cache from others, as far as one execution environment can: by the tokens that were written, which are as
 * many each time for the same text.
 */
export class CacheMisses {
  private readonly used = new Map<number, number>();

  reasonOf({ prepared, facts, startedAt }: CallRecord): CacheMiss | undefined {
    const { cacheReadTokens: read, cacheWriteTokens: written } = facts ?? {};
    const ttl = prepared?.cache.ttl;
    if (ttl === undefined || read === undefined || written === undefined) return undefined;
    const last = this.used.get(written);
    for (const tokens of [read, read + written]) if (tokens > 0) this.remember(tokens, startedAt);
    if (read > 0) return undefined;
    if (written === 0) return 'below minimum';
    if (last === undefined) return 'new';
    return startedAt - last > LIVES[ttl] ? 'expired' : 'routed away';
  }

  private remember(tokens: number, at: number): void {
    // The last one of a map is the newest.
    this.used.delete(tokens);
    this.used.set(tokens, at);
    if (this.used.size > MOST_REMEMBERED) this.used.delete(this.used.keys().next().value!);
  }
}
