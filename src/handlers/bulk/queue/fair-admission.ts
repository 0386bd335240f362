import type { Admission, RateLimiter } from './rate-limiter';
import type { WorkTable } from './work-table';
import type { Clock } from '../../invoke/http/clock';

const MINUTE_MS = 60_000;
/** The rate that all tenants share. */
const ALL = 'all';
/** How far ahead a tenant's own calls may be of its share, and calls beyond it of the rate: so long others wait behind them at most. */
const AHEAD_MS = 1000;
const JITTER_MS = 500;

/**
 * Admits calls of several tenants to one rate. A tenant who stays within an equal share of it, among those that had messages in this
 * minute or the one before, waits for its turn; what goes beyond that share is admitted only where hardly anybody waits. So nothing of the rate is
 * left unused, and a tenant with a million messages does not hold up one with ten.
 */
export class FairAdmission {
  private minute = 0;
  private before = new Set<string>();
  private active = new Set<string>();

  constructor(private readonly limiter: RateLimiter, private readonly table: WorkTable, private readonly clock: Clock) {}

  async admit(tenant: string, tokens: number, withinMs: number): Promise<Admission> {
    const tenants = await this.count(tenant);
    if (tenants === 1) return this.limiter.admit(ALL, tokens, withinMs);
    const own = await this.limiter.admit(`tenant ${tenant}`, tokens, Math.min(withinMs, AHEAD_MS), 1 / tenants);
    const whole = await this.limiter.admit(ALL, tokens, 'at' in own ? withinMs : Math.min(withinMs, AHEAD_MS));
    if ('at' in own && 'notBefore' in whole) await this.limiter.settle(`tenant ${tenant}`, -tokens, 1 / tenants);
    return whole;
  }

  /** Waits for the turn of a call; false if it has none by then. */
  async turn(tenant: string, tokens: number, last: number): Promise<boolean> {
    const { clock } = this;
    for (let now = clock.now(); now <= last; now = clock.now()) {
      const admitted = await this.admit(tenant, tokens, last - now);
      if ('at' in admitted) {
        await clock.sleep(admitted.at - clock.now());
        return true;
      }
      if (admitted.notBefore > last) return false;
      // Those who were refused together do not all come back together.
      await clock.sleep(Math.max(admitted.notBefore - clock.now(), 0) + JITTER_MS * clock.random());
    }
    return false;
  }

  /** Corrects what an admitted call took. */
  async settle(tokens: number): Promise<void> {
    await this.limiter.settle(ALL, tokens);
  }

  async pause(until: number): Promise<void> {
    await this.limiter.pause(ALL, until);
  }

  /** How many tenants have messages now, as all workers see it. Each worker tells of a tenant once a minute. */
  private async count(tenant: string): Promise<number> {
    const now = this.clock.now();
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.minute) {
      this.minute = minute;
      this.active = new Set();
      this.before = new Set(namesIn(await this.table.read(`tenants ${minute - 1}`)));
    }
    if (!this.active.has(tenant)) {
      const { item } = await this.table.change(`tenants ${minute}`, { set: { expires: Math.floor(now / 1000) + 600 }, add: { names: [tenant] } });
      this.active = new Set([...namesIn(item), tenant]);
    }
    return new Set([...this.active, ...this.before]).size;
  }
}

function namesIn({ names }: { readonly names?: unknown }): string[] {
  return Array.isArray(names) ? names as string[] : [];
}
