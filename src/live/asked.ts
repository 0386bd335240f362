import { Asking, Failure, failureOf, partialAnswer } from './failure';

/**
 * The answer to a question, or why there is none.
 */
export interface Asked<T> {
  readonly value?: T;
  readonly failure?: Failure;
}

/** Characters that a terminal obeys rather than shows: control characters, what turns the direction of text, and line separators. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Asks one question. Never throws: what goes wrong is told apart and kept. Texts of the answer, which comes from anywhere that the
 * environment points to, are escaped here, where they come in.
 */
export async function ask<T>(action: string, asking: Asking, send: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { value: escaped(await send()) };
  } catch (error) {
    return { failure: escaped(failureOf(error, action, asking)) };
  }
}

/** Every item of an answer that comes in pages. */
export async function pages<P, T>(
  send: (token?: string) => Promise<P>, tokenOf: (page: P) => string | undefined, itemsOf: (page: P) => T[] | undefined): Promise<T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  for (let token: string | undefined, more = true; more;) {
    const page: P = await send(token);
    const found = itemsOf(page);
    // Whatever else stands there, such as a text, is no list.
    if (!Array.isArray(found)) throw partialAnswer('its list');
    items.push(...found);
    token = tokenOf(page);
    // A token that comes again would be asked for ever.
    if (token && seen.has(token)) throw partialAnswer('a next page: the same page token came twice');
    if (token) seen.add(token);
    more = token !== undefined && token !== '';
  }
  return items;
}

/** The same with every control character in its texts written out, as in `\u001b`. */
function escaped<T>(value: T): T {
  if (typeof value === 'string') return value.replace(OBEYED, (one) => `\\u${one.codePointAt(0)!.toString(16).padStart(4, '0')}`) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(escaped) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escaped(item as unknown)])) as T;
}
