/** Node.js 22 and later write a number as it is spelled. Lambda's runtime does so with what a handler returns. */
const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };

/** Marks a number inside a JSON text; nobody outside can know it, and what they could do with it is write a number. */
const MARK = `number ${Math.random()} `;
const MARKED = new RegExp(`"${MARK}([^"]+)"`, 'g');

const [QUOTE, MINUS, ZERO, NINE] = [34, 45, 48, 57];
/** What a number is written with besides digits. A list, since an init pays for each regular expression that a call meets. */
const OF_NUMBERS = '+-.eE';

/** A number that a double cannot hold as it is spelled: 12345678901234567890, 1e400, -0, 1.10. It is written as it was read. */
export class ExactNumber {
  constructor(private readonly literal: string) {}

  toString(): string {
    return this.literal;
  }

  toJSON(): unknown {
    return rawJSON ? rawJSON(this.literal) : MARK + this.literal;
  }
}

/**
 * JSON.parse, with the numbers that it would change as an `ExactNumber`. Throws what JSON.parse throws.
 *
 * It reads the bodies of HTTP requests and queue messages. A direct invocation's event comes as objects: what its numbers were spelled
 * like, only Lambda's runtime knows.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const marked = markNumbers(text);
  if (marked === text) return value;
  return JSON.parse(marked, (_, part: unknown) => typeof part === 'string' && part.startsWith(MARK) ? new ExactNumber(part.slice(MARK.length)) : part);
}

/** The same for an answer that Lambda's runtime writes: before Node.js 22 it has no way to write an exact number. */
export function parseAnswer(text: string): unknown {
  return rawJSON ? parseJson(text) : JSON.parse(text);
}

/** The same value with each -0 as an exact number. */
export function withNegativeZeros(value: unknown): unknown {
  const zero = new ExactNumber('-0').toJSON();
  return parseJson(jsonText(value, (_, part) => Object.is(part, -0) ? zero : part));
}

/** JSON.stringify, with exact numbers as they were read. */
export function jsonText(value: unknown, replacer?: (key: string, part: unknown) => unknown): string {
  const text = JSON.stringify(value, replacer);
  return rawJSON || !text?.includes(MARK) ? text : text.replace(MARKED, '$1');
}

/** A number in either form, as the nearest double. */
export function numberOf(value: unknown): number | undefined {
  if (value instanceof ExactNumber) return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** The JSON text with marked strings in place of the numbers that JSON.parse would change. Each character is looked at once. */
function markNumbers(text: string): string {
  let marked = '';
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(text, at);
    } else if (code === MINUS || code >= ZERO && code <= NINE) {
      const start = at;
      // What ends a number in JSON: a comma, a bracket, a space, the end.
      while (isOfNumber(text.charAt(at + 1))) at++;
      const literal = text.slice(start, at + 1);
      if (String(Number(literal)) === literal) continue;
      marked += `${text.slice(copied, start)}"${MARK}${literal}"`;
      copied = at + 1;
    }
  }
  return marked + text.slice(copied);
}

function isOfNumber(character: string): boolean {
  return character >= '0' && character <= '9' || character !== '' && OF_NUMBERS.includes(character);
}

/** Where a string ends that begins here: at a quotation mark with an even number of backslashes before it. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end;
  }
}
