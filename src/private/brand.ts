import { HaikuError, shown } from './errors';

/**
 * Marks the objects of a class, so that another installed copy of this package knows them too. `instanceof` knows only those of its
 * own copy, and a repository with several packages often has two.
 */
export function brand(type: { readonly prototype: object }, name: string): void {
  Object.defineProperty(type.prototype, symbolOf(name), { value: true });
}

/** Whether a value is of the class, made by this copy of the package or by another one. */
export function isBranded(value: unknown, name: string): boolean {
  try {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[symbolOf(name)] === true;
  } catch {
    return false;
  }
}

/** What our own factories show to a constructor. */
export const FACTORY = Symbol('factory');

/** Throws if a constructor is called by somebody else: JavaScript has no private ones, and what they are given is not checked. */
export function onlyByFactory(caller: unknown, className: string, factories: string): void {
  if (caller === FACTORY) return;
  throw new HaikuError(`${className} has no public constructor, got new ${className}(...); expected ${factories}. Call that instead: it checks what it is given.`);
}

/** The value as it stands in a message that says it is not one of the class. It may be one to the eye: another copy's, of a release that this one cannot read. */
export function shownAsNo(className: string, value: unknown): string {
  const text = shown(value);
  const looks = text.endsWith(` ${className}`) || text.startsWith(`${className} at `);
  return looks && typeof value === 'object' ? `${text} of another copy of cdk-bedrock-haiku, which this one cannot read (npm ls cdk-bedrock-haiku shows both)` : text;
}

/** What `read` makes of an object of another copy; nothing if it is of a release that this one cannot read. */
export function adopted<T>(value: unknown, className: string, read: (theirs: T) => T): T | undefined {
  if (!isBranded(value, className)) return undefined;
  try {
    return read(value as T);
  } catch {
    return undefined;
  }
}

function symbolOf(name: string): symbol {
  return Symbol.for(`cdk-bedrock-haiku.${name}`);
}
