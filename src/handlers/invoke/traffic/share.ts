import { hash } from 'node:crypto';
import type { TrafficOptions } from '../../../contract/traffic';
import { SHARE_EVERY_MS } from '../../../contract/traffic';
import type { Clock } from '../http/clock';

/** How long a call waits for the first reading of a share at most. */
const FIRST_MS = 1000;

/**
 * The share of calls that a second target gets. Where it is kept in a parameter it is read from the init on, and again with the first call
 * after a minute, which does not wait for it. Until it has been read it is 0, and what cannot be read or is no share leaves it as it was.
 */
export class Share {
  /** In percent. */
  percent = 0;
  /** Why the last reading gave no share. */
  failed?: string;
  private readAt = -Infinity;
  private reading?: Promise<void>;

  constructor(private readonly clock: Clock, { share }: Pick<TrafficOptions, 'share'>, private readonly read?: () => Promise<string>) {
    if (share !== undefined) this.percent = share;
    else this.refresh();
  }

  /** The first reading, or as long as a call waits for it. */
  async known(): Promise<void> {
    if (!this.reading) return;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.reading, new Promise<void>((resolve) => { timer = setTimeout(resolve, FIRST_MS); })]);
    clearTimeout(timer);
    this.reading = undefined;
  }

  /** Whether a call belongs to it: with a key always the same calls, of which a greater share has all that a smaller one had. */
  covers(key: string | undefined): boolean {
    if (this.clock.now() - this.readAt >= SHARE_EVERY_MS) this.refresh();
    const place = key === undefined ? this.clock.random() : parseInt(hash('sha256', key).slice(0, 8), 16) / 2 ** 32;
    return place * 100 < this.percent;
  }

  private refresh(): void {
    this.readAt = this.read ? this.clock.now() : Infinity;
    const reading = this.read?.().then((text) => {
      const share = /^\s*\d{1,3}(?:\.\d{1,6})?\s*$/.test(text) ? Number(text) : NaN;
      this.failed = share <= 100 ? undefined : 'The parameter holds no number from 0 to 100.';
      if (share <= 100) this.percent = share;
    }).catch((error: Error) => { this.failed = error.message; });
    this.reading ??= reading;
  }
}
