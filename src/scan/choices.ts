import { PolicyDocument } from '../iam/policy-document';
import { KeyState } from '../iam/request';
import { Unknown } from '../private/unknown';

/** Condition keys with what a caller sets them to, all in lower case. */
export type Choice = Readonly<Record<string, KeyState>>;

export const TIER = 'bedrock:servicetier';

/** What a caller chooses itself: a policy that asks for it is met by somebody who knows the policy. */
const CHOSEN = ['bedrock:guardrailidentifier', TIER, 'bedrock:projectarn'];

/** Every way to set what a caller chooses, among the values that the policies speak of; first of all not at all. */
export function choicesOf(documents: readonly PolicyDocument[]): Choice[] {
  const conditions = documents.flatMap(({ statements }) => statements.flatMap((statement) => statement.conditions))
    .flatMap((condition) => Unknown.isUnknown(condition) ? [] : [condition]);
  return CHOSEN.reduce<Choice[]>((choices, key) => {
    // A pattern is met by the text that it is, with a letter for each wildcard; Null asks for any value at all.
    const values = new Set(conditions.filter((condition) => condition.key.toLowerCase() === key).flatMap(({ operator, values: wanted }) =>
      operator === 'Null' ? ['x'] : wanted.map((value) => typeof value === 'string' ? value.replace(/[*?]/g, 'x') : value)));
    return choices.flatMap((choice) => [choice, ...[...values].map((value) => ({ ...choice, [key]: [value] }))]);
  }, [Object.fromEntries(CHOSEN.map((key) => [key, 'absent']))]);
}
