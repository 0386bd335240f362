import { Text } from '../iam/pattern';
import { Condition, PolicyDocument } from '../iam/policy-document';
import { KeyState } from '../iam/request';
import { Unknown } from '../private/unknown';

/** Condition keys with what a caller sets them to, all in lower case. */
export type Choice = Readonly<Record<string, KeyState>>;

export const TIER = 'bedrock:servicetier';

/** What a caller chooses itself: a policy that asks for it is met by somebody who knows the policy. */
const CHOSEN = ['bedrock:guardrailidentifier', TIER, 'bedrock:projectarn'];

/** Each is a judgement of its own. Policies that speak of so many values mean any of a list: the first of each key stand for the others. */
const MOST_CHOICES = 1000;
const MOST_OF_A_KEY = 9;

/** Every way to set what a caller chooses, among the values that the policies speak of; first of all not at all. */
export function choicesOf(documents: readonly PolicyDocument[]): Choice[] {
  const conditions = documents.flatMap(({ statements }) => statements.flatMap((statement) => statement.conditions))
    .flatMap((condition) => Unknown.isUnknown(condition) ? [] : [condition]);
  const wanted = CHOSEN.map((key) => ({ key, values: valuesOf(key, conditions) }));
  const isTooMany = wanted.reduce((product, { values }) => product * (values.length + 1), 1) > MOST_CHOICES;
  return wanted.reduce<Choice[]>((choices, { key, values }) => choices
    .flatMap((choice) => [choice, ...values.slice(0, isTooMany ? MOST_OF_A_KEY : undefined).map((value) => ({ ...choice, [key]: [value] }))]),
  [Object.fromEntries(CHOSEN.map((key) => [key, 'absent']))]);
}

/** What the policies speak of: a pattern is met by the text that it is, with a letter for each wildcard; Null asks for any value at all. */
function valuesOf(key: string, conditions: readonly Condition[]): Text[] {
  return [...new Set(conditions.filter((condition) => condition.key.toLowerCase() === key).flatMap(({ operator, values }) =>
    operator === 'Null' ? ['x'] : values.map((value) => typeof value === 'string' ? value.replace(/[*?]/g, 'x') : value)))];
}
