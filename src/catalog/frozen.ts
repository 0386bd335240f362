import { isStruct } from '../private/prop-kind';

/** A copy that may be changed, arrays and structs all the way down. An object of a class stays itself. */
export function thawed<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item) => thawed(item as unknown)) as T;
  if (!isStruct(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, thawed(item as unknown)])) as T;
}

/** The value itself, frozen all the way down. An object of a class is not: other languages tag the objects that they are handed. */
export function deepFreeze<T>(value: T): T {
  if (Object.isFrozen(value) || (!Array.isArray(value) && !isStruct(value))) return value;
  Object.freeze(value);
  Object.values(value as object).forEach((item) => deepFreeze(item as unknown));
  return value;
}
