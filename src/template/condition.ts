import { Evaluation } from './intrinsic-functions';
import { Unknown } from '../private/unknown';

/**
 * Whether what a condition says holds; nothing if that cannot be known, which a part of it need not change: nothing that is false makes
 * `Fn::And` true.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function conditionHolds(written: unknown, evaluation: Evaluation): boolean | undefined {
  if (typeof written !== 'object' || written === null) return undefined;
  const [[name, argument] = ['', undefined], ...more] = Object.entries(written) as Array<[string, unknown]>;
  if (more.length > 0) return undefined;
  const parts = (): Array<boolean | undefined> => Array.isArray(argument) ? argument.map((part) => conditionHolds(part, evaluation)) : [undefined];
  switch (name) {
    case 'Condition': return typeof argument === 'string' ? evaluation.holds(argument) : undefined;
    case 'Fn::And': return every(parts());
    case 'Fn::Or': return not(every(parts().map(not)));
    case 'Fn::Not': return not(every(parts()));
    case 'Fn::Equals': return Array.isArray(argument) ? equal(argument.map((part) => evaluation.value(part))) : undefined;
    default: return undefined;
  }
}

function every(parts: Array<boolean | undefined>): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function not(part: boolean | undefined): boolean | undefined {
  return part === undefined ? undefined : !part;
}

/** A number and its text are equal: values of parameters are texts. */
function equal(values: unknown[]): boolean | undefined {
  if (values.length !== 2 || Unknown.in(values).length > 0) return undefined;
  const [one, other] = values.map((value) => typeof value === 'string' ? value : JSON.stringify(value));
  return one === other;
}
