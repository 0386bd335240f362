import { ExactNumber, jsonText } from './exact-json';

/** A JSON object of which nothing more is known. */
export interface JsonObject {
  readonly [field: string]: unknown;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** The objects in a list that may be anything: what the handler does not understand is the service's to judge. */
export function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Any JSON value as text. `String` fails on an object with a `toString` of its own, which JSON can hold. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return `${jsonText(value)}`;
  } catch {
    return 'a value that is nested too deeply';
  }
}
