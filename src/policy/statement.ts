/** An IAM statement as it stands in a policy document. Only what this library writes. */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** The policy document around some statements. */
export function policyDocument<S>(statements: S[]): { Version: string; Statement: S[] } {
  return { Version: '2012-10-17', Statement: statements };
}
