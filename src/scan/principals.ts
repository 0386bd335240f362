import { Choice, choicesOf } from './choices';
import { awsManagedPolicy } from './managed-policies';
import { PolicyDocument, readPolicyDocument } from '../iam/policy-document';
import { Unknown } from '../private/unknown';
import { Resource, Stack } from '../template/stack';
import { isRecord, jsonIn } from '../template/template-json';

/** A policy, and where it stands. */
export interface Policy {
  /** What writes it: a policy of its own, or the role that it stands in. Nothing for one of AWS. */
  readonly resource?: Resource;
  /** Inside the resource: `Properties/Policies/0/PolicyDocument`. */
  readonly path: string;
  readonly document: PolicyDocument;
}

/** Who policies speak of: a role, a user, a group or a permission set of the assembly, or somebody elsewhere whom policies of it name. */
export interface Principal {
  /** As people read it: the logical ID, or the name of a role elsewhere. */
  readonly name: string;
  readonly resource?: Resource;
  readonly arn?: string;
  /** Whether a template writes its name, which AWS generates else. */
  readonly isNamed: boolean;
  readonly policies: Policy[];
  readonly boundary?: Policy | 'elsewhere';
  /** Policies that may allow more and cannot be read: where they come from. */
  readonly elsewhere: string[];
  /** What its calls may set so that its policies let them pass. */
  readonly choices: () => readonly Choice[];
}

/** The principals of an assembly. */
export interface Principals {
  readonly all: readonly Principal[];
  /** Who acts under a role's ARN or name: a principal, or the text of why nobody can say. */
  find(role: unknown): Principal | undefined;
}

const KINDS: Readonly<Record<string, { readonly list: string; readonly single: string } | undefined>> = {
  'AWS::IAM::Role': { list: 'Roles', single: 'RoleName' },
  'AWS::IAM::User': { list: 'Users', single: 'UserName' },
  'AWS::IAM::Group': { list: 'Groups', single: 'GroupName' },
};
const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy'];

/** What is gathered of a principal. */
interface Gathered extends Principal {
  boundary?: Policy | 'elsewhere';
}

function gathering(principal: Pick<Principal, 'name' | 'resource' | 'arn' | 'elsewhere'>): Gathered {
  let choices: readonly Choice[] | undefined;
  const made: Gathered = {
    ...principal,
    isNamed: Object.values(KINDS).some((kind) => principal.resource?.properties[kind!.single] !== undefined),
    policies: [],
    choices: () => choices ??= choicesOf([...made.policies, ...made.boundary && made.boundary !== 'elsewhere' ? [made.boundary] : []].map(({ document }) => document)),
  };
  return made;
}

/** Everyone whom the stacks give policies to, with all of their policies together. */
export function principalsOf(stacks: readonly Stack[]): Principals {
  const resources = stacks.flatMap((stack) => stack.of(...Object.keys(KINDS), 'AWS::SSO::PermissionSet'));
  const managed = new Map<string, { readonly policy: Policy | string; attached: boolean }>();
  const byName = new Map<string, Gathered>();
  const gathered = resources.map((resource) => {
    const principal = gatheredOf(resource);
    if (principal.arn) byName.set(keyOf(resource.type, nameIn(principal.arn)), principal);
    return principal;
  });
  const elsewhere = new Map<string, Gathered>();
  const named = (type: string, name: unknown): Gathered => {
    const known = typeof name === 'string' ? byName.get(keyOf(type, name)) : undefined;
    if (known) return known;
    const text = String(name);
    const made = elsewhere.get(keyOf(type, text)) ?? gathering({ name: text, elsewhere: [`the other policies of ${text}`] });
    elsewhere.set(keyOf(type, text), made);
    return made;
  };
  const loose = gathering({ name: 'whoever it is attached to', elsewhere: ['the other policies of whoever these are attached to'] });
  for (const resource of stacks.flatMap((stack) => stack.of(...POLICIES))) {
    const policy = policyOf(resource, resource.properties.PolicyDocument, 'Properties/PolicyDocument');
    const targets = targetsOf(resource).map(([type, name]) => named(type, name));
    if (resource.type === 'AWS::IAM::ManagedPolicy') managed.set(String(arnOf(resource)), { policy, attached: targets.length > 0 });
    for (const target of targets) add(target, policy);
  }
  for (const principal of gathered) attach(principal, managed);
  for (const { policy, attached } of managed.values()) if (!attached) add(loose, policy);
  inherit(gathered, byName, stacks);
  return {
    all: [...gathered, ...elsewhere.values(), ...loose.policies.length > 0 ? [loose] : []],
    find: (role) => {
      if (typeof role !== 'string') return undefined;
      const name = role.startsWith('arn:') ? nameIn(role) : role;
      const known = byName.get(keyOf('AWS::IAM::Role', name));
      return known && (!role.startsWith('arn:') || known.arn === role) ? known : elsewhere.get(keyOf('AWS::IAM::Role', name));
    },
  };
}

