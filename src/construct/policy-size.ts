import { CfnPolicy, CfnRole, ManagedPolicy, Policy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { APPLICATION_PROFILE_ARN_LENGTH } from './counted-token';
import { RegionMapping } from './region-mapping';
import { deployedValue } from '../template/deployed-value';

/**
 * The most characters of a managed policy, and of all inline policies of a principal together, without white space.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MOST = { managed: 6_144, role: 10_240, group: 5_120, user: 2_048 };

/** What to do when the inline policies of a principal are full. */
const INSTEAD = {
  role: 'Grant a ManagedPolicy that is attached to the role, spread the access over several roles, or grant fewer profiles',
  group: 'Grant a ManagedPolicy that is attached to the group, or a role that its users assume, or grant fewer profiles',
  user: 'Grant a ManagedPolicy that is attached to the user, or a group of the user, or a role that the user assumes, or grant fewer profiles',
};

/** The longest name of a Region, and an account: their lengths are those of any other. */
const [REGION, ACCOUNT] = ['ap-southeast-2', '111122223333'];
/** What is known only when it is deployed is mostly an ARN, and ARNs are about as long as this. */
const ATTRIBUTE_LENGTH = 100;

/** Where a construct keeps how many statements in its policies are ours; it is counted once it has some. */
const OURS = Symbol.for('cdk-bedrock-haiku.ownStatements');
/** So many of our statements always fit into the policy of a role, even with all the profiles that can share them. */
const ALWAYS_FIT = 3;

/** Lets synthesis fail if a policy that holds our statements is larger than IAM takes: CDK does not count what is in a list that is looked up. */
export function countPolicies(holder: IConstruct & { [OURS]?: { statements: number } }, statements: number): void {
  const ours = holder[OURS];
  if (ours) {
    ours.statements += statements;
    return;
  }
  const first = { statements };
  Object.defineProperty(holder, OURS, { value: first });
  holder.node.addValidation({ validate: () => tooLarge(holder, first.statements) });
}

function tooLarge(holder: IConstruct, ours: number): string[] {
  if (holder instanceof ManagedPolicy) return managedTooLarge(holder);
  if (holder instanceof Policy) return attachedTo(holder).flatMap((kind) => inlineTooLarge(holder, `Inline policy ${holder.node.path} is`, kind, [holder.document]));
  // A role that is made lazily stands below the construct that was granted.
  const { children } = (holder.node.tryFindChild('Default') ?? holder).node;
  const kind = 'userArn' in holder ? 'user' : 'groupArn' in holder ? 'group' : 'role';
  const documents = children.flatMap((child): unknown[] => {
    if (child instanceof Policy) return [child.document];
    return child instanceof CfnRole && Array.isArray(child.policies) ? child.policies.map((policy) => 'policyDocument' in policy && policy.policyDocument) : [];
  });
  // The usual role is not worth writing out its policy: that would be a tenth of what its grant costs.
  const [only] = documents;
  if (kind === 'role' && documents.length === 1 && only instanceof PolicyDocument && only.statementCount === ours && ours <= ALWAYS_FIT) return [];
  return [
    ...inlineTooLarge(holder, `Inline policies of ${holder.node.path} are`, kind, documents),
    ...children.flatMap((child) => child instanceof ManagedPolicy ? managedTooLarge(child) : []),
  ];
}

function managedTooLarge(policy: ManagedPolicy): string[] {
  const size = sizeAbove(MOST.managed, policy, [policy.document]);
  return size === undefined ? [] : [
    `Managed policy ${policy.node.path} is too large for IAM, got ${size} characters once deployed; expected at most ${MOST.managed}. `
    + 'Spread the access over several managed policies or roles, or grant fewer profiles.',
  ];
}

function inlineTooLarge(scope: IConstruct, what: string, kind: keyof typeof INSTEAD, documents: unknown[]): string[] {
  const size = sizeAbove(MOST[kind], scope, documents);
  return size === undefined ? [] : [
    `${what} too large for IAM, got ${size} characters once deployed; expected at most ${MOST[kind]} for a ${kind}. ${INSTEAD[kind]}.`,
  ];
}

/** What a policy of its own is attached to. */
function attachedTo(policy: Policy): Array<keyof typeof INSTEAD> {
  const { roles, groups, users } = policy.node.defaultChild as CfnPolicy;
  const lists = Stack.of(policy).resolve({ role: roles, group: groups, user: users }) as Partial<Record<keyof typeof INSTEAD, string[]>>;
  return Object.keys(lists) as Array<keyof typeof INSTEAD>;
}

/** The characters of the documents once they are deployed, if they are more than these. */
function sizeAbove(most: number, scope: IConstruct, documents: unknown[]): number | undefined {
  // Most policies are far from the limit, however long their tokens turn out to be.
  const text = JSON.stringify(documents);
  if (text.length + 100 * occurrences(text, '${Token[') + 1000 * occurrences(text, '#{Token[') <= most) return undefined;
  const stack = Stack.of(scope);
  const resolved: unknown[] = stack.resolve(documents);
  const tables = RegionMapping.tablesOf(stack);
  const deployed = resolved.map((document) => JSON.stringify(deployedValue(document, {
    region: REGION,
    account: ACCOUNT,
    lookUp: (mapping, column) => longest(Object.values(tables.get(mapping) ?? {}).map((row) => row[column])),
    unknown: (_, argument) => 'x'.repeat(Array.isArray(argument) && argument[1] === 'InferenceProfileArn' ? APPLICATION_PROFILE_ARN_LENGTH : ATTRIBUTE_LENGTH),
  })));
  const size = deployed.reduce((sum, { length }) => sum + length, 0);
  return size > most ? size : undefined;
}

function longest(values: unknown[]): unknown {
  return values.reduce((long, next) => JSON.stringify(next).length > (JSON.stringify(long) ?? '').length ? next : long, undefined);
}

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}
