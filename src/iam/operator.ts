import { isIpRange, liesIn } from './ip-range';
import { matches, matchesArn, Pattern, patternOf, plainly, plainlyArn, Reading, Text, Variables } from './pattern';
import { Truth } from './truth';
import { Unknown } from '../private/unknown';

/** How the values of a condition are compared with those of a request. */
export interface Operator {
  /** Whether a value of the request is what a value of the policy says. */
  readonly matches: (wanted: Text, given: Text, variables: Variables | undefined) => Truth;
  /** Whether the condition holds where nothing matches. */
  readonly negated: boolean;
  /** What a value must be, if not any text. */
  readonly expected?: string;
  readonly takes: (value: string) => boolean;
}

/** What stands before and after an operator in a policy. */
export interface QuantifiedOperator {
  /** `Null` alone asks whether the key is there at all. */
  readonly operator: Operator | 'Null';
  readonly quantifier?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...withNegation('StringEquals', 'StringNotEquals', { matches: textual({}) }),
  ...withNegation('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', { matches: textual({ ignoreCase: true }) }),
  ...withNegation('StringLike', 'StringNotLike', { matches: textual({ wildcards: true }) }),
  ...withNegation('ArnEquals', 'ArnNotEquals', { matches: textual({ wildcards: true }, matchesArn) }),
  ...withNegation('ArnLike', 'ArnNotLike', { matches: textual({ wildcards: true }, matchesArn) }),
  ...withNegation('IpAddress', 'NotIpAddress', { matches: known(liesIn), takes: isIpRange, expected: 'an IP address or a range such as "203.0.113.0/24"' }),
  ['Bool', operator({ matches: textual({ ignoreCase: true }), takes: (value) => /^(true|false)$/i.test(value), expected: '"true" or "false"' })],
  ['BinaryEquals', operator({ matches: known((wanted, given) => wanted === given) })],
  ...ordered('Numeric', Number, 'a number'),
  ...ordered('Date', timeOf, 'a date such as "2026-11-27T00:00:00Z"'),
]);

/** The names of all operators, without what may stand before and after them. */
export const OPERATOR_NAMES: readonly string[] = [...OPERATORS.keys(), 'Null'];

/** The operator of a name as policies have it, such as `ForAnyValue:StringLikeIfExists`; nothing if there is none. */
export function operatorOf(name: string): QuantifiedOperator | undefined {
  const [quantifier, rest] = name.startsWith('ForAllValues:') || name.startsWith('ForAnyValue:') ? name.split(/:(.*)/s) : [undefined, name];
  if (rest === 'Null' && quantifier === undefined) return { operator: 'Null', ifExists: false };
  const ifExists = rest.endsWith('IfExists');
  const found = OPERATORS.get(ifExists ? rest.slice(0, -'IfExists'.length) : rest);
  return found && { operator: found, quantifier: quantifier as QuantifiedOperator['quantifier'], ifExists };
}

function operator(given: Pick<Operator, 'matches'> & Partial<Operator>): Operator {
  return { negated: false, takes: () => true, ...given };
}

function withNegation(name: string, negatedName: string, given: Pick<Operator, 'matches'> & Partial<Operator>): Array<[string, Operator]> {
  return [[name, operator(given)], [negatedName, operator({ ...given, negated: true })]];
}

function ordered(prefix: string, read: (text: string) => number, expected: string): Array<[string, Operator]> {
  const comparing = (compare: (given: number, wanted: number) => boolean) => ({
    matches: known((wanted, given) => compare(read(given), read(wanted))),
    takes: (value: string) => value.trim() !== '' && !Number.isNaN(read(value)),
    expected,
  });
  return [
    ...withNegation(`${prefix}Equals`, `${prefix}NotEquals`, comparing((given, wanted) => given === wanted)),
    [`${prefix}LessThan`, operator(comparing((given, wanted) => given < wanted))],
    [`${prefix}LessThanEquals`, operator(comparing((given, wanted) => given <= wanted))],
    [`${prefix}GreaterThan`, operator(comparing((given, wanted) => given > wanted))],
    [`${prefix}GreaterThanEquals`, operator(comparing((given, wanted) => given >= wanted))],
  ];
}

/** Policy variables work in texts and ARNs alone. */
function textual(reading: Reading, compare: (pattern: Pattern, text: Pattern) => Truth = matches): Operator['matches'] {
  return (wanted, given, variables) => {
    const plain = (compare === matchesArn ? plainlyArn : plainly)(wanted, given, { ...reading, variables });
    if (plain !== undefined) return plain;
    const pattern = patternOf(wanted, { ...reading, variables });
    return pattern !== undefined && compare(pattern, patternOf(given, { ignoreCase: reading.ignoreCase })!);
  };
}

function known(compare: (wanted: string, given: string) => boolean): Operator['matches'] {
  return (wanted, given) => typeof wanted === 'string' && typeof given === 'string'
    ? compare(wanted, given)
    : { unknown: [wanted, given].flatMap((text) => Unknown.in(text)).flatMap(({ sources }) => sources) };
}

/** A date of ISO 8601, or seconds since 1970. */
function timeOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
