import { ARN_PARTS, matches, matchesArn, patternOf, plainly, plainlyArn, Text, Variables } from './pattern';
import { Condition, ElementList, PolicyStatement } from './policy-document';
import { IamRequest, KeyState, RequestContext, variableOf } from './request';
import { agreed, every, isUndecided, not, some, Truth } from './truth';
import { Unknown } from '../private/unknown';

/** The first part of a statement that a request does not meet. */
export type Unmet =
  | { readonly element: 'Action' | 'NotAction' | 'Resource' | 'NotResource' }
  | { readonly element: 'Condition'; readonly condition: Condition | Unknown };

/** Whether a statement is about a request; if not, what keeps it from being so, and if that is not known, what decides it. */
export type StatementMatch =
  | { readonly matches: 'yes' }
  | { readonly matches: 'no'; readonly unmet: Unmet }
  | { readonly matches: 'unknown'; readonly unknown: readonly string[] };

/**
 * Whether the action, the resource and every condition of a statement are those of a request. Whom it names as its principal is not asked.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function matchOf(statement: PolicyStatement, { action, resource, context }: IamRequest): StatementMatch {
  const { actions, resources } = statement;
  const variables = statement.variables ? (name: string) => variableOf(name, context) : undefined;
  const parts: ReadonlyArray<{ readonly truth: () => Truth; readonly unmet: Unmet }> = [
    { truth: () => listed(actions, (text) => matchesAction(text, action)), unmet: { element: actions.not ? 'NotAction' : 'Action' } },
    { truth: () => listed(resources, (text) => matchesResource(text, resource, variables)), unmet: { element: resources.not ? 'NotResource' : 'Resource' } },
    ...statement.conditions.map((condition) => ({
      truth: () => Unknown.isUnknown(condition) ? { unknown: condition.sources } : holds(condition, context, variables),
      unmet: { element: 'Condition', condition } as const,
    })),
  ];
  const truths: Truth[] = [];
  for (const { truth, unmet } of parts) {
    const found = truth();
    // Most statements are about something else: nothing more of them is asked.
    if (found === false) return { matches: 'no', unmet };
    truths.push(found);
  }
  const truth = every(truths);
  return isUndecided(truth) ? { matches: 'unknown', unknown: truth.unknown } : { matches: 'yes' };
}

function listed({ not: but, texts }: ElementList, matchesOne: (text: Text) => Truth): Truth {
  const found = some(texts.map(matchesOne));
  return but ? not(found) : found;
}

function matchesAction(text: Text, action: string): Truth {
  const reading = { wildcards: true, ignoreCase: true };
  return text === '*' || (plainly(text, action, reading) ?? matches(patternOf(text, reading)!, patternOf(action, reading)!));
}

function matchesResource(text: Text, resource: Text, variables: Variables | undefined): Truth {
  if (text === '*') return true;
  const reading = { wildcards: true, variables, variablesAfter: ARN_PARTS - 1 };
  const plain = plainlyArn(text, resource, reading);
  if (plain !== undefined) return plain;
  const pattern = patternOf(text, reading);
  return pattern !== undefined && matchesArn(pattern, patternOf(resource)!);
}

/**
 * Whether a condition holds.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function holds(condition: Condition, context: RequestContext, variables: Variables | undefined): Truth {
  const { operator, quantifier, ifExists, key, values } = condition;
  const inCase = (state: KeyState): Truth => {
    if (state === 'unknown') return inCase({ oneOf: ['absent', [Unknown.of(key)]] });
    if (typeof state === 'object' && 'oneOf' in state) return agreed(state.oneOf.map(inCase), key);
    if (operator === 'Null') return some(values.map((value) => typeof value === 'string' ? (value === 'true') === (state === 'absent') : { unknown: value.sources }));
    if (state === 'absent') return ifExists || quantifier === 'ForAllValues' || (quantifier === undefined && operator.negated);
    // Several values in the policy: a positive operator needs one match, a negated one none.
    const each = state.map((given): Truth => {
      const found = some(values.map((value) => operator.matches(value, given, variables)));
      return operator.negated ? not(found) : found;
    });
    if (quantifier === 'ForAnyValue') return some(each);
    // IAM says nothing of a key that has several values and is asked for one.
    return quantifier === 'ForAllValues' || each.length === 1 ? every(each) : agreed([some(each), every(each), { unknown: [key] }], key);
  };
  return inCase(context(key.toLowerCase()));
}
