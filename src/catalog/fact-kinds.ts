import { shown, shownList } from '../private/errors';
import { isStruct } from '../private/prop-kind';

/** Where a card stands. A file has text where a program has an object of one of our classes, and no field that a card does not have. */
export type Form = 'program' | 'file';

/** What a value of a card may be. */
export interface Kind {
  readonly optional?: boolean;
  /** What is wrong with a value, each with its place; nothing if it is sound. */
  readonly problems: (value: unknown, where: string, form: Form) => string[];
  /** The card's own copy of a sound value, of either form. */
  readonly read: (value: unknown) => unknown;
}

/** A kind for each field of an object: the compiler misses none. */
export type Fields<T> = { readonly [Name in keyof Required<T>]: Kind };

/** What must hold between the fields of an object: what is wrong, by the field. Nothing is known of what the fields hold. */
export type Rule<T> = (value: { readonly [Name in keyof T]?: unknown }) => { readonly [field: string]: string | false };

export function fact(expected: string, holds: (value: unknown) => boolean): Kind {
  return { problems: (value, where) => holds(value) ? [] : [problem(where, value, expected)], read: (value) => value };
}

/** A text that is one of a few: a value of an enum. */
export function choice(values: readonly string[]): Kind {
  return fact((values.length > 1 ? 'one of ' : '') + shownList(values), (value) => values.includes(value as string));
}

/** An object of one of our classes, which stands in a file by its name. */
export function named<T>(
  inProgram: { expected: string; own: (value: unknown) => T | undefined },
  inFile: { expected: string; holds: (text: unknown) => boolean; of: (text: string) => T }): Kind {
  const object = fact(inProgram.expected, (value) => inProgram.own(value) !== undefined);
  const text = fact(inFile.expected, inFile.holds);
  return {
    problems: (value, where, form) => (form === 'file' ? text : object).problems(value, where, form),
    read: (value) => inProgram.own(value) ?? inFile.of(value as string),
  };
}

/** `key` tells what must not come twice, in words. */
export function list(item: Kind, { expected = 'a list', least = 0, key = () => undefined }: ListRules = {}): Kind {
  return {
    problems: (value, where, form) => {
      if (!Array.isArray(value) || value.length < least) return [problem(where, value, expected)];
      const items = Array.from(value as unknown[]);
      const keys = items.map((one) => key(one));
      const twice = new Set(keys.filter((one, index) => one !== undefined && keys.indexOf(one) !== index));
      return [
        ...items.flatMap((one, index) => item.problems(one, `${where}[${index}]`, form)),
        ...[...twice].map((one) => `${where}: got ${one} twice; expected it once`),
      ];
    },
    read: (value) => (value as unknown[]).map((one) => item.read(one)),
  };
}

interface ListRules {
  readonly expected?: string;
  readonly least?: number;
  readonly key?: (item: unknown) => string | undefined;
}

export function struct<T>(fields: Fields<T>, ...rules: Rule<T>[]): Kind {
  const kinds = Object.entries<Kind>(fields);
  return {
    problems: (value, where, form) => {
      if (!isObjectWith(value, fields)) return [problem(where || 'card', value, 'an object')];
      const at = (field: string) => where === '' ? field : `${where}.${field}`;
      const broken = rules.flatMap((rule) => Object.entries(rule(value as { [Name in keyof T]?: unknown })));
      return [
        ...kinds.flatMap(([field, kind]) => kind.optional && value[field] === undefined ? [] : kind.problems(value[field], at(field), form)),
        ...broken.flatMap(([field, text]) => text === false ? [] : [`${at(field)}: ${text}`]),
        ...Object.keys(value).filter((field) => form === 'file' && !Object.hasOwn(fields, field))
          .map((field) => `${at(field)}: got a field that a model card does not have; expected one of ${shownList(Object.keys(fields))}`),
      ];
    },
    read: (value) => Object.fromEntries(kinds.flatMap(([field, kind]) => {
      const given = (value as Record<string, unknown>)[field];
      return given === undefined ? [] : [[field, kind.read(given)]];
    })),
  };
}

export function optional(kind: Kind): Kind {
  return { ...kind, optional: true };
}

/** An object literal, or one of a class that has one of the fields: a Date has none, and would count as empty where all may be left out. */
function isObjectWith(value: unknown, fields: object): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return isStruct(value) || Object.keys(fields).some((field) => field in value);
}

function problem(where: string, value: unknown, expected: string): string {
  return `${where}: got ${value === undefined ? 'no value' : shown(value)}; expected ${expected}`;
}
