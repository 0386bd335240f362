import { isUtf8 } from 'buffer';
import { readFileSync } from 'fs';
import { HaikuError, shown } from './errors';

/** The character that some editors put before the text. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What a file is read for, in the words of its messages. */
export interface TextFileKind {
  /** For example "a model card file". */
  readonly expected: string;
  /** What is said of a file that cannot be read, besides that a relative path starts where the app runs. */
  readonly advice?: string;
  /** What it is that has no byte order mark. */
  readonly content: string;
}

/** The text of a file. The pure layers judge text; this is the one place that reads it for them. */
export function readText(path: string, kind: TextFileKind): string {
  const bytes = readBytes(path, kind);
  // Read leniently, each byte that is no UTF-8 would become another character in silence.
  if (!isUtf8(bytes)) {
    throw new HaikuError(`File is not text in UTF-8, got ${shown(path)}; expected ${kind.expected}, which is. Save it as UTF-8, not as Latin-1, Windows-1252 or UTF-16.`);
  }
  const text = bytes.toString('utf8');
  if (text.startsWith(BYTE_ORDER_MARK)) {
    throw new HaikuError(`File begins with a byte order mark, got ${shown(path)}; expected ${kind.content}, which has none. Save it as UTF-8 without BOM.`);
  }
  return text;
}

function readBytes(path: string, { expected, advice }: TextFileKind): Buffer {
  try {
    // A number would be read as an open file, 0 as standard input.
    if (typeof path !== 'string') throw new TypeError('not a path');
    return readFileSync(path);
  } catch (error) {
    throw new HaikuError(
      `File cannot be read, got ${shown(path)} (${(error as NodeJS.ErrnoException).code ?? String(error)}); expected ${expected}. `
      + `A relative path starts where the app runs: pass an absolute one.${advice ? ` ${advice}` : ''}`);
  }
}
