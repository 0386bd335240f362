import { fstatSync } from 'node:fs';
import { stripVTControlCharacters, styleText } from 'node:util';
import { Table } from 'console-table-printer';
import type { ExitCode } from './command';
import { writeAll } from './output-file';

/** Nothing is said about what takes less. */
const QUIET_MS = 1000;

/** The narrowest that the last column may become. */
const NARROWEST = 24;
const GAP = 2;
const NO_LINE = { left: '', mid: '', right: '', other: '' };

/** A stream of a process, whose descriptor Node's types leave out. */
type Stream = NodeJS.WriteStream & { readonly fd?: number };

type Style = 'bold' | 'green' | 'yellow' | 'red' | 'dim';

/** Where a command writes: results to stdout, everything else to stderr. */
export class Terminal {
  /** Characters a line may have. */
  readonly width: number;
  private readonly colours: boolean;
  private started?: number;
  private lastSaid = 0;
  private line = false;
  /** Why a result could not be written, if it could not, and where. */
  private unwritten?: string;
  private said = false;

  constructor(private readonly out: NodeJS.WriteStream, private readonly err: NodeJS.WriteStream, env: NodeJS.ProcessEnv) {
    this.width = Math.min(Math.max(out.columns || 80, 60), 120);
    this.colours = Boolean(out.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
  }

  print(text: string): void {
    this.clear();
    this.write(this.out, 'Standard output', text);
  }

  /** A result that is to go to stderr. */
  printToErr(text: string): void {
    this.clear();
    this.write(this.err, 'Standard error', text);
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

  /** What could not be written. A reader that has seen enough, such as head, is no failure. */
  lost({ code, message }: NodeJS.ErrnoException, where: string = 'Standard output'): void {
    if (code !== 'EPIPE') this.unwritten ??= `${where} cannot be written (${code ?? message})`;
  }

  /** Waits until all is written; says so and answers false if a result is not. */
  async written(): Promise<boolean> {
    await new Promise<void>((resolve) => this.out.write('', () => resolve()));
    if (this.unwritten === undefined) return true;
    if (!this.said) this.remark(`${this.unwritten}; expected a place with room that can be written. The result is lost.`);
    this.said = true;
    return false;
  }

  /** Node's stream to a file takes the part that a full disk had room for as the whole. */
  private write(stream: Stream, where: string, text: string): void {
    try {
      if (isFile(stream)) writeAll(stream.fd!, `${text}\n`);
      else stream.write(`${text}\n`);
    } catch (error) {
      this.lost(error as NodeJS.ErrnoException, where);
    }
  }

  private clear(): void {
    if (this.line) this.err.write('\r\u001b[2K');
    this.line = false;
  }
}

/** Whether a stream goes to a file or a device, and not to a terminal, a pipe or a socket. */
function isFile({ fd, isTTY }: Stream): boolean {
  if (typeof fd !== 'number' || isTTY) return false;
  const found = fstatSync(fd);
  return !found.isFIFO() && !found.isSocket();
}

/** Rows under their titles, without borders; the last column wraps within the width. */
function columns(titles: string[], rows: string[][], width: number): string {
  const others = titles.slice(0, -1).map((title, index) => Math.max(...[title, ...rows.map((row) => row[index])].map(visibleLength)));
  const left = others.reduce((sum, length) => sum + length + GAP, 0);
  const table = new Table({
    shouldDisableColors: true,
    columns: titles.map((title, index) => ({
      name: String(index), title, alignment: 'left' as const, ...(index === titles.length - 1 && { maxLen: Math.max(width - left, NARROWEST) }),
    })),
    style: { headerTop: NO_LINE, headerBottom: NO_LINE, tableBottom: NO_LINE, rowSeparator: NO_LINE, vertical: '' },
  });
  for (const row of rows) table.addRow(Object.fromEntries(row.map((cell, index) => [String(index), cell])));
  return table.render().split('\n').map((line) => line.replace(/^ /, '').trimEnd()).filter((line) => line !== '').join('\n');
}

/** Colours take no place. */
function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** Takes what a command does once its options are read, carries it out and keeps its exit code. */
export type Perform = (run: (terminal: Terminal) => ExitCode | Promise<ExitCode>) => Promise<void>;
