import type { BatchItem, SetOptions } from '../../../contract/bulk-set';
import type { Buckets, ObjectWriter } from '../aws/buckets';
import type { RecordSink } from '../records/part-writer';

/** A file of records, and beside it the places of the batches that workers ask, so that no state machine carries records. */
export class RecordFile implements RecordSink {
  /** How many batches there are; known when it is closed. */
  batches = 0;
  private readonly records: ObjectWriter;
  private readonly index: ObjectWriter;
  private start = 0;
  private open = { records: 0, bytes: 0 };

  constructor(buckets: Buckets, bucket: string, private readonly key: string, indexKey: string, private readonly limits: SetOptions['batch']) {
    this.records = buckets.writer(bucket, key);
    this.index = buckets.writer(bucket, indexKey);
  }

  async write(lines: readonly string[]): Promise<void> {
    await this.records.write(`${lines.join('\n')}\n`);
    for (const line of lines) {
      const bytes = Buffer.byteLength(line) + 1;
      if (this.open.records > 0 && (this.open.records >= this.limits.records || this.open.bytes + bytes > this.limits.bytes)) await this.closeBatch();
      this.open = { records: this.open.records + 1, bytes: this.open.bytes + bytes };
    }
  }

  async close(): Promise<void> {
    if (this.open.records > 0) await this.closeBatch();
    await this.records.close();
    await this.index.close();
  }

  private async closeBatch(): Promise<void> {
    const { start, key, open } = this;
    const item: BatchItem = { batch: ++this.batches, key, start, ...open };
    await this.index.write(`${JSON.stringify(item)}\n`);
    this.start += open.bytes;
    this.open = { records: 0, bytes: 0 };
  }
}
