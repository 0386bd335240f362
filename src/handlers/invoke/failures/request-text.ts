import { KNOWN_WORDS } from './known-words';

/** Above this many characters a request is not compared: of a text only the known words and the ARNs are then kept. */
const MOST_CHARACTERS = 100_000;
/** What an image or a document looks like in JSON: long, and no text. */
const ENCODED = /^[\w+/=-]{1000}/;
/** So many characters in common are no chance. */
const SHARED_CHARACTERS = 8;
/** Nor are so many words, however common each of them is. */
const SHARED_WORDS = 4;

/** An ARN, which names a resource of the account, or a word. */
const WORD = /arn:aws[^\s"'`]*|[\p{L}\p{M}\p{N}]+/gu;
/** A word as English and field names have them, or a number that is no key. */
const PLAIN = /^(?:[a-z]{1,40}|\d{1,7})$/;
/** As in `messages.0.content`. */
const INDEX = /^\d\d?$/;
/** What begins an escaped character: the word behind it is not what the request says, but may mean it. */
const ESCAPES = '\\%&#';
const QUOTATION = /"[^"]{1,200}"|'[^']{1,200}'|`[^`]{1,200}`/g;

/** Whether a part of the text, by its place and length, has to do with the request. */
type Overlaps = (start: number, length: number) => boolean;

/**
 * A text of the service without the parts that it has in common with the request, so that it may be logged: errors quote what
 * they refuse, whole or cut, as it was or escaped anew. Words that services use anyway are kept, up to three in a row.
 *
 * Any other word is left out within a quotation or eight characters in common. `lenient` is enough for errors of another kind,
 * where a word in common is mostly chance; in `strict` ones, about the request, it is left out too if the request holds it
 * anywhere, or if it is no plain word. So it is in a text with escaped signs, which something must have been written into.
 */
export function withoutRequest(text: string, request: unknown, rule: 'strict' | 'lenient'): string {
  const given = textsOf(request);
  const holds = (part: string) => given === undefined || given.includes(part.toLowerCase());
  const words = [...text.matchAll(WORD)];
  const isEscaped = ({ index }: RegExpExecArray) => ESCAPES.includes(text.charAt(index - 1) || ' ');
  const careful = rule === 'strict' || words.some(isEscaped);
  const shared = given === undefined ? [] : sharedCharacters(text, holds);
  // Of a request that is not compared anything but a short number, such as an index, may be a part.
  const overlaps = (start: number, length: number) => given === undefined ? length > 2 : shared.slice(start, start + length).includes(true);

  const left = words.map((match) => {
    const { 0: word, index } = match;
    if (KNOWN_WORDS.has(word.toLowerCase())) return false;
    if (word.startsWith('arn:') && (given !== undefined || !careful)) return given !== undefined && holds(word.replace(/[.,;:)\]}>]$/, ''));
    if (overlaps(index, word.length)) return true;
    if (!careful) return given === undefined || word.length > 40;
    if (INDEX.test(word)) return false;
    return isEscaped(match) || !PLAIN.test(word.toLowerCase()) || holds(word);
  });
  words.forEach(({ index }, first) => {
    const last = words[first + SHARED_WORDS - 1];
    if (last && given !== undefined && holds(text.slice(index, endOf(last)))) left.fill(true, first, first + SHARED_WORDS);
  });
  return joined(text, words, left, overlaps);
}

/** Which characters of a text stand in one of the quotations or rows of characters that the request holds too. */
function sharedCharacters(text: string, holds: (part: string) => boolean): boolean[] {
  const shared: boolean[] = new Array(text.length).fill(false);
  for (const { 0: quotation, index } of text.matchAll(QUOTATION)) {
    if (holds(quotation.slice(1, -1))) shared.fill(true, index, index + quotation.length);
  }
  for (let start = 0; start + SHARED_CHARACTERS <= text.length; start++) {
    const end = start + SHARED_CHARACTERS;
    if (holds(text.slice(start, end))) shared.fill(true, start, end);
  }
  return shared;
}

/** The text again, with one mark for each row of words that are left out. */
function joined(text: string, words: RegExpExecArray[], left: boolean[], overlaps: Overlaps): string {
  let kept = '';
  let end = 0;
  words.forEach((word, index) => {
    if (!left[index]) kept += `${signs(text, end, word.index, overlaps)}${word[0]}`;
    else if (!left[index - 1]) kept += `${signs(text, end, word.index, overlaps)}…`;
    end = endOf(word);
  });
  return kept + signs(text, end, text.length, overlaps);
}

/** What stands between words: signs of ASCII, unless many in a row stand in the request too. */
function signs(text: string, start: number, end: number, overlaps: Overlaps): string {
  return text.slice(start, end).replace(/\S+/g, (row: string, at: number) =>
    /[^\x21-\x7e‘’“”…–—]/.test(row) || (row.length >= 4 && overlaps(start + at, row.length)) ? '…' : row);
}

function endOf({ 0: word, index }: RegExpExecArray): number {
  return index + word.length;
}

/** All strings of a request, its field names too, in lower case; undefined if there are too many to compare with, or none were read. */
function textsOf(request: unknown): string | undefined {
  if (request === undefined) return undefined;
  const texts: string[] = [];
  let length = 0;
  const waiting = [request];
  while (waiting.length > 0 && length <= MOST_CHARACTERS) {
    const value = waiting.pop();
    if (typeof value === 'string') {
      if (!ENCODED.test(value)) length += texts[texts.push(value) - 1].length;
    } else if (typeof value === 'object' && value !== null) {
      for (const entry of Array.isArray(value) ? value : Object.entries(value).flat()) waiting.push(entry);
    }
  }
  return length > MOST_CHARACTERS ? undefined : texts.join('\n').toLowerCase();
}