function gatheredOf(resource: Resource): Gathered {
  const { properties, id, type } = resource;
  const principal = gathering({ name: id, resource, arn: type === 'AWS::SSO::PermissionSet' ? undefined : String(arnOf(resource)), elsewhere: [] });
  // A macro may write all of them.
  if (Unknown.isUnknown(properties)) principal.elsewhere.push(`the properties of ${id}`);
  listOf(properties.Policies).forEach((inline, index) => {
    const path = `Properties/Policies/${index}/PolicyDocument`;
    add(principal, Unknown.isUnknown(inline) ? String(inline) : policyOf(resource, isRecord(inline) ? inline.PolicyDocument : undefined, path));
  });
  if (properties.InlinePolicy !== undefined) add(principal, policyOf(resource, properties.InlinePolicy, 'Properties/InlinePolicy'));
  for (const { Name } of listOf(properties.CustomerManagedPolicyReferences) as Array<{ Name?: unknown }>) principal.elsewhere.push(String(Name));
  return principal;
}

/** Adds the managed policies that a principal lists itself, and its permissions boundary. */
function attach(principal: Gathered, managed: ReadonlyMap<string, { readonly policy: Policy | string; attached: boolean }>): void {
  const { properties } = principal.resource!;
  const read = (arn: unknown): Policy | string => {
    const found = managed.get(String(arn));
    if (found) return found.policy;
    const document = typeof arn === 'string' ? awsManagedPolicy(arn.startsWith('arn:') ? arn : `arn:aws:iam::aws:policy/${arn}`) : undefined;
    return document ? { document, path: String(arn) } : String(arn);
  };
  for (const arn of [properties.ManagedPolicyArns, properties.ManagedPolicies].flatMap(listOf)) {
    const found = managed.get(String(arn));
    if (found) found.attached = true;
    add(principal, read(arn));
  }
  const { PermissionsBoundary: boundary } = properties;
  if (boundary === undefined) return;
  const found = managed.get(String(boundary));
  if (found) found.attached = true;
  const policy = read(isRecord(boundary) ? boundary.ManagedPolicyArn : boundary);
  principal.boundary = typeof policy === 'string' ? 'elsewhere' : policy;
}

/** A user has the policies of its groups too. */
function inherit(gathered: readonly Gathered[], byName: ReadonlyMap<string, Gathered>, stacks: readonly Stack[]): void {
  const added = stacks.flatMap((stack) => stack.of('AWS::IAM::UserToGroupAddition')).map(({ properties }) => ({ group: properties.GroupName, users: listOf(properties.Users) }));
  for (const user of gathered.filter(({ resource }) => resource!.type === 'AWS::IAM::User')) {
    const name = nameIn(user.arn!);
    const joined = added.filter(({ users }) => users.includes(name)).map((one) => one.group);
    for (const group of [...listOf(user.resource!.properties.Groups), ...joined]) {
      const found = byName.get(keyOf('AWS::IAM::Group', String(group)));
      if (found) user.policies.push(...found.policies);
      else user.elsewhere.push(`the group ${String(group)}`);
      user.elsewhere.push(...found?.elsewhere ?? []);
    }
  }
}

function add(principal: Gathered, policy: Policy | string): void {
  if (typeof policy === 'string') principal.elsewhere.push(policy);
  else principal.policies.push(policy);
  // A statement that cannot be read may allow something.
  if (typeof policy !== 'string') principal.elsewhere.push(...policy.document.problems.filter(({ place }) => place.startsWith('Statement') || place === '').map(({ place }) => `${policy.path}/${place}`));
}

/** A policy that may not be there cannot be counted on: only its place is kept. */
function policyOf(resource: Resource, document: unknown, path: string): Policy | string {
  if (resource.exists === undefined) return `${resource.id}, which a condition may leave out`;
  // Permission sets take their policy as JSON text.
  return { resource, path, document: readPolicyDocument(typeof document === 'string' ? jsonIn(document) : document) };
}

function targetsOf({ properties }: Resource): Array<[string, unknown]> {
  return Object.entries(KINDS).flatMap(([type, kind]) => [...listOf(properties[kind!.list]), ...listOf(properties[kind!.single])]
    .map((name): [string, unknown] => [type, name]));
}

/** What the resource is called by others. */
function arnOf({ stack, deployedId, type }: Resource): unknown {
  return stack.value(type === 'AWS::IAM::ManagedPolicy' ? { Ref: deployedId } : { 'Fn::GetAtt': [deployedId, 'Arn'] });
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function keyOf(type: string, name: string): string {
  return `${type} ${name}`;
}
