import {
  CfnElement, CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, Tokenization,
} from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/** Stands in text for a part that is known only at deploy time. */
const UNKNOWN = '*';
/** A name in the text of `Fn::Sub`; with an exclamation mark it is none. */
const SUBSTITUTED = /\$\{([\w.:]+)\}/g;

/** A resource as the template will have it, with overrides, and the resources that it refers to, in other stacks too. */
export class ResolvedResource {
  public static of(resource: CfnResource): ResolvedResource {
    return new ResolvedResource(resource, new ReferenceRecorder());
  }

  /**
   * The same with only one of its properties known, and that one as the template of its stack will have it, references too. What
   * stands beside it may depend on what asks for it.
   */
  public static only(property: string, resource: CfnResource): ResolvedResource {
    return new ResolvedResource(resource, new ReferenceRecorder(property));
  }

  public readonly properties: Record<string, unknown>;
  /** The logical ID of the condition on which the resource is made. */
  public readonly condition?: string;
  private readonly references: FoundReference[];

  private constructor(private readonly resource: CfnResource, recorder: ReferenceRecorder) {
    // Without its logical ID, which for a version of a function is a hash of the whole function.
    const [unresolved] = Object.values((resource._toCloudFormation() as { Resources: Record<string, unknown> }).Resources);
    const { Properties: properties = {}, DependsOn: needed = [], Condition: condition }
      = Tokenization.resolve(unresolved, { scope: resource, resolver: recorder, preparing: false }) as Resolved;
    this.properties = properties;
    this.condition = condition;
    this.references = [...recorder.found, ...[needed].flat().map((target) => ({ path: [], target }))];
  }

  /** A property as text, in which `*` stands for what is known only at deploy time. */
  public text(property: string): string {
    return textOf(this.properties[property]);
  }

  /** The resources that a property refers to, or that any does, or that the resource was told by a template's own means to need. */
  public referred(property?: string): CfnResource[] {
    const stack = Stack.of(this.resource);
    const found = this.references.filter(({ path }) => property === undefined || path.some((step) => capitalized(step) === property));
    const targets = new Set(found.map(({ target }) => target));
    const elements = new Set([...targets].map((target) => typeof target === 'string' ? elementOf(stack, target) : target));
    return [...elements].filter((element) => CfnResource.isCfnResource(element));
  }
}

/** A resource's type in the template. */
export function typeOf(resource: CfnResource): string {
  const { rawOverrides: overrides } = resource as unknown as { readonly rawOverrides?: { readonly Type?: string } };
  return overrides?.Type ?? resource.cfnResourceType;
}

/** The element of a stack that has such a logical ID. */
function elementOf(stack: Stack, logicalId: string): CfnElement | undefined {
  const elements = stack.node.findAll().filter((node) => CfnElement.isCfnElement(node) && node.stack === stack) as CfnElement[];
  const isVersion = (element: CfnElement) => CfnResource.isCfnResource(element) && element.cfnResourceType === 'AWS::Lambda::Version';
  // Versions last: to know their IDs costs a look at all of their function.
  return [...elements.filter((element) => !isVersion(element)), ...elements.filter(isVersion)]
    .find((element) => stack.resolve(element.logicalId) === logicalId);
}

interface Resolved {
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: string | string[];
  readonly Condition?: string;
}

/** A reference to a construct, or to a logical ID in the resource's own stack. */
interface FoundReference {
  readonly path: string[];
  readonly target: IConstruct | string;
}

interface Intrinsic {
  readonly 'Ref'?: string;
  readonly 'Fn::GetAtt'?: string | [string, ...unknown[]];
  readonly 'Fn::Sub'?: string | [string, Record<string, unknown>];
  readonly 'Fn::Join'?: [string, unknown[]];
  readonly 'Fn::Select'?: [number, { readonly 'Fn::Split'?: [string, unknown] }];
}

/** Remembers what is referred to, and goes no further there: a template has only logical IDs, which mean nothing in another stack. */
class ReferenceRecorder extends DefaultTokenResolver {
  public readonly found: FoundReference[] = [];

  constructor(private readonly only?: string) {
    super({ join: (left: unknown, right: unknown) => only === undefined ? textOf(left) + textOf(right) : joined(left, right) });
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const path = [...context.documentPath];
    if (!this.isAsked(path)) return { Ref: UNKNOWN };
    if (Reference.isReference(token)) this.found.push({ path, target: token.target });
    if (this.only !== undefined) return super.resolveToken(token, context, postProcessor);
    if (Reference.isReference(token)) return { Ref: UNKNOWN };
    const value: unknown = super.resolveToken(token, context, postProcessor);
    this.remember(value, path);
    return value;
  }

  /** The constructs that a resource depends on are known; their IDs may be hashes. */
  private isAsked([section, property]: string[]): boolean {
    if (section === 'DependsOn') return false;
    if (this.only === undefined || section === undefined || section === 'Condition') return true;
    return section === 'Properties' && (property === undefined || capitalized(property) === this.only);
  }

  /** What names a resource by its logical ID, as overrides and the functions of `Fn` may. */
  private remember(value: unknown, path: string[]): void {
    if (typeof value !== 'object' || value === null) return;
    for (const target of namedIn(value)) this.found.push({ path, target });
    for (const [key, inner] of Object.entries(value)) this.remember(inner, [...path, key]);
  }
}

/** The logical IDs in an intrinsic function. What begins with `AWS::` is CloudFormation's own. */
function namedIn({ Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub }: Intrinsic): string[] {
  const text = [sub ?? ''].flat()[0];
  const ids = [ref, [attribute].flat()[0], ...typeof text === 'string' ? [...text.matchAll(SUBSTITUTED)].map(([, name]) => name) : []];
  return ids.flatMap((id) => typeof id === 'string' && id !== UNKNOWN && !id.startsWith('AWS::') ? id.split('.')[0] : []);
}

function joined(left: unknown, right: unknown): unknown {
  return typeof left === 'string' && typeof right === 'string' ? left + right : { 'Fn::Join': ['', [left, right]] };
}

/** A construct of CDK's own resources names a property `functionName`, the template `FunctionName`. */
function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) return String(value);
  const { 'Fn::Join': join, 'Fn::Select': select, 'Fn::Sub': sub } = value as Intrinsic;
  if (join && Array.isArray(join[1])) return join[1].map(textOf).join(join[0]);
  if (sub) return substituted([sub].flat() as [string, Record<string, unknown>?]);
  const split = select?.[1]?.['Fn::Split'];
  return split ? textOf(split[1]).split(split[0])[Number(select![0])] ?? UNKNOWN : UNKNOWN;
}

function substituted([text, values = {}]: [string, Record<string, unknown>?]): string {
  return String(text).replace(SUBSTITUTED, (_, name: string) => Object.hasOwn(values, name) ? textOf(values[name]) : UNKNOWN);
}
