import { CfnGroup, CfnGroupPolicy, CfnPolicy, CfnRole, CfnRolePolicy, CfnUser, CfnUserPolicy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, Stage, Token, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

const OF_STAGE = Symbol('cdk-bedrock-haiku.InlinePolicies');

export type EntityKind = 'role' | 'group' | 'user';

/** A role, group or user, and all its inline policies, whichever construct and stack they stand in. */
export interface Entity {
  readonly kind: EntityKind;
  /** What a message calls it: its path, or its name if the app does not make it. */
  readonly shown: string;
  readonly policies: InlinePolicy[];
}

export interface InlinePolicy {
  readonly resource: IConstruct;
  readonly document: unknown;
}

/** The inline policies of a stage by what they are attached to: IAM limits those of one entity together. */
export class InlinePolicies {
  /** Those of the construct's stage, as they are in this synthesis. */
  public static of(scope: IConstruct): InlinePolicies {
    const stage: IConstruct & { [OF_STAGE]?: InlinePolicies } = Stage.of(scope) ?? scope.node.root;
    if (stage[OF_STAGE]) return stage[OF_STAGE];
    const policies = new InlinePolicies(stage);
    Object.defineProperty(stage, OF_STAGE, { value: policies });
    // A stage is validated before what is in it: each synthesis looks anew.
    stage.node.addValidation({ validate: () => policies.forget() });
    return policies;
  }

  private found?: Map<IConstruct, Entity[]>;
  private readonly judged = new Set<Entity>();

  private constructor(private readonly stage: IConstruct) {}

  /** What the policies in a construct belong to; each entity once a synthesis, since one finding is enough. */
  public entitiesOf(holder: IConstruct): Entity[] {
    const found = this.found ??= this.find();
    const entities = new Set(holder.node.findAll().flatMap((construct) => found.get(construct) ?? []));
    const unjudged = [...entities].filter((entity) => !this.judged.has(entity));
    for (const entity of unjudged) this.judged.add(entity);
    return unjudged;
  }

  /** The policies of those to whom a policy in a construct belongs, or the construct itself. */
  public policiesOf(holder: IConstruct): InlinePolicy[] {
    const found = this.found ??= this.find();
    const entities = new Set(holder.node.findAll().flatMap((construct) => found.get(construct) ?? []));
    return [...entities].flatMap(({ policies }) => policies);
  }

  private forget(): string[] {
    this.found = undefined;
    this.judged.clear();
    return [];
  }

  private find(): Map<IConstruct, Entity[]> {
    const entities = new Map<string, Entity>();
    const found = new Map<IConstruct, Entity[]>();
    for (const resource of this.stage.node.findAll().filter((construct) => CfnResource.isCfnResource(construct))) {
      for (const { key, kind, shown, policy } of policiesOf(resource)) {
        const entity = entities.get(key) ?? { kind, shown, policies: [] };
        entity.policies.push(policy);
        entities.set(key, entity);
        found.set(resource, [...found.get(resource) ?? [], entity]);
      }
    }
    return found;
  }
}

interface Attached {
  readonly key: string;
  readonly kind: EntityKind;
  readonly shown: string;
  readonly policy: InlinePolicy;
}

/** The inline policies that a resource is or has, once for each entity. */
function policiesOf(resource: CfnResource): Attached[] {
  if (resource instanceof CfnPolicy) {
    const { roles, groups, users, policyDocument: document } = resource;
    if (document instanceof PolicyDocument && document.isEmpty) return [];
    const own = ownerOf(resource);
    if (own) return [{ ...entityOf(own), policy: { resource, document } }];
    return [...attached('role', resource, roles, document), ...attached('group', resource, groups, document), ...attached('user', resource, users, document)];
  }
  if (resource instanceof CfnRolePolicy) return attached('role', resource, [resource.roleName], resource.policyDocument);
  if (resource instanceof CfnGroupPolicy) return attached('group', resource, [resource.groupName], resource.policyDocument);
  if (resource instanceof CfnUserPolicy) return attached('user', resource, [resource.userName], resource.policyDocument);
  const own = ownOf(resource);
  if (!own?.policies) return [];
  const list: unknown = Array.isArray(own.policies) ? own.policies : own.stack.resolve(own.policies);
  const documents = (Array.isArray(list) ? list : []).map((policy: { policyDocument?: unknown }) => policy.policyDocument);
  return documents.map((document) => ({ ...entityOf(own), policy: { resource: own, document } }));
}

/** The role that CDK made the policy for. Most policies are such a one, and to read what it is attached to would cost more than all else here. */
function ownerOf(policy: CfnPolicy): CfnRole | undefined {
  const { scope: parent } = policy.node;
  const role = parent?.node.id === 'DefaultPolicy' ? parent.node.scope?.node.defaultChild : undefined;
  return role instanceof CfnRole ? role : undefined;
}

function attached(kind: EntityKind, resource: CfnResource, names: string[] | undefined, document: unknown): Attached[] {
  const resolver = new EntityResolver();
  const found: unknown = names && Tokenization.resolve(names, { scope: resource, resolver, preparing: false });
  const entities = (Array.isArray(found) ? found as unknown[] : []).map((name) => {
    const own = name instanceof Referred && ownOf(name.resource);
    return own ? entityOf(own) : named(kind, name, resource);
  });
  // Attached twice, a policy is there once.
  return [...new Map(entities.map((entity) => [entity.key, { ...entity, policy: { resource, document } }])).values()];
}

type Own = CfnRole | CfnGroup | CfnUser;

function ownOf(resource: CfnResource): Own | undefined {
  return resource instanceof CfnRole || resource instanceof CfnGroup || resource instanceof CfnUser ? resource : undefined;
}

/** A role that the app makes under a name of its own can also be imported by it. */
function entityOf(own: Own): Omit<Attached, 'policy'> {
  const [kind, name] = own instanceof CfnRole ? ['role', own.roleName] as const
    : own instanceof CfnGroup ? ['group', own.groupName] as const : ['user', own.userName] as const;
  const shown = (own.node.scope ?? own).node.path;
  return name === undefined || Token.isUnresolved(name) ? { kind, key: own.node.path, shown } : { ...named(kind, name, own), shown };
}

/** Names are those of an account. One that is known only when it is deployed may be another for each stack. */
function named(kind: EntityKind, name: unknown, { stack }: CfnResource): Omit<Attached, 'policy'> {
  const where = Token.isUnresolved(stack.account) ? deployedStack(stack).node.path : stack.account;
  const shown = typeof name === 'string' ? name : JSON.stringify(name);
  return { kind, key: JSON.stringify([kind, where, name]), shown };
}

function deployedStack(stack: Stack): Stack {
  return stack.nestedStackParent ? deployedStack(stack.nestedStackParent) : stack;
}

/** A resource in place of its name, or of another attribute. */
class Referred {
  constructor(public readonly resource: CfnResource, private readonly attribute: string) {}

  /** As a part of a longer name. */
  public toJSON(): string[] {
    return [this.resource.node.path, this.attribute];
  }
}

class EntityResolver extends DefaultTokenResolver {
  constructor() {
    super({ join: (left: unknown, right: unknown) => JSON.stringify([left, right]) });
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token) && CfnResource.isCfnResource(token.target)) return new Referred(token.target, token.displayName);
    return super.resolveToken(token, context, postProcessor);
  }
}
