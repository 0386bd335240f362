import { AccountPrincipal, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { warnNotAttached } from './not-attached';

/**
 * Lets a role of the scope's stack decrypt with this key, and with no other: for a key of another account or Region CDK's own grant
 * names every key. A key of this account leaves it to IAM who may use it, as CDK assumes too; one of another account must
 * also say so itself, and the warning, which is of a class, prints what.
 */
export function letDecrypt(scope: IConstruct, role: IRole, key: IKey, className: string): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn] }));
  const { account } = Stack.of(scope);
  if (Token.compareStrings(key.env.account, account) !== TokenComparison.DIFFERENT) return;
  // In a key policy the resource is the key itself. The name of the role may not be known, so its account stands for it.
  const statement = new PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'], principals: [new AccountPrincipal(account)] });
  if (!key.addToResourcePolicy(statement, true).statementAdded) {
    warnNotAttached(scope, `${className}.keyPolicyNotAttached`, `policy of the key ${key.keyArn}`, statement);
  }
}
