import { ArnPrincipal, IPrincipal } from 'aws-cdk-lib/aws-iam';

/**
 * The account that a principal calls from, which the ARN of what it calls carries. Nothing if CDK does not know it.
 *
 * CDK reads the account out of the ARN of an imported role, but not of an `ArnPrincipal`.
 */
export function callerAccount(principal: IPrincipal): string | undefined {
  if (principal.principalAccount !== undefined || !(principal instanceof ArnPrincipal)) return principal.principalAccount;
  return /^arn:[a-z-]+:(?:iam|sts)::(\d{12}):/.exec(principal.arn)?.[1];
}
