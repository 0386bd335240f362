import { styleText } from 'node:util';
import { columns } from './columns';

/** Nothing is said about what takes less. */
const QUIET_MS = 1000;

type Style = 'bold' | 'green' | 'yellow' | 'red' | 'dim';

/** Where a command writes: results to stdout, everything else to stderr. */
export class Terminal {
  /** Characters a line may have. */
  readonly width: number;
  private readonly colours: boolean;
  private started?: number;
  private lastSaid = 0;
  private line = false;
  /** Why the result could not be written, if it could not. */
  private unwritten?: NodeJS.ErrnoException;

  constructor(private readonly out: NodeJS.WriteStream, private readonly err: NodeJS.WriteStream, env: NodeJS.ProcessEnv) {
    this.width = Math.min(Math.max(out.columns || 80, 60), 120);
    this.colours = Boolean(out.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
  }

  print(text: string): void {
    this.clear();
    this.out.write(`${text}\n`);
  }

  printJson(value: unknown): void {
    this.print(JSON.stringify(value, undefined, 2));
  }

  /** Rows under their titles; the last column wraps. */
  columns(titles: string[], rows: string[][]): string {
    return columns(titles, rows, this.width);
  }

  /** Names with their values, which wrap. */
  fields(rows: string[][]): string {
    return columns(['', ''], rows, this.width);
  }

  /** Prose, which wraps; its own line breaks stay. */
  prose(text: string): string {
    return text.split('\n').map((line) => columns([''], [[line]], this.width)).join('\n');
  }

  /** A remark that is no part of the result. */
  remark(text: string): void {
    this.clear();
    this.err.write(`${text}\n`);
  }

  style(style: Style, text: string): string {
    // Node would judge by its own stdout, and leave the colours out in a test or behind a wrapper.
    return this.colours ? styleText(style, text, { validateStream: false }) : text;
  }

  /** Says how far a long command is, on one line of a terminal or now and then in a log. */
  progress(text: string): void {
    const now = Date.now();
    this.started ??= now;
    if (now - this.started < QUIET_MS) return;
    if (this.err.isTTY) {
      this.err.write(`\r\u001b[2K${text}`);
      this.line = true;
    } else if (now - this.lastSaid >= QUIET_MS) {
      this.err.write(`${text}\n`);
      this.lastSaid = now;
    }
  }

  /** What could not be written to standard output. A reader that has seen enough, such as head, is no failure. */
  lost(error: NodeJS.ErrnoException): void {
    if (error.code !== 'EPIPE') this.unwritten ??= error;
  }

  /** Waits until all is written; says so and answers false if the result is not. */
  async written(): Promise<boolean> {
    await new Promise<void>((resolve) => this.out.write('', () => resolve()));
    if (!this.unwritten) return true;
    this.remark(`Standard output cannot be written (${this.unwritten.code ?? this.unwritten.message}); expected a place with room that can be written. The result is lost.`);
    return false;
  }

  private clear(): void {
    if (this.line) this.err.write('\r\u001b[2K');
    this.line = false;
  }
}
