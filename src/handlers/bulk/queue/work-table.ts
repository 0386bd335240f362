import { WORK_TABLE } from '../../../contract/bulk-queue';
import { ServiceCalls, ServiceError } from '../aws/service-calls';

/** A value of an attribute. */
export type Value = string | number | readonly string[];

/** The attributes of an item. A set of strings is a list here. */
export type Item = Readonly<Record<string, Value>>;

/** What must hold of an attribute for a change to be made. */
export interface Bound {
  /** Whether it may be absent. Default: no, unless nothing else is asked. */
  readonly orAbsent?: boolean;
  readonly below?: number;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** One change of one item, made as a whole or not at all. */
export interface Change {
  readonly set?: Record<string, string | number>;
  /** Added to a number, or to a set of strings; what is absent counts as 0 or as empty. */
  readonly add?: Record<string, number | readonly string[]>;
  readonly remove?: readonly string[];
  /** By attribute; all of them must hold. `'absent'` holds where there is none. */
  readonly when?: Record<string, Bound | 'absent'>;
}

/** What became of a change: the item as it is then; or, where a condition did not hold, as it was before. */
export interface Changed {
  readonly made: boolean;
  readonly item: Item;
}

/** The table that workers share. */
export interface WorkTable {
  change(key: string, change: Change): Promise<Changed>;
  read(key: string): Promise<Item>;
}

type Attribute = { S: string } | { N: string } | { SS: readonly string[] };

/** The same in DynamoDB. */
export class DynamoTable implements WorkTable {
  constructor(private readonly calls: ServiceCalls, private readonly name: string) {}

  async change(key: string, change: Change): Promise<Changed> {
    try {
      const { Attributes } = await this.calls.json<{ Attributes?: Record<string, Attribute> }>('DynamoDB_20120810.UpdateItem', {
        TableName: this.name, Key: keyOf(key), ...expressionsOf(change), ReturnValues: 'ALL_NEW', ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return { made: true, item: itemOf(Attributes) };
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'ConditionalCheckFailedException') throw error;
      const { Item } = JSON.parse(error.body) as { Item?: Record<string, Attribute> };
      return { made: false, item: Item ? itemOf(Item) : await this.read(key) };
    }
  }

  async read(key: string): Promise<Item> {
    const { Item } = await this.calls.json<{ Item?: Record<string, Attribute> }>('DynamoDB_20120810.GetItem', {
      TableName: this.name, Key: keyOf(key), ConsistentRead: true,
    });
    return itemOf(Item);
  }
}

/** The parameters of UpdateItem for a change. Names stand for themselves, so each has an alias: some are words of DynamoDB's. */
export function expressionsOf({ set = {}, add = {}, remove = [], when = {} }: Change): Record<string, unknown> {
  const names: Record<string, string> = {};
  const values: Record<string, Attribute> = {};
  const alias = (name: string) => {
    names[`#${name}`] = name;
    return `#${name}`;
  };
  const value = (given: Value) => {
    const placeholder = `:v${Object.keys(values).length}`;
    values[placeholder] = attributeOf(given);
    return placeholder;
  };
  const clauses = [
    ['SET', Object.entries(set).map(([name, given]) => `${alias(name)} = ${value(given)}`)],
    ['ADD', Object.entries(add).map(([name, given]) => `${alias(name)} ${value(given)}`)],
    ['REMOVE', remove.map(alias)],
  ] as const;
  const conditions = Object.entries(when).map(([name, bound]) => conditionOf(alias(name), bound, value));
  return {
    UpdateExpression: clauses.filter(([, parts]) => parts.length > 0).map(([word, parts]) => `${word} ${parts.join(', ')}`).join(' '),
    ...conditions.length > 0 && { ConditionExpression: conditions.join(' AND ') },
    ExpressionAttributeNames: names,
    ...Object.keys(values).length > 0 && { ExpressionAttributeValues: values },
  };
}

function conditionOf(name: string, bound: Bound | 'absent', value: (given: Value) => string): string {
  const absent = `attribute_not_exists(${name})`;
  if (bound === 'absent') return absent;
  const holds = [
    ...bound.below === undefined ? [] : [`${name} < ${value(bound.below)}`],
    ...bound.atMost === undefined ? [] : [`${name} <= ${value(bound.atMost)}`],
    ...bound.atLeast === undefined ? [] : [`${name} >= ${value(bound.atLeast)}`],
  ].join(' AND ');
  return bound.orAbsent ? `(${absent} OR ${holds})` : holds;
}

function keyOf(key: string): Record<string, Attribute> {
  return { [WORK_TABLE.key]: { S: key } };
}

function attributeOf(value: Value): Attribute {
  if (typeof value === 'string') return { S: value };
  return typeof value === 'number' ? { N: String(value) } : { SS: value };
}

function itemOf(attributes: Record<string, Attribute> = {}): Item {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) =>
    [name, 'N' in attribute ? Number(attribute.N) : 'SS' in attribute ? attribute.SS : attribute.S]));
}
