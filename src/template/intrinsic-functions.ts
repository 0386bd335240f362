import { Unknown } from '../private/unknown';

/** `AWS::NoValue`: what it stands for is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** What a function needs of the deployment that it is worked out for. */
export interface Evaluation {
  /** A part of the template without intrinsic functions. */
  value(written: unknown): unknown;
  /** What `Ref` gives for a name. */
  referred(name: string): unknown;
  /** Whether a condition of the template holds; nothing if that is not known. */
  holds(condition: string): boolean | undefined;
  /** A value of a mapping; nothing if there is no such row or column. */
  mapped(mapping: string, key: string, column: string): unknown;
  /** What the deployment gives for something that no template tells, or an `Unknown`. */
  supplied(name: string, argument: unknown): unknown;
}

/** The value of a function with this argument; nothing if it cannot be worked out. */
type Work = (argument: unknown, evaluation: Evaluation) => unknown;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
export const INTRINSIC_FUNCTIONS: ReadonlyMap<string, Work> = new Map<string, Work>([
  ['Fn::FindInMap', (argument, { value, mapped, supplied }) => {
    const [mapping, key, column, otherwise] = listOf(argument);
    const path = [mapping, key, column].map((part) => value(part));
    if (!path.every((part) => typeof part === 'string')) return undefined;
    const given = otherwise as { DefaultValue?: unknown } | undefined;
    const [found] = [mapped(...path as [string, string, string]), given && value(given.DefaultValue)].filter((one) => one !== undefined);
    return found ?? supplied('Fn::FindInMap', path);
  }],
  ['Fn::GetAtt', (argument, { value, supplied }) => {
    const [id, ...attribute] = typeof argument === 'string' ? argument.split('.') : listOf(argument).map((part) => value(part));
    return supplied('Fn::GetAtt', [id, attribute.join('.')]);
  }],
  ['Fn::If', (argument, { value, holds }) => {
    const [condition, then, otherwise] = listOf(argument);
    const known = typeof condition === 'string' ? holds(condition) : undefined;
    if (known !== undefined) return value(known ? then : otherwise);
    const [one, other] = [value(then), value(otherwise)];
    return isSame(one, other) ? one : undefined;
  }],
  ['Fn::ImportValue', (argument, { value, supplied }) => supplied('Fn::ImportValue', value(argument))],
  ['Fn::Join', (argument, { value }) => {
    const [separator, list] = listOf(argument);
    const parts = value(list);
    return typeof separator === 'string' && Array.isArray(parts) ? joined(parts, separator) : undefined;
  }],
  ['Fn::Length', (argument, { value }) => {
    const list = value(argument);
    return Array.isArray(list) ? list.length : undefined;
  }],
  ['Fn::Select', (argument, { value }) => {
    const [index, list] = listOf(argument).map((part) => value(part));
    return Array.isArray(list) ? (list as unknown[])[Number(index)] : undefined;
  }],
  ['Fn::Split', (argument, { value }) => {
    const [separator, text] = listOf(argument).map((part) => value(part));
    return typeof separator === 'string' && typeof text === 'string' ? text.split(separator) : undefined;
  }],
  ['Fn::Sub', (argument, evaluation) => {
    const [text, own] = typeof argument === 'string' ? [argument] : listOf(argument);
    return typeof text === 'string' ? substituted(text, (own ?? {}) as Record<string, unknown>, evaluation) : undefined;
  }],
  ['Fn::ToJsonString', (argument, { value }) => {
    const worked = value(argument);
    return Unknown.in(worked).length === 0 ? JSON.stringify(worked) : undefined;
  }],
]);

/** The text with each `${Name}` filled in; `${!Name}` stands for `${Name}`. */
function substituted(text: string, own: Record<string, unknown>, { value, referred }: Evaluation): unknown {
  const [start, ...rest] = text.split(/\$\{(?=[^{}]+\})/);
  const parts = rest.flatMap((piece) => {
    const end = piece.indexOf('}');
    const [name, after] = [piece.slice(0, end), piece.slice(end + 1)];
    if (name.startsWith('!')) return [`\${${name.slice(1)}}`, after];
    if (Object.hasOwn(own, name)) return [value(own[name]), after];
    return [name.includes('.') ? value({ 'Fn::GetAtt': name }) : referred(name), after];
  });
  return joined([start, ...parts]);
}

/** Nothing if one of them is no text. */
function joined(parts: unknown[], separator?: string): unknown {
  const texts = parts.map((part) => typeof part === 'number' || typeof part === 'boolean' ? String(part) : part);
  const isText = (part: unknown): part is string | Unknown => typeof part === 'string' || Unknown.isUnknown(part);
  return texts.every(isText) ? Unknown.joined(texts, separator) : undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || (one !== NO_VALUE && other !== NO_VALUE && JSON.stringify(one) === JSON.stringify(other));
}

function listOf(argument: unknown): unknown[] {
  return Array.isArray(argument) ? argument : [];
}
