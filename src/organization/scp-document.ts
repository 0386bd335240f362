import { meantKey } from './condition-keys';
import { DocumentProblem, PolicyDocument } from '../iam/policy-document';
import { shown } from '../private/errors';
import { Unknown } from '../private/unknown';

/**
 * The most characters of a service control policy: 10,240 since May 15, 2026, and 5,120 before.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const MOST_CHARACTERS = 10_240;

/**
 * What a policy document may not hold as a service control policy: a principal, since it binds all of an account, and a condition key that
 * is none, which would make every request match or none.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
 */
export function scpProblems({ statements }: PolicyDocument): DocumentProblem[] {
  return statements.flatMap(({ index, principal, notPrincipal, conditions }) => {
    const place = `Statement[${index}]`;
    const named = principal !== undefined ? 'Principal' : notPrincipal !== undefined ? 'NotPrincipal' : undefined;
    return [
      ...named ? [{ place: `${place}.${named}`, text: `got ${named}; expected a statement that binds all principals of an account. Use the condition key aws:PrincipalArn.` }] : [],
      ...conditions.flatMap((condition) => {
        if (Unknown.isUnknown(condition)) return [];
        const { name, key } = condition;
        const meant = meantKey(key);
        if (key.includes(':') && meant === undefined) return [];
        const advice = meant === undefined ? 'Write it with its service.' : `AWS has no such key: write ${shown(meant)}.`;
        return [{ place: `${place}.Condition.${name}.${key}`, text: `got ${shown(key)}; expected a condition key such as "aws:RequestedRegion". ${advice}` }];
      }),
    ];
  });
}
