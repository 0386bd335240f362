import { ManagedPolicy, Policy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Entity, InlinePolicies, InlinePolicy } from './inline-policies';
import { RegionRows, tablesOf } from './region-mapping';
import { APPLICATION_PROFILE_ARN_LENGTH } from './tokens';
import { DeployedTemplate } from '../template/deployed-template';

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
  InlinePolicies.of(holder);
  holder.node.addValidation({ validate: () => tooLarge(holder, first.statements) });
}

function tooLarge(holder: IConstruct, ours: number): string[] {
  if (holder instanceof ManagedPolicy) return managedTooLarge(holder);
  // A role that is made lazily stands below the construct that was granted.
  const { children } = (holder.node.tryFindChild('Default') ?? holder).node;
  return [
    ...InlinePolicies.of(holder).entitiesOf(holder).flatMap((entity) => isUsual(entity, ours) ? [] : inlineTooLarge(holder, entity)),
    ...children.flatMap((child) => child instanceof ManagedPolicy ? managedTooLarge(child) : []),
  ];
}

/** The usual role is not worth writing out its policy: that would be a tenth of what its grant costs. */
function isUsual({ kind, policies: [first, ...others] }: Entity, ours: number): boolean {
  return kind === 'role' && others.length === 0 && first.document instanceof PolicyDocument && first.document.statementCount === ours && ours <= ALWAYS_FIT;
}

function managedTooLarge(policy: ManagedPolicy): string[] {
  const size = sizeAbove(MOST.managed, [{ resource: policy, document: policy.document }]);
  return size === undefined ? [] : [
    `Managed policy ${policy.node.path} is too large for IAM, got ${size} characters once deployed; expected at most ${MOST.managed}. `
    + 'Spread the access over several managed policies or roles, or grant fewer profiles.',
  ];
}

function inlineTooLarge(holder: IConstruct, { kind, shown, policies }: Entity): string[] {
  const size = sizeAbove(MOST[kind], policies);
  if (size === undefined) return [];
  const alone = policies.length === 1 && holder instanceof Policy;
  const of = holder instanceof Policy ? shown : holder.node.path;
  const elsewhere = policies.map(({ resource }) => (resource.node.scope ?? resource).node.path).filter((path) => path !== of && !path.startsWith(`${of}/`));
  return [
    `${alone ? `Inline policy ${holder.node.path} is` : `Inline policies of ${of} are`} too large for IAM, got ${size} characters once deployed`
    + `${alone || elsewhere.length === 0 ? '' : `, with those in ${elsewhere.join(', ')}`}; expected at most ${MOST[kind]} for a ${kind}. ${INSTEAD[kind]}.`,
  ];
}

/** The characters of the documents once they are deployed, if they are more than these. */
export function sizeAbove(most: number, policies: InlinePolicy[]): number | undefined {
  // Most policies are far from the limit, however long their tokens turn out to be.
  const text = JSON.stringify(policies.map(({ document }) => document));
  if (text.length + 100 * occurrences(text, '${Token[') + 1000 * occurrences(text, '#{Token[') <= most) return undefined;
  const size = policies.reduce((sum, policy) => sum + deployedSize(policy), 0);
  return size > most ? size : undefined;
}

/** The characters of a document once it is deployed, what is known only then counted by its usual length. */
export function deployedSize({ resource, document }: InlinePolicy): number {
  const stack = Stack.of(resource);
  const deployed = new DeployedTemplate({ Mappings: longestRows(tablesOf(stack)) }, {
    region: REGION,
    account: ACCOUNT,
    supply: (_, argument) => 'x'.repeat(Array.isArray(argument) && argument[1] === 'InferenceProfileArn' ? APPLICATION_PROFILE_ARN_LENGTH : ATTRIBUTE_LENGTH),
  });
  return JSON.stringify(deployed.value(stack.resolve(document))).length;
}

/** The tables, each with one row: the longest value of each column. */
function longestRows(tables: Map<string, RegionRows>): Record<string, RegionRows> {
  return Object.fromEntries([...tables].map(([name, table]) => {
    const rows = Object.values(table);
    const columns = new Set(rows.flatMap((row) => Object.keys(row)));
    return [name, { [REGION]: Object.fromEntries([...columns].map((column) => [column, longest(rows.map((row) => row[column]))])) }];
  }));
}

function longest(values: Array<string | string[]>): string | string[] {
  return values.reduce((long, next) => JSON.stringify(next ?? '').length > JSON.stringify(long ?? '').length ? next : long);
}

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}
