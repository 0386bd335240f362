import { isKnown } from './known-words';

/** Above this many characters a request is not compared. */
const MOST_CHARACTERS = 100_000;
/** What an image or a document looks like in JSON: long, and no text. */
const ENCODED = /^[\w+/=-]{1000}/;
/** So many words in common are no chance, however common each of them is; in a quotation they need not be in common. */
const MANY_WORDS = 4;

/** An ARN, which names a resource of the account, an action as policies write it, or a word. */
const WORD = /arn:aws[^\s"'`]*|(?<![a-z\d-])[a-z][a-z\d-]{0,40}:[A-Z]\w*|[\p{L}\p{M}\p{N}]+/gu;
const QUOTATION = /"[^"]{0,2000}"|`[^`]{0,2000}`|(?<!\w)'[^']{0,2000}'/g;
/** The index of a path, as in `messages.0.content`. */
const INDEX = /^\d\d?$/;

/**
 * A text of the service as it may be logged: its known words and the paths of fields, with one mark for each row of other words.
 * Errors quote the request, whole or cut, as it was or encoded anew, and the answer, which is not here to be compared. So what
 * the text shares with them does not decide what is kept, but for a row of known words that the request holds too.
 *
 * `denial` says that IAM wrote the text: its ARNs and actions are kept, unless the request holds them.
 */
export function withoutRequest(text: string, request: unknown, denial: boolean): string {
  const given = textsOf(request);
  const said = text.replace(QUOTATION, (quotation) => wordsOf(quotation).length < MANY_WORDS ? quotation : '…');
  const words = [...said.matchAll(WORD)];
  const kept: boolean[] = [];
  words.forEach(({ 0: word, index }, at) => {
    const before = words[at - 1];
    const inPath = INDEX.test(word) && kept[at - 1] && !INDEX.test(before[0]) && /^[.[]$/.test(said.slice(endOf(before), index));
    kept.push(inPath || isKnown(word) || (denial && word.includes(':') && !given.includes(word.toLowerCase())));
  });
  const row = ` ${wordsOf(given).join(' ')} `;
  for (let at = 0; at + MANY_WORDS <= words.length; at++) {
    const some = words.slice(at, at + MANY_WORDS).map(([word]) => word.toLowerCase());
    if (row.includes(` ${some.join(' ')} `)) kept.fill(false, at, at + MANY_WORDS);
  }
  return joined(said, words, kept);
}

/** The text again, with one mark for each row of words that are left out. */
function joined(text: string, words: RegExpExecArray[], kept: boolean[]): string {
  let all = '';
  let end = 0;
  words.forEach((word, at) => {
    if (kept[at]) all += signs(text.slice(end, word.index)) + word[0];
    else if (at === 0 || kept[at - 1]) all += `${signs(text.slice(end, word.index))}…`;
    end = endOf(word);
  });
  return all + signs(text.slice(end));
}

/** What stands between words: a few signs of ASCII at a time. */
function signs(text: string): string {
  return text.replace(/\S+/g, (row) => /[^\x21-\x7e‘’“”…–—]|.{4}/.test(row) ? '…' : row);
}

function endOf({ 0: word, index }: RegExpExecArray): number {
  return index + word.length;
}

function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** All strings of a request, its field names too, in lower case; none if there are too many to compare with. */
function textsOf(request: unknown): string {
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
  return length > MOST_CHARACTERS ? '' : texts.join('\n').toLowerCase();
}
