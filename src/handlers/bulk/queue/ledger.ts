import { gunzipSync, gzipSync } from 'node:zlib';
import type { Item, WorkTable } from './work-table';
import type { Clock } from '../../invoke/http/clock';

/** What is known of a message when a worker is about to ask the model. */
export type Begun =
  | { readonly state: 'begun'; readonly throttles: number; readonly failures: number }
  /** It was answered, and perhaps not yet told. */
  | { readonly state: 'answered'; readonly result: string }
  /** Another worker has it. */
  | { readonly state: 'taken'; readonly until: number };

/** An answer is kept for a day, so that it is not paid for twice. */
const KEPT_S = 86_400;
/** DynamoDB takes 400 KB an item. A result that is longer, compressed, is not kept. */
const MOST_BYTES = 350_000;

/**
 * What happened to each message, by its ID: how often it was begun, throttled and failed, and the result once there is one. A worker that died counts
 * as a failure, since what it had begun never ended.
 */
export class Ledger {
  constructor(private readonly table: WorkTable, private readonly clock: Clock) {}

  /** Takes a message for a worker until a time. */
  async begin(messageId: string, until: number): Promise<Begun> {
    const now = this.clock.now();
    const { made, item } = await this.table.change(key(messageId), {
      set: { lease: until, expires: this.expires() }, add: { begun: 1 }, when: { result: 'absent', lease: { orAbsent: true, below: now } },
    });
    if (made) return { state: 'begun', throttles: count(item, 'throttles'), failures: count(item, 'begun') - 1 - count(item, 'throttles') };
    if (typeof item.result === 'string') return { state: 'answered', result: gunzipSync(Buffer.from(item.result, 'base64')).toString() };
    return { state: 'taken', until: count(item, 'lease') };
  }

  /** Keeps a result. */
  async answered(messageId: string, result: string): Promise<void> {
    const kept = gzipSync(result).toString('base64');
    await this.table.change(key(messageId), kept.length > MOST_BYTES
      ? { set: { expires: this.expires() }, remove: ['lease'] }
      : { set: { result: kept, expires: this.expires() }, remove: ['lease'] });
  }

  /** Gives a message back that the service had no room for. That is nobody's failure. */
  async throttled(messageId: string): Promise<void> {
    await this.table.change(key(messageId), { add: { throttles: 1 }, remove: ['lease'] });
  }

  /** Gives a message back that failed. */
  async failed(messageId: string): Promise<void> {
    await this.table.change(key(messageId), { set: { expires: this.expires() }, remove: ['lease'] });
  }

  private expires(): number {
    return Math.floor(this.clock.now() / 1000) + KEPT_S;
  }
}

function key(messageId: string): string {
  return `message ${messageId}`;
}

function count(item: Item, name: string): number {
  const value = item[name];
  return typeof value === 'number' ? value : 0;
}
