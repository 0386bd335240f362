import { ArnPrincipal, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { checkExactArn } from '../private/exact-arn';

/**
 * The account that a principal calls from, which the ARN of what it calls carries. Nothing if CDK does not know it.
 *
 * CDK reads the account out of the ARN of an imported role, but not of an `ArnPrincipal`. Throws if it stands for several accounts.
 */
export function callerAccount(principal: IPrincipal): string | undefined {
  const account = principal.principalAccount;
  if (account !== undefined) checkExactArn(`Account of the principal ${principal}`, account, 'an account of 12 digits such as "111122223333"');
  if (account !== undefined || !(principal instanceof ArnPrincipal)) return account;
  return /^arn:[a-z-]+:(?:iam|sts)::(\d{12}):/.exec(principal.arn)?.[1];
}
