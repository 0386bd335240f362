/** A page of a list, and the token of the next one. */
export function page<T>(all: T[], token: string | undefined, size: number): { items: T[]; token?: string } {
  const start = token === undefined ? 0 : Number(token);
  const next = start + size;
  return { items: all.slice(start, next), ...(next < all.length && { token: String(next) }) };
}
