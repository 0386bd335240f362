/** One row of a CSV file: its fields under the names of the first row, or why it has none. */
export interface CsvRow {
  /** The line that it begins on. */
  readonly number: number;
  readonly fields?: Record<string, string>;
  readonly problem?: string;
}

const QUOTE = '"';

/**
 * The rows of a CSV file (RFC 4180: fields between commas, a quoted field may hold commas, line ends and doubled quotation marks), some at
 * a time as its chunks come in. The first row names the fields. No row may have more characters than `most`.
 */
export async function* csvRows(chunks: AsyncIterable<Buffer>, most: number): AsyncGenerator<CsvRow[]> {
  const decoder = new TextDecoder();
  const rows = new CsvRows(most);
  for await (const chunk of chunks) {
    const read = rows.take(decoder.decode(chunk, { stream: true }));
    if (read.length > 0) yield read;
  }
  const last = rows.end(decoder.decode());
  if (last.length > 0) yield last;
}

class CsvRows {
  private names?: string[];
  private row: string[] = [];
  private field = '';
  private length = 0;
  private quoted = false;
  /** A quotation mark came inside a quoted field: the next sign tells whether it ends it. */
  private maybeEnd = false;
  private line = 1;
  private begun = 1;
  private read: CsvRow[] = [];

  constructor(private readonly most: number) {}

  take(text: string): CsvRow[] {
    for (const sign of text) this.sign(sign);
    const { read } = this;
    this.read = [];
    return read;
  }

  end(text: string): CsvRow[] {
    const before = this.take(text);
    const open = this.quoted && !this.maybeEnd;
    if (open) this.read.push({ number: this.begun, problem: 'It has a quotation mark that no other one closes.' });
    else if (this.row.length > 0 || this.field !== '') this.endRow();
    return [...before, ...this.read];
  }

  private sign(sign: string): void {
    if (sign === '\n') this.line++;
    if (this.maybeEnd) {
      this.maybeEnd = false;
      if (sign === QUOTE) return this.add(sign);
      this.quoted = false;
    } else if (this.quoted) {
      if (sign === QUOTE) this.maybeEnd = true;
      else this.add(sign);
      return;
    }
    if (sign === QUOTE && this.field === '') this.quoted = true;
    else if (sign === ',') this.endField();
    else if (sign === '\n') this.endRow();
    else if (sign !== '\r') this.add(sign);
  }

  private add(sign: string): void {
    this.length++;
    if (this.length <= this.most) this.field += sign;
  }

  private endField(): void {
    this.row.push(this.field);
    this.field = '';
  }

  private endRow(): void {
    this.endField();
    const { row, names, begun: number, length } = this;
    this.row = [];
    this.length = 0;
    this.begun = this.line;
    if (row.length === 1 && row[0] === '') return;
    if (!names) {
      this.names = row.map((name) => name.replace(/^\uFEFF/, '').trim());
      return;
    }
    if (length > this.most) this.read.push({ number, problem: `It has more than ${this.most} characters.` });
    else if (row.length !== names.length) this.read.push({ number, problem: `It has ${row.length} fields, and the first row names ${names.length}.` });
    else this.read.push({ number, fields: Object.fromEntries(row.map((value, index) => [names[index], value])) });
  }
}
