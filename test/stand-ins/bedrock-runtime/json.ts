/** A JSON object that came over the wire: nothing is known about it yet. */
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; an empty list for anything that is not one. */
export function objectsIn(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}
