import type { Readable } from 'node:stream';

/** The lines that a process writes, to be taken one invocation at a time. */
export class ProcessOutput {
  private readonly chunks: Buffer[] = [];

  constructor(stream: Readable) {
    stream.on('data', (chunk: Buffer) => this.chunks.push(chunk));
  }

  /** What was written since the last call. The writer must be idle: what it wrote is then in the pipe already. */
  public async take(): Promise<string[]> {
    for (let seen = -1; seen !== this.chunks.length;) {
      seen = this.chunks.length;
      // Two turns of the event loop: the pipe is polled in between.
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    }
    const text = Buffer.concat(this.chunks.splice(0)).toString('utf8');
    return text.split('\n').filter((line) => line !== '');
  }
}
