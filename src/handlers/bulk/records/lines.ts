/** One line of a file, without its end. */
export interface Line {
  /** From 1 on. */
  readonly number: number;
  /** Its bytes; nothing if there are more of them than were asked for. */
  readonly bytes?: Buffer;
}

const NEWLINE = 10;
const RETURN = 13;

/**
 * The lines of a text, some at a time as its chunks come in. Blank lines are counted and left out. No more of a line is kept than
 * `most` bytes, so a file without line ends fills no memory.
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>, most: number): AsyncGenerator<Line[]> {
  let number = 0;
  let begun: Buffer[] = [];
  let length = 0;
  const ended = (rest: Buffer): Line | undefined => {
    number++;
    const tooLong = length + rest.length > most;
    const bytes = tooLong ? undefined : withoutReturn(begun.length > 0 ? Buffer.concat([...begun, rest]) : rest);
    begun = [];
    length = 0;
    return tooLong ? { number } : isBlank(bytes!) ? undefined : { number, bytes };
  };
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const line = ended(chunk.subarray(start, end));
      if (line) lines.push(line);
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    if (length > most) begun = [];
    else if (rest.length > 0) begun.push(rest);
    if (lines.length > 0) yield lines;
  }
  const last = length > 0 ? ended(Buffer.alloc(0)) : undefined;
  if (last) yield [last];
}

function withoutReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes;
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 32 || byte === 9 || byte === RETURN);
}
