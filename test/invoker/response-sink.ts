import { Writable } from 'node:stream';

/** Lambda's response stream as a test reads it: what was written, when, and under which HTTP head. */
export class ResponseSink extends Writable {
  readonly chunks: string[] = [];
  head?: { statusCode: number; headers: Record<string, string> };
  contentType?: string;

  /** `slow` makes every write wait for the next turn of the event loop. */
  constructor(private readonly slow = false) {
    super({ highWaterMark: slow ? 1 : undefined });
  }

  get text(): string {
    return this.chunks.join('');
  }

  /** The server-sent events written so far. */
  get events(): { type: string; data: Record<string, unknown> }[] {
    return this.text.split('\n\n').filter(Boolean).map((event) => {
      const [, type, data] = /^event: (.*)\ndata: (.*)$/.exec(event)!;
      return { type, data: JSON.parse(data) };
    });
  }

  setContentType(type: string): void {
    this.contentType = type;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk.toString());
    if (this.slow) setImmediate(done);
    else done();
  }
}

/** What `awslambda.HttpResponseStream.from` does, for a sink. */
export function withHead(out: Writable, head: { statusCode: number; headers: Record<string, string> }): ResponseSink {
  (out as ResponseSink).head = head;
  return out as ResponseSink;
}
