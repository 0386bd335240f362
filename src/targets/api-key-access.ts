import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import { ApiKeyGrantOptions, ApiKeyType } from './invocation-grants';
import { ApiKeyService, createKeyStatement, useKeyStatement } from '../policy/api-key-statements';
import { Statement } from '../policy/statement';
import { HaikuError, shown } from '../private/errors';

/** What IAM takes for the days after which a credential for one service expires. */
const MOST_DAYS = 36_600;

/** What a principal needs to call with a key, besides what the call itself needs. */
export function apiKeyStatements(
  service: ApiKeyService, grantee: IGrantable, { keyType = ApiKeyType.SHORT_TERM, maxAge }: ApiKeyGrantOptions,
): Statement[] {
  if (keyType === ApiKeyType.SHORT_TERM && maxAge !== undefined) {
    throw new HaikuError('maxAge is for long-term keys, and a short-term key lasts 12 hours at most. Leave maxAge out, or pass ApiKeyType.LONG_TERM as keyType.');
  }
  if (keyType === ApiKeyType.LONG_TERM) checkHolder(grantee);
  return [useKeyStatement(service, keyType), ...maxAge === undefined ? [] : [createKeyStatement(userArnOf(grantee), daysOf('maxAge', maxAge))]];
}

/** The days of an age that a long-term key may have. */
export function daysOf(name: string, age: Duration): number {
  const days = age.isUnresolved() ? NaN : age.toMilliseconds() / 86_400_000;
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new HaikuError(
    `${name} is not an age that a key can have, got ${age.isUnresolved() ? 'an unresolved token' : shown(age.toString())}; expected whole days, from 1 to 36,600. `
    + 'Pass, for example, Duration.days(30).');
}

function checkHolder({ grantPrincipal }: IGrantable): void {
  if (!('roleArn' in grantPrincipal)) return;
  throw new HaikuError(
    `keyType does not go with the grantee, got ApiKeyType.LONG_TERM for ${shown(grantPrincipal)}; expected an IAM user, since a role has no long-term keys. `
    + 'Leave keyType out, or grant a user.');
}

function userArnOf({ grantPrincipal }: IGrantable): string {
  if ('userArn' in grantPrincipal) return (grantPrincipal as { readonly userArn: string }).userArn;
  throw new HaikuError(`maxAge does not go with the grantee, got ${shown(grantPrincipal)}; expected an IAM user, which makes keys for itself. Grant an iam.User, or leave maxAge out.`);
}
