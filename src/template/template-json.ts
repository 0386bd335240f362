/** The sections of a template that its values depend on. */
export interface TemplateJson {
  readonly Parameters?: Record<string, { readonly Type: string; readonly Default?: unknown }>;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly Conditions?: Record<string, unknown>;
}

/** A whole template, of which nothing is known but that it is an object: what it holds may be anything, at any place. */
export interface WholeTemplate extends TemplateJson {
  readonly Transform?: unknown;
  readonly Globals?: unknown;
  readonly Resources?: unknown;
  readonly Outputs?: unknown;
  readonly Metadata?: unknown;
}

/** Whether a value is an object with fields, and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an object holds under a key of its own. */
export function own<T>(record: Record<string, T> | undefined | null, key: string): T | undefined {
  return typeof record === 'object' && record !== null && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** What a text says as JSON; nothing if it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What stands at a path of an object of which nothing is known; nothing if there is no such path. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((found, key) => isRecord(found) ? own(found, key) : undefined, value);
}
