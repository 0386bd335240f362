import { matchesArn, matchesWildcard } from './wildcard';

export type ConditionBlock = Record<string, Record<string, string | string[]>>;
/** A key that is undefined is not in the request. */
export type RequestContext = Record<string, string | string[] | undefined>;

const MATCHERS: Record<string, (wanted: string, given: string) => boolean> = {
  String: (wanted, given) => wanted === given,
  StringLike: matchesWildcard,
  Arn: matchesArn,
};

/** Operator -> how one value is compared, and whether the operator is negated. */
const OPERATORS: Record<string, { matches: (wanted: string, given: string) => boolean; negated: boolean }> = {
  StringEquals: { matches: MATCHERS.String, negated: false },
  StringNotEquals: { matches: MATCHERS.String, negated: true },
  StringLike: { matches: MATCHERS.StringLike, negated: false },
  StringNotLike: { matches: MATCHERS.StringLike, negated: true },
  ArnEquals: { matches: MATCHERS.Arn, negated: false },
  ArnLike: { matches: MATCHERS.Arn, negated: false },
  ArnNotEquals: { matches: MATCHERS.Arn, negated: true },
  ArnNotLike: { matches: MATCHERS.Arn, negated: true },
  NumericGreaterThan: { matches: (wanted, given) => Number(given) > Number(wanted), negated: false },
};

/**
 * The first condition of a block that the request does not meet; nothing if it meets all.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function unmetCondition(block: ConditionBlock, context: RequestContext): string | undefined {
  for (const [operator, keys] of Object.entries(block)) {
    for (const [key, wanted] of Object.entries(keys)) {
      const given = valueOf(context, key);
      if (!isMet(operator, list(wanted), given)) {
        return `${operator} ${key}: ${JSON.stringify(wanted)}, got ${given === undefined ? 'no such key' : JSON.stringify(given)}`;
      }
    }
  }
  return undefined;
}

function isMet(operator: string, wanted: string[], given: string | string[] | undefined): boolean {
  if (operator === 'Null') return wanted.includes(String(given === undefined));
  const [, quantifier, name, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(operator)!;
  if (operator === 'Null') return wanted.some((value) => (value === 'true') === (given === undefined));
  const comparison = OPERATORS[name];
  if (!comparison) throw new Error(`Condition operator is not one that this simulator knows: ${operator}`);
  if (wanted.some((value) => value.includes('${'))) throw new Error(`Policy variables are not simulated: ${wanted.join(', ')}`);
  if (given === undefined) {
    if (ifExists || quantifier === 'ForAllValues') return true;
    return quantifier === 'ForAnyValue' ? false : comparison.negated;
  }
  // Several values in the policy: a positive operator needs one match, a negated one none.
  const holds = (value: string) => wanted.some((candidate) => comparison.matches(candidate, value)) !== comparison.negated;
  if (quantifier === 'ForAnyValue') return list(given).some(holds);
  if (quantifier === 'ForAllValues') return list(given).every(holds);
  if (Array.isArray(given)) throw new Error(`A key with several values needs ForAnyValue or ForAllValues: ${operator}`);
  return holds(given);
}

/** IAM's keys ignore case. */
function valueOf(context: RequestContext, key: string): string | string[] | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

function list<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}
