import type { InvokerOptions } from '../../../contract/invoker-options';
import { refuse } from '../failures/errors';

/** How long a cache checkpoint lives. */
export type CacheTtl = '5m' | '1h';

/** Where checkpoints stand, in the order in which the model reads them. */
const CACHE_PLACES = ['tools', 'system', 'messages'] as const;
export type CachePlace = typeof CACHE_PLACES[number];

/** The checkpoints that an event brings along. */
export type OwnCheckpoints = Record<CachePlace, readonly CacheTtl[]>;

export interface CachePlan {
  /** What to add, at the end of each place. */
  readonly add: { readonly [place in CachePlace]?: CacheTtl };
  /** How long the checkpoints live, those of the event too: as long as the shortest-lived. Absent: there are none. */
  readonly ttl?: CacheTtl;
  /** Defaults that found no room beside the event's own checkpoints. */
  readonly leftOut: number;
}

/**
 * Which default checkpoints go into a request. The event's own come first: a default that would break a rule because
 * of them is left out, since a cache saves money and a refused call saves nothing.
 */
export function planCheckpoints(own: OwnCheckpoints, options: InvokerOptions, room: (place: CachePlace) => boolean): CachePlan {
  const wanted = options.promptCaching ?? {};
  const most = options.limits?.maxCacheCheckpoints ?? Infinity;
  checkOwn(own, most);
  const add: { [place in CachePlace]?: CacheTtl } = {};
  let leftOut = 0;
  for (const place of CACHE_PLACES) {
    const ttl = wanted[place];
    if (ttl === undefined || !room(place)) continue;
    const ttls = sequence(own, { ...add, [place]: ttl });
    if (ttls.length <= most && ordered(ttls)) add[place] = ttl;
    else leftOut++;
  }
  return { add, ttl: sequence(own, add).at(-1), leftOut };
}

function checkOwn(own: OwnCheckpoints, most: number): void {
  const ttls = sequence(own, {});
  if (ttls.length > most) refuse(`The event has ${ttls.length} cache checkpoints; the model takes at most ${most}. Remove ${ttls.length - most}.`);
  if (!ordered(ttls)) refuse(`The event's cache checkpoints live ${ttls.join(', ')}; 1h ones must stand before 5m ones.`);
}

function sequence(own: OwnCheckpoints, added: CachePlan['add']): CacheTtl[] {
  return CACHE_PLACES.flatMap((place) => [...own[place], ...added[place] ? [added[place]] : []]);
}

function ordered(ttls: readonly CacheTtl[]): boolean {
  const firstShort = ttls.indexOf('5m');
  return firstShort === -1 || !ttls.includes('1h', firstShort);
}
