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

function symbolOf(name: string): symbol {
  return Symbol.for(`cdk-bedrock-haiku.${name}`);
}
