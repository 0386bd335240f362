/** A statement of a VPC endpoint policy, which names who may pass. */
export type EndpointStatement<S> = S & { readonly Principal: '*' };

/**
 * The endpoint policy for some identity statements: everyone may pass with these calls, and with no others. It gives nobody
 * access that their own policy does not give.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html
 */
export function endpointStatements<S extends { readonly Effect: string }>(statements: S[]): Array<EndpointStatement<S>> {
  return statements.map(({ Effect, ...rest }) => ({ Effect, Principal: '*', ...rest }) as EndpointStatement<S>);
}
