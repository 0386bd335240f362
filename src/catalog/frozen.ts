import { Geography } from './geography';

/** A copy that may be changed, arrays and structs all the way down. Geographies stay themselves. */
export function thawed<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item) => thawed(item)) as T;
  if (!isStruct(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, thawed(item)])) as T;
}

/** The value itself, frozen all the way down. */
export function deepFreeze<T>(value: T): T {
  if (!Array.isArray(value) && !isStruct(value)) return value;
  Object.values(value as object).forEach((item) => deepFreeze(item));
  return Object.freeze(value);
}

function isStruct(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Geography);
}
