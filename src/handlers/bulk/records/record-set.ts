import { csvRows } from './csv-rows';
import { linesOf } from './lines';
import { CheckedRecord, MOST_LINE_BYTES, ProblemCode, RecordCheck, RecordProblem } from './record-check';

/** How the records of a file are written. */
export type RecordFormat = 'jsonl' | 'csv';

/** A problem and the file that it is in. */
export interface FileProblem extends RecordProblem {
  readonly file: string;
}

/** What is known of a set of records when all of it was read. */
export interface SetReport {
  readonly records: number;
  /** Of the records as batch inference takes them. */
  readonly bytes: number;
  readonly problems: number;
  /** How many problems of each kind there are. */
  readonly codes: { readonly [code in ProblemCode]?: number };
  /** The first of them. */
  readonly first: readonly FileProblem[];
}

/** Problems that are named; the rest is counted. */
const MOST_NAMED = 20;

/** The format that a file's name tells. */
export function formatOf(name: string): RecordFormat {
  return name.toLowerCase().endsWith('.csv') ? 'csv' : 'jsonl';
}

/** Reads the files of one set, one after another, and counts what it finds. No more is kept in memory than the IDs, and the chunk that is read. */
export class RecordSet {
  private records = 0;
  private bytes = 0;
  private readonly codes = new Map<ProblemCode, number>();
  private readonly first: FileProblem[] = [];

  constructor(private readonly check: RecordCheck) {}

  get report(): SetReport {
    const { records, bytes, codes, first } = this;
    return { records, bytes, problems: [...codes.values()].reduce((sum, count) => sum + count, 0), codes: Object.fromEntries(codes), first };
  }

  /** The good records of a file, some at a time. */
  async* read(file: string, chunks: AsyncIterable<Buffer>, format = formatOf(file)): AsyncGenerator<CheckedRecord[]> {
    const { check } = this;
    if (format === 'csv') for await (const rows of csvRows(chunks, MOST_LINE_BYTES)) yield this.good(file, rows, (row) => check.csv(row));
    else for await (const lines of linesOf(chunks, MOST_LINE_BYTES)) yield this.good(file, lines, (line) => check.line(line));
  }

  private good<T>(file: string, items: T[], checkedOf: (item: T) => CheckedRecord | RecordProblem): CheckedRecord[] {
    const records: CheckedRecord[] = [];
    for (const item of items) {
      const checked = checkedOf(item);
      if ('text' in checked) {
        records.push(checked);
        this.records++;
        this.bytes += Buffer.byteLength(checked.text) + 1;
      } else {
        this.codes.set(checked.code, (this.codes.get(checked.code) ?? 0) + 1);
        if (this.first.length < MOST_NAMED) this.first.push({ file, ...checked });
      }
    }
    return records;
  }
}
