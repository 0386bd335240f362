import { createHash } from 'crypto';
import { AccountPrincipal, IRole, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Annotations, ArnFormat, Names, Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { warnNotAttached } from './not-attached';
import { reportsPolicies } from './policy-report';
import { sizeAbove } from './policy-size';
import { HaikuError, shown } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** The condition key for the role of who asks. */
const PRINCIPAL = 'aws:PrincipalArn';

/** Where a trust policy keeps whom it trusts for us. Its name changes with the form of what is kept, for two copies of this package can meet. */
const TRUSTED = Symbol.for('cdk-bedrock-haiku.trusted.1');

type TrustPolicy = PolicyDocument & { [TRUSTED]?: Map<string, { readonly statement: PolicyStatement; readonly arns: string[] }> };

/** The role that a function calls through, perhaps one of a central account. */
export interface Assumption {
  readonly assumedRole?: IRole;
  readonly externalId?: string;
  /** The function's own role, if the app brings one. */
  readonly role?: IRole;
}

/** Refuses a role that a function of this scope cannot assume, or that CDK could not name from here. */
export function checkAssumption(scope: Construct, { assumedRole, externalId, role }: Assumption): void {
  if (!assumedRole) {
    if (externalId === undefined) return;
    throw new HaikuError('externalId is for the role that is assumed, and assumedRole is left out. Pass assumedRole too, or leave externalId out.');
  }
  if (JSON.stringify(Stack.of(scope).resolve(externalId) ?? '').includes('"AWS::NoValue"')) {
    throw new HaikuError('externalId may be left out only when the stack is deployed, got AWS::NoValue; expected one that is there, or none. '
      + 'The trust policy either asks for one or does not: leave externalId out of the app to have none.');
  }
  if (externalId !== undefined && !Token.isUnresolved(externalId) && !EXTERNAL_ID.test(externalId)) {
    throw new HaikuError(`externalId is not one that AWS STS takes, got ${shown(externalId)}; expected 2 to 1,224 letters, digits and _ + = , . @ : / -. `
      + 'Pass the one that the trust policy of the role asks for.');
  }
  checkArn(assumedRole);
  if (role && (role === assumedRole || role.roleArn === assumedRole.roleArn)) {
    throw new HaikuError(`assumedRole is the function's own role, got ${shown(assumedRole)} for both; expected another one. Leave assumedRole out: the function has this role anyway.`);
  }
  checkPlaces(Stack.of(scope), assumedRole, role);
}

/**
 * A name for the role of the scope's function, if the assumed role's trust policy must name it from elsewhere: the stack of that role
 * may be deployed first, and those of another account are told it by hand. Names of roles are the account's, in all Regions.
 */
export function nameToTrust(scope: Construct, assumedRole: IRole): string | undefined {
  const stack = Stack.of(scope);
  if (Role.isRole(assumedRole) && Stack.of(assumedRole) === stack) return undefined;
  let outer = stack;
  while (outer.nestedStackParent) outer = outer.nestedStackParent;
  const hash = createHash('sha256').update(JSON.stringify([outer.stackName, scope.node.path])).digest('hex').slice(0, 8);
  // At most 64 characters: the longest names of Regions have 14.
  return `${Names.uniqueResourceName(scope, { maxLength: 40, separator: '-' })}-${hash}-${stack.region}`;
}

/**
 * The role as it can be given access from here. Where the account of the stack is known only when it is deployed, CDK takes every
 * imported role for one of it, and would write the policies of a role of another account there.
 */
export function grantedRole(scope: Construct, assumedRole: IRole): IRole {
  const isElsewhere = !Role.isRole(assumedRole) && !Token.isUnresolved(assumedRole.roleArn) && Token.isUnresolved(Stack.of(scope).account);
  return isElsewhere ? Role.fromRoleArn(scope, 'AssumedRole', assumedRole.roleArn, { mutable: false }) : assumedRole;
}

/** Lets a function's role assume the role, and nothing else. */
export function assumeStatement({ roleArn }: IRole): PolicyStatement {
  return new PolicyStatement({ actions: ['sts:AssumeRole'], resources: [roleArn] });
}

/**
 * Lets the assumed role trust the function's role, in one statement for all functions of an account: a trust policy holds 2,048
 * characters. The statement names the account, and the role in a condition: IAM takes no
 * principal that does not exist yet, and one that was deleted and made again would be another to it.
 *
 * @param name - that of the function's role, if it was made with one
 */
export function trust(
  scope: Construct, className: string, functionRole: IRole, name: string | undefined, { assumedRole, externalId }: Assumption): void {
  const stack = Stack.of(scope);
  const functionRoleArn = name === undefined ? functionRole.roleArn
    : stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: name, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  const statement = new PolicyStatement({
    actions: ['sts:AssumeRole'],
    principals: [new AccountPrincipal(stack.account)],
    conditions: {
      ArnEquals: { [PRINCIPAL]: functionRoleArn },
      ...externalId !== undefined && { StringEquals: { 'sts:ExternalId': externalId } },
    },
  });
  // CDK's policy report holds trust policies as they were when their roles were made.
  const policy: TrustPolicy | undefined = Role.isRole(assumedRole) && !reportsPolicies(assumedRole) ? assumedRole.assumeRolePolicy : undefined;
  if (!policy) return warnNotAttached(scope, `${className}.trustNotAttached`, `trust policy of the role ${shownRole(assumedRole!)}`, statement);
  if (!policy[TRUSTED]) {
    Object.defineProperty(policy, TRUSTED, { value: new Map() });
    assumedRole!.node.addValidation({ validate: () => trustTooLong(className, assumedRole as Role) });
  }
  const key = JSON.stringify([stack.account, externalId]);
  const trusted = policy[TRUSTED]!.get(key);
  if (trusted) {
    trusted.arns.push(functionRoleArn);
    trusted.statement.addCondition('ArnEquals', { [PRINCIPAL]: trusted.arns });
  } else {
    policy[TRUSTED]!.set(key, { statement, arns: [functionRoleArn] });
    policy.addStatements(statement);
  }
}

/** How much of a trust policy is too much. An account can have the first number raised to the second. */
const MOST_TRUST = { byDefault: 2_048, everywhere: 4_096 };

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
function trustTooLong(className: string, role: Role): string[] {
  const size = sizeAbove(MOST_TRUST.byDefault, [{ resource: role, document: role.assumeRolePolicy! }]);
  if (size === undefined) return [];
  const expected = (most: number) => `Trust policy of ${role.node.path} is too long for IAM, got ${size} characters once deployed; expected at most ${most}`;
  const fewer = 'make several such roles, each for some of the functions, or give the functions one role of their own with the prop role';
  if (size > MOST_TRUST.everywhere) return [`${expected(MOST_TRUST.everywhere)}. Each function adds its role: ${fewer}.`];
  Annotations.of(role).addWarningV2(`cdk-bedrock-haiku:${className}.trustPolicySize`,
    `${expected(MOST_TRUST.byDefault)}, unless the account has a greater quota. Ask for more of "Role trust policy length", up to ${MOST_TRUST.everywhere}. Or ${fewer}.`);
  return [];
}

/** What a message calls a role: its ARN, or its place in the app if the ARN is known only when it is deployed. */
export function shownRole({ roleArn, node }: IRole): string {
  return Token.isUnresolved(roleArn) ? node.path : roleArn;
}

function checkArn({ roleArn }: IRole): void {
  checkExactArn('assumedRole', roleArn, 'the ARN of one role');
  if (Token.isUnresolved(roleArn) || ROLE_ARN.test(roleArn)) return;
  throw new HaikuError(`assumedRole has an ARN that is not a role's, got ${shown(roleArn)}; expected "arn:aws:iam::<account>:role/<name>". `
    + 'Pass Role.fromRoleArn(...) with that of the role, not that of a session of it.');
}

/** A role of another stack is named there and here. What CDK says where it cannot do that names neither the prop nor the remedy. */
function checkPlaces(stack: Stack, assumedRole: IRole, role?: IRole): void {
  const there = Stack.of(assumedRole);
  if (there === stack || !Token.isUnresolved(assumedRole.roleArn)) return;
  const oneKnown = (key: 'account' | 'region') => Token.compareStrings(there[key], stack[key]) === TokenComparison.ONE_UNRESOLVED;
  if (oneKnown('account') || oneKnown('region')) {
    throw new HaikuError(
      `assumedRole is made in the stack ${there.node.path} (${placeOf(there)}), and the function in ${stack.node.path} (${placeOf(stack)}); `
      + 'expected both stacks with an env, or neither. Whether they are of one account must be known: give both an account and a Region as env.');
  }
  checkNamed('assumedRole', stack, assumedRole);
  if (!role || !Token.isUnresolved(role.roleArn) || !Role.isRole(assumedRole)) return;
  checkNamed('role', there, role);
  if (Stack.of(role) !== there && Stack.of(role).environment === there.environment) {
    throw new HaikuError(
      `role and assumedRole are made in two stacks of one account and Region, got ${shown(role)} and ${shown(assumedRole)}; each stack would need the other one first. `
      + 'Make both in one stack, or leave role out: the HaikuInvoker then makes one with a name.');
  }
}

function checkNamed(prop: string, from: Stack, role: IRole): void {
  try {
    from.resolve(role.roleArn);
  } catch {
    throw new HaikuError(
      `${prop} is made in another account or Region, and has no name by which the stack ${from.node.path} could refer to it, got ${shown(role)}; expected a role with a name. `
      + 'Give it roleName: PhysicalName.GENERATE_IF_NEEDED, or a name of its own.');
  }
}

function placeOf({ account, region }: Stack): string {
  const known = (value: string) => Token.isUnresolved(value) ? 'known only when it is deployed' : value;
  return `account ${known(account)}, Region ${known(region)}`;
}
