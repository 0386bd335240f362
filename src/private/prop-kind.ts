import { isBranded, shownAsNo } from './brand';
import { HaikuError, isDeployTimeValue, shown } from './errors';
import { misspelt } from './nearest';

/**
 * What a prop takes. The compiler tells TypeScript's users; JavaScript has none, and a cast silences it, so synthesis tells them all.
 */
export interface PropKind {
  /** With its article, as in "is not a Sampling". */
  readonly noun: string;
  /** What to pass instead. */
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
  readonly required?: boolean;
}

/** A kind for each prop: the compiler misses none. */
export type PropKinds<Props> = Record<keyof Required<Props>, PropKind>;

export const TEXT: PropKind = { noun: 'text', expected: 'a string', holds: (value) => typeof value === 'string' };
export const NUMBER: PropKind = { noun: 'a number', expected: 'a number', holds: (value) => typeof value === 'number' };
export const FLAG: PropKind = { noun: 'a boolean', expected: 'true or false', holds: (value) => typeof value === 'boolean' };
/** A check of its own says more about what it takes. */
export const JUDGED_ELSEWHERE: PropKind = { noun: 'judged', expected: 'more', holds: () => true };
export const DURATION: PropKind = objectWith('a Duration', 'a Duration such as Duration.seconds(30)', ['toMilliseconds', 'isUnresolved']);

/** An object of one of our classes, by its mark, and with what this copy of the package reads of it. */
export function objectOf(name: string, expected: string, read: string[] = []): PropKind {
  return { noun: withArticle(name), expected, holds: (value) => isBranded(value, name) && read.every((member) => member in (value as object)) };
}

/** An object of CDK's, told by what is read of it: its interfaces leave nothing to ask at run time. */
export function objectWith(noun: string, expected: string, members: string[]): PropKind {
  return { noun, expected, holds: (value) => typeof value === 'object' && value !== null && members.every((member) => member in value) };
}

/** A value of an enum. One of numbers may also be a token, which TypeScript takes for a number. */
export function oneOf(name: string, values: object, expected = namesOf(name, values)): PropKind {
  const allowed = Object.entries(values).filter(([key]) => Number.isNaN(Number(key))).map(([, value]) => value as unknown);
  return {
    noun: withArticle(name),
    expected,
    holds: (value) => allowed.includes(value) || (typeof allowed[0] === 'number' && typeof value === 'number' && isDeployTimeValue(value)),
  };
}

export function listOf(kind: PropKind, noun: string, expected: string): PropKind {
  return { noun, expected, holds: (value) => Array.isArray(value) && value.every((item) => kind.holds(item)) };
}

/** An object with fields, and nothing else: a construct or a token in its place would lose every field without a word. */
export function struct(expected: string): PropKind {
  return { noun: 'an object', expected, holds: isStruct };
}

export function required(kind: PropKind): PropKind {
  return { ...kind, required: true };
}

const PROPS = struct('an object');

/** An object of a class that a user wrote for such props: it has one of them, and is neither a construct nor one of our own. */
function madeWith(names: string[]): PropKind {
  const isOurs = (value: object) => Object.getOwnPropertySymbols(Object.getPrototypeOf(value)).some(({ description }) => description?.startsWith('cdk-bedrock-haiku.'));
  return { ...PROPS, holds: (value) => isLiteralObject(value) && !('node' in value) && !isOurs(value) && names.some((name) => Object.hasOwn(value, name)) };
}

/** Throws for a prop that is spelt like one of these and is none, and for the first that holds something else than its kind. */
export function checkKinds<Props>(owner: string, props: unknown, kinds: PropKinds<Props>, prefix = ''): void {
  const names = Object.keys(kinds) as Array<keyof Props & string>;
  if (!isOfKind(props, PROPS) && !isOfKind(props, madeWith(names))) {
    throw new HaikuError(
      `${owner} takes an object, got ${shown(props)}; expected one with ${names.length > 3 ? 'props such as ' : ''}${names.slice(0, 3).join(', ')}. Pass each of them by its name.`);
  }
  checkSpelling(owner, props as object, names, prefix);
  for (const name of names) checkKind(prefix + name, (props as Record<string, unknown>)[name], kinds[name]);
}

/**
 * JavaScript has nobody who tells that a prop of that name does nothing. What is spelt like none of ours passes: an app may hand on an
 * object that has more to say, to others.
 */
function checkSpelling(owner: string, props: object, names: string[], prefix: string): void {
  for (const [given, value] of Object.entries(props)) {
    const meant = value === undefined ? undefined : misspelt(given, names);
    if (meant === undefined || (props as Record<string, unknown>)[meant] !== undefined) continue;
    throw new HaikuError(`${prefix}${given} is not a prop of ${owner}, and would do nothing, got ${shown(value)}; expected ${prefix}${meant}. Rename it, or leave it out.`);
  }
}

/** Throws if a value is not of its kind. */
export function checkKind(name: string, value: unknown, kind: PropKind): void {
  if (value === undefined && !kind.required) return;
  if (isOfKind(value, kind)) return;
  const advice = kind.required ? 'It cannot be left out.' : `Change it, or leave ${name} out.`;
  throw new HaikuError(`${name} is not ${kind.noun}, got ${shownAsNo(kind.noun.split(' ').pop()!, value)}; expected ${kind.expected}. ${advice}`);
}

/** Refuses what is not a whole number within a range; a token passes. */
export function checkWholeNumber(name: string, value: number | undefined, [least, most]: [number, number?], advice: string): void {
  if (value === undefined || isDeployTimeValue(value)) return;
  if (Number.isInteger(value) && value >= least && value <= (most ?? Infinity)) return;
  throw new HaikuError(
    `${name} is out of range, got ${shown(value)}; expected a whole number ${most === undefined ? `of at least ${least}` : `from ${least} to ${most}`}. ${advice}`);
}

function isOfKind(value: unknown, kind: PropKind): boolean {
  try {
    return kind.holds(value);
  } catch {
    // A hostile object is of no kind.
    return false;
  }
}

/**
 * An object of a class (a Duration, a Date, a Map, a text in a box) has none of the fields, and what is optional would be left out without
 * a word. What jsii makes of the structs of other languages is a plain object. That of another realm has another `Object.prototype`.
 */
export function isStruct(value: unknown): value is object {
  if (!isLiteralObject(value)) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** An object that is known at synth time, and no list. */
function isLiteralObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isDeployTimeValue(value);
}

function withArticle(name: string): string {
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}

function namesOf(name: string, values: object): string {
  return Object.keys(values).filter((key) => Number.isNaN(Number(key))).map((key) => `${name}.${key}`).join(' or ');
}
