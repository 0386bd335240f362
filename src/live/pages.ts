import { partialAnswer } from './failure';

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
