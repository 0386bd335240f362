import type { Writable } from 'node:stream';
import type { StreamEvent } from './stream-events';

type Written = Pick<StreamEvent, 'type' | 'data'>;

/** Writes Messages events to Lambda's response stream as server-sent events, no faster than the caller reads them. */
export class StreamOutput {
  /** Whether the caller had stopped reading when the time was over. */
  stalled = false;

  /** `left` gives the milliseconds for which a caller that does not read is waited for. */
  constructor(private readonly out: Writable, private readonly left: () => number) {}

  get closed(): boolean {
    return this.out.destroyed;
  }

  async events(events: readonly Written[]): Promise<void> {
    if (this.closed) return;
    if (!this.out.write(events.map(serverSent).join(''))) await this.drained();
  }

  /** What the Messages API itself sends when a stream breaks off. Nothing follows it, so nothing waits until it is read. */
  error(body: object): void {
    if (!this.closed) this.out.write(serverSent({ type: 'error', data: JSON.stringify(body) }));
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.stalled = true;
        this.out.destroy();
      }, this.left());
      const done = () => {
        clearTimeout(timer);
        this.out.off('drain', done).off('close', done);
        resolve();
      };
      this.out.on('drain', done).on('close', done);
    });
  }
}

function serverSent({ type, data }: Written): string {
  // One data line each, should the JSON ever come with line breaks in it.
  const lines = data.includes('\n') ? data.split(/\r?\n/).join('\ndata: ') : data;
  return `event: ${type}\ndata: ${lines}\n\n`;
}
