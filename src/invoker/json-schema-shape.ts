import { misspelt } from '../private/nearest';

/** What is wrong in a schema, and where, as a JSON pointer; the schema's root is the empty one. */
export interface SchemaFault {
  readonly at: string;
  readonly given: unknown;
  readonly expected: string;
}

/** Says what is wrong with the value of a keyword, if anything is. */
type Check = (value: unknown, at: string) => SchemaFault | undefined;

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const valued = (expected: string, holds: (value: unknown) => boolean): Check => (given, at) => holds(given) ? undefined : { at, given, expected };
const TEXT = valued('a string', (value) => typeof value === 'string');
const NUMBER = valued('a number', (value) => typeof value === 'number' && Number.isFinite(value));
const COUNT = valued('a whole number of at least 0', (value) => Number.isInteger(value) && Number(value) >= 0);
const FLAG = valued('true or false', (value) => typeof value === 'boolean');
const ANYTHING: Check = () => undefined;
const TEXTS = valued('a list of strings', (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'));
const LIST = valued('a list', Array.isArray);
const TYPE = valued(`one or a list of ${TYPES.join(', ')}`, (value) => [value].flat().length > 0 && [value].flat().every((type) => TYPES.includes(type as string)));
const EXPRESSION = valued('a regular expression', (value) => {
  try {
    return typeof value === 'string' && Boolean(new RegExp(value, 'u'));
  } catch {
    return false;
  }
});
const SCHEMA: Check = (value, at) => schemaFault(value, at);
const SCHEMAS: Check = (value, at) => Array.isArray(value) && value.length > 0
  ? first(value.map((item: unknown, index) => () => schemaFault(item, `${at}/${index}`)))
  : { at, given: value, expected: 'a list of at least one schema' };
const SCHEMA_MAP: Check = (value, at) => isObject(value)
  ? first(Object.entries(value).map(([key, item]) => () => schemaFault(item, `${at}/${escaped(key)}`)))
  : { at, given: value, expected: 'an object with a schema for each name' };
const SCHEMA_OR_SCHEMAS: Check = (value, at) => (Array.isArray(value) ? SCHEMAS : SCHEMA)(value, at);

/** The keywords of JSON Schema up to draft 2020-12. */
const KEYWORDS: Record<string, Check> = {
  ...of(TEXT, '$schema', '$id', '$ref', '$anchor', '$dynamicRef', '$dynamicAnchor', '$comment', 'title', 'description', 'format', 'contentEncoding', 'contentMediaType'),
  ...of(NUMBER, 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'),
  ...of(COUNT, 'minLength', 'maxLength', 'minItems', 'maxItems', 'minContains', 'maxContains', 'minProperties', 'maxProperties'),
  ...of(FLAG, 'uniqueItems', 'deprecated', 'readOnly', 'writeOnly'),
  ...of(SCHEMA, 'additionalProperties', 'additionalItems', 'contains', 'propertyNames', 'not', 'if', 'then', 'else', 'unevaluatedItems', 'unevaluatedProperties', 'contentSchema'),
  ...of(SCHEMAS, 'allOf', 'anyOf', 'oneOf', 'prefixItems'),
  ...of(SCHEMA_MAP, 'properties', '$defs', 'definitions', 'dependentSchemas'),
  ...of(ANYTHING, 'const', 'default', 'dependencies', 'dependentRequired', '$vocabulary'),
  ...of(LIST, 'enum', 'examples'),
  patternProperties: (value, at) => SCHEMA_MAP(value, at) ?? first(Object.keys(value as object).map((key) => () => EXPRESSION(key, `${at}/${escaped(key)}`))),
  type: TYPE,
  required: TEXTS,
  pattern: EXPRESSION,
  items: SCHEMA_OR_SCHEMAS,
  multipleOf: valued('a number above 0', (value) => typeof value === 'number' && value > 0),
};

/** The first thing that is wrong with a schema; nothing if it is one. A keyword that nobody knows means nothing, unless it is a known one, spelt wrong. */
export function schemaFault(schema: unknown, at = ''): SchemaFault | undefined {
  if (typeof schema === 'boolean') return undefined;
  if (!isObject(schema)) return { at, given: schema, expected: 'a schema, which is an object, true or false' };
  return first(Object.entries(schema).map(([keyword, value]) => () => {
    const place = `${at}/${escaped(keyword)}`;
    if (Object.hasOwn(KEYWORDS, keyword)) return KEYWORDS[keyword](value, place);
    const meant = misspelt(keyword, Object.keys(KEYWORDS));
    return meant === undefined ? undefined : { at: place, given: keyword, expected: `the keyword "${meant}"` };
  }));
}

/** The first reference to nothing within the schema; nobody fetches one to elsewhere. */
export function referenceFault(root: Record<string, unknown>): SchemaFault | undefined {
  const anchors = new Set<string>();
  const references: SchemaFault[] = [];
  const walk = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { $ref: reference, $anchor: anchor, $id: id } = value as Record<string, unknown>;
    if (typeof anchor === 'string') anchors.add(`#${anchor}`);
    if (typeof id === 'string') anchors.add(id);
    if (typeof reference === 'string') references.push({ at: `${at}/$ref`, given: reference, expected: 'a place in the schema itself, such as "#/$defs/name"' });
    for (const [key, inner] of Object.entries(value)) walk(inner, `${at}/${escaped(key)}`);
  };
  walk(root, '');
  return references.find(({ given }) => !anchors.has(given as string) && !pointsInto(root, given as string));
}

function pointsInto(root: unknown, reference: string): boolean {
  if (!/^#(?:\/|$)/.test(reference)) return false;
  return reference.slice(1).split('/').slice(1).reduce<unknown>((value, part) => {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  }, root) !== undefined;
}

function of(check: Check, ...keywords: string[]): Record<string, Check> {
  return Object.fromEntries(keywords.map((keyword) => [keyword, check]));
}

function first(checks: (() => SchemaFault | undefined)[]): SchemaFault | undefined {
  for (const check of checks) {
    const fault = check();
    if (fault) return fault;
  }
  return undefined;
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
