import { AccountPrincipal, Conditions, IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IAlias, IKey } from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { warnNotAttached } from './not-attached';
import { knownToDiffer } from './tokens';
import { HaikuError, shown } from '../private/errors';

/** What a use of a key must be for, by the condition keys of KMS. */
type KeyConditions = Record<string, string>;

/**
 * Lets a role, of the account of the scope's stack unless it is said, decrypt with this key, and with no other: for a key of another account or Region CDK's own grant
 * names every key. A key of this account leaves it to IAM who may use it, as CDK assumes too; one of another account must
 * also say so itself, and the warning, which is of a class, prints what.
 */
export function letDecrypt(
  scope: IConstruct, role: IPrincipal, given: IKey, className: string, only: KeyConditions = {}, account = Stack.of(scope).account): void {
  const key = keyBehind(given);
  addStatement(role, key, ['kms:Decrypt'], only);
  if (!knownToDiffer(key.env.account, account)) return;
  // In a key policy the resource is the key itself. The name of the role may not be known, so its account stands for it.
  const statement = new PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'], principals: [new AccountPrincipal(account)], conditions: stringEquals(only) });
  if (!key.addToResourcePolicy(statement, true).statementAdded) {
    statement.addConditions(onlyOf(role));
    warnNotAttached(scope, `${className}.keyPolicyNotAttached`, `policy of the key ${key.keyArn}`, statement);
  }
}

/** The condition that holds a statement on an account to one role of it. A principal that was deleted and made again would be another to IAM. */
export function onlyOf({ policyFragment: { principalJson } }: IPrincipal): Conditions {
  return { ArnEquals: { 'aws:PrincipalArn': principalJson.AWS[0] } };
}

/** CDK's own grant, but for an alias whose key is not known, to which CDK grants nothing. */
export function letUse(role: IPrincipal, given: IKey, ...actions: string[]): void {
  const key = keyBehind(given);
  if (aliasNameOf(key) === undefined) key.grant(role, ...actions);
  else addStatement(role, key, actions);
}

/**
 * The statement on a key, or on whichever key has the alias: as a resource an alias stands for itself, and gives nothing of its key.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
function addStatement(role: IPrincipal, key: IKey, actions: string[], only: KeyConditions = {}): void {
  const alias = aliasNameOf(key);
  role.addToPrincipalPolicy(new PolicyStatement(alias === undefined ? { actions, resources: [key.keyArn], conditions: stringEquals(only) } : {
    actions,
    resources: [`${key.keyArn.slice(0, -alias.length)}key/*`],
    conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias }, ...stringEquals(only) },
  }));
}

function stringEquals(only: KeyConditions): Record<string, KeyConditions> {
  return Object.keys(only).length > 0 ? { StringEquals: only } : {};
}

/** The key of a prop, for a service that takes no alias. Throws for an alias whose key is not known. */
export function keyFor(service: string, prop: string, given: IKey | undefined): IKey | undefined {
  const key = given && keyBehind(given);
  if (!key || aliasNameOf(key) === undefined) return key;
  throw new HaikuError(`${prop} is an alias whose key is not known, got ${shown(aliasNameOf(key))}; expected a key, since ${service} takes no alias. `
    + 'Pass new Key(...), Key.fromLookup(...) or Key.fromKeyArn(...).');
}

/** The key that an alias stands for, if the app knows it. */
function keyBehind(key: IKey): IKey {
  try {
    const { aliasTargetKey } = key as IAlias;
    return aliasTargetKey ? keyBehind(aliasTargetKey) : key;
  } catch {
    // An alias that was imported by its name throws.
    return key;
  }
}

/** The name of an alias, `alias/...`, also of one that was imported as if it were a key. */
function aliasNameOf(key: IKey): string | undefined {
  const { aliasName } = key as IAlias;
  if (typeof aliasName === 'string') return aliasName;
  const start = key.keyArn.indexOf(':alias/');
  return start === -1 ? undefined : key.keyArn.slice(start + 1);
}
