import type { CheckedRecord } from './record-check';

/** Takes records, some lines at a time. */
export interface RecordSink {
  write(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** What one part of a set may hold: the quotas of a batch job and of its one file. */
export interface PartLimits {
  readonly records: number;
  readonly bytes: number;
}

/** One part as it was written. */
export interface Part {
  /** From 1 on. */
  readonly part: number;
  readonly records: number;
  readonly bytes: number;
}

/** Writes records one after another into parts, each of which one batch job takes. The last may have fewer than a job must have. */
export class PartWriter {
  private readonly parts: Part[] = [];
  private sink?: RecordSink;
  private lines: string[] = [];
  private bytes = 0;
  private records = 0;

  constructor(private readonly limits: PartLimits, private readonly open: (part: number) => RecordSink) {}

  async add(records: readonly CheckedRecord[]): Promise<void> {
    for (const { text } of records) {
      const length = Buffer.byteLength(text) + 1;
      if (this.records > 0 && (this.records + 1 > this.limits.records || this.bytes + length > this.limits.bytes)) await this.closePart();
      this.lines.push(text);
      this.records++;
      this.bytes += length;
    }
    await this.flush();
  }

  /** Closes the last part, and tells of all. */
  async end(): Promise<readonly Part[]> {
    if (this.records > 0) await this.closePart();
    return this.parts;
  }

  private async flush(): Promise<void> {
    if (this.lines.length === 0) return;
    this.sink ??= this.open(this.parts.length + 1);
    await this.sink.write(this.lines);
    this.lines = [];
  }

  private async closePart(): Promise<void> {
    await this.flush();
    await this.sink!.close();
    this.parts.push({ part: this.parts.length + 1, records: this.records, bytes: this.bytes });
    this.sink = undefined;
    this.records = 0;
    this.bytes = 0;
  }
}
