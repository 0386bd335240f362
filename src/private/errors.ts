/**
 * What this library throws for bad input. Not exported: jsii has no error types, and callers match on the message.
 *
 * CDK's own `ValidationError` is internal and changes between releases, so it is never used.
 */
export class HaikuError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CdkBedrockHaikuError';
  }
}

/** Where jsii leaves the name of a class. */
const RTTI = Symbol.for('jsii.rtti');
/** A longer text in a message would hide the message. */
const MOST_CHARACTERS = 1000;
/** More of an object or a list says nothing more about the mistake. */
const MOST_ENTRIES = 30;
const MOST_LEVELS = 4;

/**
 * The value as it stands in a message: JSON, so that an empty string or a number cannot be misread, and in words what JSON has no form
 * for. Never throws, whatever the value: a message that fails would hide the mistake it was to explain.
 */
export function shown(value: unknown): string {
  try {
    const text = written(value, []);
    return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}...`;
  } catch {
    // A getter, a proxy or a toString of the value's own failed.
    return 'a value that cannot be shown';
  }
}

/** Several values as they stand in a message. */
export function shownList(values: Iterable<unknown>): string {
  return [...values].map(shown).join(', ');
}

/** Whether CDK knows the value only when the stack is deployed: an object, a number, or a list that stands for a token. */
export function isDeployTimeValue(value: unknown): boolean {
  // The highest bits of a number that stands for a token, which CDK chose because nobody writes such a number.
  if (typeof value === 'number') return value < -1.8881e289 && value > -1.95e289;
  if (Array.isArray(value)) return value.length === 1 && typeof value[0] === 'string' && value[0].startsWith('#{Token[');
  // A stack has a method of that name too, and CDK itself takes it for a token.
  return typeof value === 'object' && value !== null && typeof (value as { resolve?: unknown }).resolve === 'function' && pathOf(value) === undefined;
}

/** Whether it is a text of which a part is known only when the stack is deployed. */
export function isDeployTimeText(value: unknown): boolean {
  return typeof value === 'string' && value.includes('${Token[');
}

function written(value: unknown, around: object[]): string {
  if (typeof value === 'string') return writtenText(value);
  if (isDeployTimeValue(value)) return 'an unresolved token';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return /^class\b/.test(Function.prototype.toString.call(value)) ? `the class ${value.name}` : 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  const name = classOf(value);
  const path = pathOf(value);
  if (path !== undefined) return path === '' ? `${name} at the root` : `${name} at ${path}`;
  if (name !== 'Object' && name !== 'Array') return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
  return around.includes(value) ? 'the same again' : writtenParts(value, [...around, value]);
}

/** A huge text is cut before it is quoted, which would take its time. */
function writtenText(text: string): string {
  return text.length <= MOST_CHARACTERS ? JSON.stringify(text) : `${JSON.stringify(text.slice(0, MOST_CHARACTERS / 2))}... (${text.length} characters)`;
}

function writtenParts(value: object, around: object[]): string {
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const keys = Object.keys(value);
  if (keys.length > 0 && around.length > MOST_LEVELS) return `${open}...${close}`;
  const parts = keys.slice(0, MOST_ENTRIES).map((key) => {
    const part = written((value as Record<string, unknown>)[key], around);
    return Array.isArray(value) ? part : `${JSON.stringify(key)}:${part}`;
  });
  return `${open}${[...parts, ...(keys.length > MOST_ENTRIES ? ['...'] : [])].join(',')}${close}`;
}

/** The place of a construct in its app. */
function pathOf(value: object): string | undefined {
  const { node } = value as { node?: { path?: unknown } };
  return typeof node?.path === 'string' ? node.path : undefined;
}

/** The name of the value's class. What has no prototype, or a class without a name, is an object like any other. */
function classOf(value: object): string {
  if (Array.isArray(value)) return 'Array';
  const type = (Object.getPrototypeOf(value) as object | null)?.constructor as { name?: unknown; [RTTI]?: { fqn: string } } | undefined;
  if (typeof type?.name !== 'string' || type.name === '') return 'Object';
  // Minified, CDK's own Role calls itself Role2.
  const published = type[RTTI]?.fqn.split('.').pop();
  return published === type.name.replace(/\d$/, '') ? published : type.name;
}
