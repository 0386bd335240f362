import { KNOWN_WORDS } from './known-words';

/** Above this many characters a request is not compared: nothing but the known words of a text are then kept. */
const MOST_CHARACTERS = 500_000;
/** Parts of a text that are looked for in the request at most, since each look reads all of it. */
const MOST_LOOKS = 500;

/** An ARN, which names a resource of the account, or a word. */
const WORD = /arn:aws[^\s"'`]*|[\p{L}\p{M}\p{N}]+/gu;
/** A word as English and field names have them, or a number that is no key. */
const PLAIN = /^(?:[a-z]{1,40}|\d{1,7})$/;
/** What begins an escaped character: the word behind it is not what the request says, but may mean it. */
const ESCAPES = '\\%&#';
const QUOTATION = /"[^"]{1,200}"|'[^']{1,200}'|`[^`]{1,200}`/g;

/**
 * A text of the service without the parts that it has in common with the request, so that it may be logged: errors quote what
 * they refuse, whole or cut, as it was or escaped anew. Words that services use anyway are kept, up to three in a row.
 *
 * `strict`, for errors about the request: every other word is left out that the request holds anywhere, or that is no plain word.
 * `lenient`, for all other errors, where a word in common is mostly chance: it is left out if it is long, stands in quotation
 * marks, or has a neighbour in common too.
 */
export function withoutRequest(text: string, request: unknown, rule: 'strict' | 'lenient'): string {
  const given = textsOf(request);
  let looks = 0;
  const holds = (part: string): boolean => given === undefined || ++looks > MOST_LOOKS || given.includes(part.toLowerCase());

  const words = [...text.matchAll(WORD)];
  const quotations = [...text.matchAll(QUOTATION)].filter(([whole]) => rule === 'lenient' && holds(whole.slice(1, -1)));
  const left = words.map(({ 0: word, index }) => {
    if (isKnown(word)) return false;
    if (word.startsWith('arn:')) return rule === 'strict' || given !== undefined ? holds(word) : false;
    if (rule === 'strict') return ESCAPES.includes(text.charAt(index - 1)) || !PLAIN.test(word.toLowerCase()) || holds(word);
    return word.length >= 8 && holds(word);
  });
  words.forEach(({ index }, first) => {
    if (quotations.some((quotation) => index > quotation.index && index < quotation.index + quotation[0].length)) left[first] = true;
    for (const count of given === undefined ? [] : [2, 4]) {
      const run = words.slice(first, first + count);
      const part = text.slice(index, endOf(run.at(-1)!));
      if (run.length < count || (count === 2 && (part.length < 8 || run.every(({ 0: word }) => isKnown(word))))) continue;
      if (holds(part)) left.fill(true, first, first + count);
    }
  });
  return joined(text, words, left, holds);
}

/** The text again, with one mark for each row of words that are left out. */
function joined(text: string, words: RegExpExecArray[], left: boolean[], holds: (part: string) => boolean): string {
  let kept = '';
  let end = 0;
  words.forEach((word, index) => {
    const between = text.slice(end, word.index);
    end = endOf(word);
    if (!left[index]) kept += `${signs(between, holds)}${word[0]}`;
    else if (!left[index - 1]) kept += `${signs(between, holds)}…`;
  });
  return kept + signs(text.slice(end), holds);
}

/** What stands between words: signs of ASCII, unless the request has the same in a row. */
function signs(between: string, holds: (part: string) => boolean): string {
  return between.replace(/[^\s"'`]+/g, (row) => (row.length >= 4 && holds(row)) || /[^\x21-\x7e‘’“”…–—]/.test(row) ? '…' : row);
}

function isKnown(word: string): boolean {
  return KNOWN_WORDS.has(word.toLowerCase()) || /^\d\d?$/.test(word);
}

function endOf({ 0: word, index }: RegExpExecArray): number {
  return index + word.length;
}

/** All strings of a request, its field names too, in lower case; undefined if there are too many to compare with. */
function textsOf(request: unknown): string | undefined {
  if (request === undefined) return undefined;
  const texts: string[] = [];
  let length = 0;
  const waiting = [request];
  while (waiting.length > 0 && length <= MOST_CHARACTERS) {
    const value = waiting.pop();
    if (typeof value === 'string') length += texts[texts.push(value) - 1].length;
    else if (Array.isArray(value)) for (const item of value) waiting.push(item);
    else if (typeof value === 'object' && value !== null) for (const entry of Object.entries(value)) waiting.push(...entry);
  }
  return length > MOST_CHARACTERS ? undefined : texts.join('\n').toLowerCase();
}
