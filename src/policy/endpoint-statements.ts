import { DESCRIBE_PROFILE_ACTION, Statement } from './statement';

/** A statement of a VPC endpoint policy, which names who may pass. */
export interface EndpointStatement extends Statement {
  readonly Principal: '*';
}

/** Who may pass a VPC endpoint: some principals, those of an account, or those of an organization. All values may be tokens. */
export type Passing =
  | { readonly principalArns: string[] }
  | { readonly account: string }
  | { readonly organizationId: string };

/** The names of the services whose VPC endpoints take such calls. */
export type EndpointService = 'bedrock' | 'bedrock-runtime' | 'bedrock-mantle';

/** Stands for each account of an organization, of whose principals every one calls the profile of its own account. */
export const ANY_ACCOUNT = '*';

const THROUGH = 'bedrock:InferenceProfileArn';

/**
 * The endpoint policy for some identity statements: who is named may pass with these calls, or everyone if nobody is, and no other call
 * passes. It gives nobody access that their own policy does not give.
 *
 * AWS does not document how an endpoint policy sees the destination Regions of a profile. So it allows what IAM is documented to check: the
 * profile, and the model in every destination, for global inference also without a Region.
 *
 * Principals stand in a condition. As a principal, IAM would take the ARN of a role for the role of today, and refuse one that is not there yet.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointStatements(statements: Statement[], passing?: Passing): EndpointStatement[] {
  return statements.map(({ Effect, Condition, ...rest }) => {
    const conditions = passing ? passingConditions(passing, Condition) : Condition;
    return { Effect, Principal: '*', ...rest, ...(conditions && { Condition: conditions }) };
  });
}

/** What of the statements the endpoint of a service is asked for. Profiles are looked up at the control plane. */
export function statementsAt(service: EndpointService, statements: Statement[]): Statement[] {
  return statements.flatMap((statement) => {
    const actions = statement.Action.filter((action) => serviceOf(action) === service);
    return actions.length > 0 ? [{ ...statement, Action: actions }] : [];
  });
}

function serviceOf(action: string): EndpointService {
  if (action === DESCRIBE_PROFILE_ACTION) return 'bedrock';
  return action.startsWith('bedrock-mantle:') ? 'bedrock-mantle' : 'bedrock-runtime';
}

function passingConditions(passing: Passing, conditions: Statement['Condition'] = {}): Statement['Condition'] {
  if ('principalArns' in passing) return { ...conditions, ArnEquals: { 'aws:PrincipalArn': passing.principalArns } };
  if ('account' in passing) return withEquals(conditions, { 'aws:PrincipalAccount': passing.account });
  // In a profile's ARN the account is a wildcard now, which only this operator reads as one.
  const { [THROUGH]: through, ...equals } = conditions.StringEquals ?? {};
  return {
    ...withEquals({ ...conditions, StringEquals: equals }, { 'aws:PrincipalOrgID': passing.organizationId }),
    ...(through !== undefined && { ArnLike: { [THROUGH]: through } }),
  };
}

function withEquals(conditions: NonNullable<Statement['Condition']>, more: Record<string, string>): Statement['Condition'] {
  return { ...conditions, StringEquals: { ...conditions.StringEquals, ...more } };
}
