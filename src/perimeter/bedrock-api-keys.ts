import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import { denyKeyStatements, denyLongTermKeyStatements, denyOldKeyStatements } from '../policy/api-key-statements';
import { Statement } from '../policy/statement';
import { checkKind, DURATION, required } from '../private/prop-kind';
import { daysOf } from '../targets/api-key-access';

/**
 * Statements that limit the API keys of Amazon Bedrock, at both of its services: for a role, a user, a permissions boundary or a service
 * control policy. Nothing can forbid to make a short-term key, which is a signature of credentials that somebody has; it can be forbidden to
 * be used.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html
 */
export class BedrockApiKeys {
  /** Denies the use of every API key, and to make long-term ones. */
  public static denyAll(): PolicyStatement[] { return written(denyKeyStatements()); }

  /** Denies the use of long-term API keys, and to make them. Short-term ones are left alone. */
  public static denyLongTerm(): PolicyStatement[] { return written(denyLongTermKeyStatements()); }

  /**
   * Denies to make long-term API keys that last longer, or that never expire. Those that are there already are left alone.
   *
   * Throws if the age is not one that a key can have.
   *
   * @param maxAge - whole days, from 1 to 36,600
   */
  public static denyOlderThan(maxAge: Duration): PolicyStatement[] {
    checkKind('maxAge', maxAge, required(DURATION));
    return written(denyOldKeyStatements(daysOf('maxAge', maxAge)));
  }

  private constructor() {}
}

function written(statements: Statement[]): PolicyStatement[] {
  return statements.map((statement) => PolicyStatement.fromJson(statement));
}
