import { Geography } from './geography';
import { isStruct } from '../private/prop-kind';

/** Deeper than any card is, so that what holds itself comes to an end. */
const MOST_LEVELS = 10;

/** A copy that may be changed, arrays and structs all the way down. A geography stays itself, or becomes this copy's of the package. */
export function thawed<T>(value: T, levels = MOST_LEVELS): T {
  if (levels > 0 && Array.isArray(value)) return value.map((item) => thawed(item, levels - 1)) as T;
  if (levels === 0 || !isStruct(value)) return (Geography._own(value) ?? value) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, thawed(item, levels - 1)])) as T;
}

/** The value itself, frozen all the way down. */
export function deepFreeze<T>(value: T): T {
  if (Object.isFrozen(value) || (!Array.isArray(value) && !isStruct(value))) return value;
  Object.freeze(value);
  Object.values(value as object).forEach((item) => deepFreeze(item));
  return value;
}
