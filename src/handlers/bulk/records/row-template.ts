import { isObject, JsonObject, textOf } from '../../invoke/json/json-object';

/** A name between braces, as in "Summarise {{text}}". */
const PLACE = /\{\{([^{}]{1,200})\}\}/g;

/**
 * How a row becomes a record: the model's input with `{{field}}` wherever a field of the row belongs, and the field that holds the row's
 * ID. A text that is one place and nothing else takes the field's value as it is, a number too.
 */
export class RowTemplate {
  /** The fields that a row must have. */
  readonly fields: ReadonlySet<string>;

  constructor(private readonly modelInput: JsonObject, private readonly idField?: string) {
    this.fields = new Set([...placesIn(modelInput), ...idField === undefined ? [] : [idField]]);
  }

  /** The record of a row, or what the row lacks. */
  recordOf(row: JsonObject): { readonly record: JsonObject } | { readonly missing: string[] } {
    const missing = [...this.fields].filter((name) => !Object.hasOwn(row, name));
    if (missing.length > 0) return { missing };
    const record = { modelInput: filled(this.modelInput, row) };
    return { record: this.idField === undefined ? record : { recordId: textOf(row[this.idField]), ...record } };
  }
}

function placesIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(PLACE)].map(([, name]) => name.trim());
  if (Array.isArray(value)) return value.flatMap(placesIn);
  return isObject(value) ? Object.values(value).flatMap(placesIn) : [];
}

function filled(value: unknown, row: JsonObject): unknown {
  if (typeof value === 'string') return filledText(value, row);
  if (Array.isArray(value)) return value.map((item) => filled(item, row));
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, row)])) : value;
}

function filledText(text: string, row: JsonObject): unknown {
  const places = [...text.matchAll(PLACE)];
  if (places.length === 1 && places[0][0] === text) return row[places[0][1].trim()];
  return text.replace(PLACE, (_, name: string) => textOf(row[name.trim()]));
}
