import { isRecord } from './template-json';
import { HaikuError } from '../private/errors';

const LOOP = 'Fn::ForEach::';

/** CloudFormation takes at most 500 resources in a template; a loop that writes far more is a mistake, and would fill the memory. */
const MOST_COPIES = 20_000;

/**
 * The template with each `Fn::ForEach` written out, in its resources, conditions and outputs and in their properties. A loop whose
 * collection cannot be known stays as it is.
 *
 * @param value - a part of the template without intrinsic functions
 * @param file - the template's, for messages
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function withoutLoops<T>(template: T, value: (written: unknown) => unknown, file: string): T {
  let copies = 0;
  const expanded = (written: unknown): unknown => {
    if (Array.isArray(written)) return written.map(expanded);
    if (!isRecord(written)) return written;
    return Object.fromEntries(Object.entries(written)
      .flatMap(([key, part]) => key.startsWith(LOOP) ? iterations(key, part) : [[key, expanded(part)]]));
  };
  const iterations = (key: string, loop: unknown): Array<[string, unknown]> => {
    const [name, collection, body] = Array.isArray(loop) ? loop as unknown[] : [];
    const items = value(collection);
    if (typeof name !== 'string' || !isRecord(body) || !Array.isArray(items) || !items.every((item) => typeof item === 'string')) return [[key, loop]];
    copies += items.length;
    if (copies > MOST_COPIES) throw new HaikuError(`${file}: ${key} writes too much, got more than ${MOST_COPIES} copies; expected at most 500 resources in a template. Shorten its collection.`);
    return items.flatMap((item) => Object.entries(expanded(filledIn(body, name, item)) as Record<string, unknown>));
  };
  return expanded(template) as T;
}

/** The body of a loop for one item: `${Name}` is the item, `&{Name}` the item without what is no letter or digit, in keys too. */
function filledIn(written: unknown, name: string, item: string): unknown {
  if (typeof written === 'string') return written.replaceAll(`\${${name}}`, item).replaceAll(`&{${name}}`, item.replace(/[^a-zA-Z0-9]/g, ''));
  if (Array.isArray(written)) return written.map((part) => filledIn(part, name, item));
  if (!isRecord(written)) return written;
  if (written.Ref === name && Object.keys(written).length === 1) return item;
  return Object.fromEntries(Object.entries(written).map(([key, part]) => [filledIn(key, name, item) as string, filledIn(part, name, item)]));
}
