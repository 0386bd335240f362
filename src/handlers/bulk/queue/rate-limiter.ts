import type { Change, Item, WorkTable } from './work-table';
import type { RateOptions } from '../../../contract/bulk-queue';
import type { Clock } from '../../invoke/http/clock';

/** When a call may begin, or when to ask again. Both in milliseconds since 1970. */
export type Admission = { readonly at: number } | { readonly notBefore: number };

/** The two quotas of a minute, as attributes: until when what was admitted fills each of them. */
const METERS = ['requests', 'tokens'] as const;
type Meter = typeof METERS[number];

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Attributes that are never needed again are removed after this long. */
const KEPT_S = 2 * 86_400;
/** Others may change the item in between; after so many attempts the call waits in the queue. */
const MOST_TRIES = 8;

/**
 * A token bucket that all workers share, in one item of a table, kept as the time until which the quota is used up (the generic cell rate
 * algorithm). An admission moves that time on by the call's share of a minute. While it lies ahead, workers only add to it, and so never
 * stand in each other's way; the call waits until its own place comes.
 *
 * Amazon Bedrock counts input and `max_tokens` when a call begins, and the output that there was when it ends. So does this.
 */
export class RateLimiter {
  private readonly state = new Map<string, Item>();

  constructor(private readonly table: WorkTable, private readonly clock: Clock, private readonly rate: RateOptions) {}

  /**
   * Admits a call, if its place comes within a time.
   *
   * @param part - which part of the rate these calls may use
   */
  async admit(name: string, tokens: number, withinMs: number, part = 1): Promise<Admission> {
    const { rate, clock } = this;
    const took = { requests: MINUTE_MS / (rate.requestsPerMinute * part), tokens: tokens * MINUTE_MS / (rate.tokensPerMinute * part) };
    const key = this.key(name);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const now = clock.now();
      const old = this.state.get(key) ?? {};
      const { made, item } = await this.table.change(key, this.change(old, took, tokens, now, withinMs));
      this.state.set(key, item);
      if (made) return { at: Math.max(now, ...METERS.map((meter) => meterOf(item, meter) - took[meter])) };
      if (meterOf(item, 'day') + tokens > (rate.tokensPerDay ?? Infinity)) return { notBefore: (Math.floor(now / DAY_MS) + 1) * DAY_MS };
      const free = Math.max(...METERS.map((meter) => meterOf(item, meter)));
      if (free > now + withinMs) return { notBefore: free };
    }
    return { notBefore: clock.now() + withinMs };
  }

  /** Corrects what a call took, when it is known: less than it might have, or, since output counts several times, more. */
  async settle(name: string, tokens: number, part = 1): Promise<void> {
    if (tokens === 0) return;
    const took = tokens * MINUTE_MS / (this.rate.tokensPerMinute * part);
    const { item } = await this.table.change(this.key(name), { add: { tokens: took, ...this.ofDay(tokens) } });
    this.state.set(this.key(name), item);
  }

  /** Nobody is admitted before a time: the service asked for it. */
  async pause(name: string, until: number): Promise<void> {
    const { item } = await this.table.change(this.key(name), { set: { requests: until }, when: { requests: { orAbsent: true, below: until } } });
    this.state.set(this.key(name), item);
  }

  private change(old: Item, took: Record<Meter, number>, tokens: number, now: number, withinMs: number): Change {
    const ahead = METERS.filter((meter) => meterOf(old, meter) >= now);
    const idle = METERS.filter((meter) => !ahead.includes(meter));
    const { tokensPerDay } = this.rate;
    return {
      set: { expires: Math.floor(now / 1000) + KEPT_S, ...Object.fromEntries(idle.map((meter) => [meter, now + took[meter]])) },
      add: { ...Object.fromEntries(ahead.map((meter) => [meter, took[meter]])), ...this.ofDay(tokens) },
      when: {
        ...Object.fromEntries(idle.map((meter) => [meter, { orAbsent: true, below: now }])),
        ...Object.fromEntries(ahead.map((meter) => [meter, { atLeast: now, atMost: now + withinMs }])),
        ...tokensPerDay !== undefined && { day: { orAbsent: true, atMost: tokensPerDay - tokens } },
      },
    };
  }

  private ofDay(tokens: number): Record<string, number> {
    return this.rate.tokensPerDay === undefined ? {} : { day: tokens };
  }

  /** An item a day, in UTC: a quota of a day begins anew with it. */
  private key(name: string): string {
    return `rate ${new Date(this.clock.now()).toISOString().slice(0, 10)} ${name}`;
  }
}

function meterOf(item: Item, meter: Meter | 'day'): number {
  const value = item[meter];
  return typeof value === 'number' ? value : 0;
}
