import { IConstruct } from 'constructs';
import { plainStrings } from './plain-policy';
import { Statement } from '../policy/statement';

/** CDK's own key, set by `Role.customizeRoles`: the roles below are not changed, and their policies are written to a report. */
const CUSTOMIZED_ROLES = '@aws-cdk/iam:customizeRoles';

/** Whether what is granted to a construct stands in CDK's policy report instead of a policy. */
export function reportsPolicies(principal: IConstruct): boolean {
  return principal.node.tryGetContext(CUSTOMIZED_ROLES) !== undefined;
}

/**
 * The statements as CDK's policy report can print them, and the Region that they are for if that of the stack is not known.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam-readme.html#customizing-role-creation
 */
export function reportedStatements(
  scope: IConstruct, statements: Statement[], sourceRegions?: string[]): { written: Statement[]; exampleRegion?: string } {
  let exampleRegion: string | undefined;
  const plain = (strings: string[]): string[] => {
    const example = plainStrings(scope, strings, sourceRegions);
    exampleRegion ??= example.exampleRegion;
    return example.strings;
  };
  const written = statements.map(({ Resource, Condition, ...rest }) => ({
    ...rest,
    Resource: plain(Resource),
    ...(Condition && { Condition: valuesOf(Condition, (value) => Array.isArray(value) ? plain(value) : plain([value])[0]) }),
  }));
  return { written, exampleRegion };
}

/** An ARN for a policy that goes into a report if the others of the scope do. */
export function reportableArn(scope: IConstruct, arn: string): string {
  return reportsPolicies(scope) ? plainStrings(scope, [arn]).strings[0] : arn;
}

function valuesOf(condition: NonNullable<Statement['Condition']>, plain: (value: string | string[]) => string | string[]): Statement['Condition'] {
  return Object.fromEntries(Object.entries(condition).map(([operator, keys]) =>
    [operator, Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, plain(value)]))]));
}
