import { CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/** Stands in text for a part that is known only at deploy time. */
const UNKNOWN = '*';

/** A resource as the template will have it, with overrides, and the resources that it refers to, in other stacks too. */
export class ResolvedResource {
  public static of(resource: CfnResource): ResolvedResource {
    const recorder = new ReferenceRecorder();
    // Without its logical ID, which for a version of a function is a hash of the whole function.
    const [unresolved] = Object.values((resource._toCloudFormation() as { Resources: Record<string, unknown> }).Resources);
    const { Properties: properties = {} } = Tokenization.resolve(unresolved, { scope: resource, resolver: recorder, preparing: false }) as Resolved;
    return new ResolvedResource(properties, recorder.found);
  }

  private constructor(public readonly properties: Record<string, unknown>, private readonly references: FoundReference[]) {}

  /** A property as text, in which `*` stands for what is known only at deploy time. */
  public text(property: string): string {
    return textOf(this.properties[property]);
  }

  /** The resources that a property refers to, or that any does. */
  public referred(property?: string): CfnResource[] {
    const found = this.references.filter(({ path }) => property === undefined || path.some((step) => capitalized(step) === property));
    return [...new Set(found.map(({ target }) => target).filter((target) => CfnResource.isCfnResource(target)))];
  }
}

interface Resolved {
  readonly Properties?: Record<string, unknown>;
}

interface FoundReference {
  readonly path: string[];
  readonly target: IConstruct;
}

interface Intrinsic {
  readonly 'Fn::Join'?: [string, unknown[]];
  readonly 'Fn::Select'?: [number, { readonly 'Fn::Split'?: [string, unknown] }];
}

/** Remembers what is referred to, and goes no further there: a template has only logical IDs, which mean nothing in another stack. */
class ReferenceRecorder extends DefaultTokenResolver {
  public readonly found: FoundReference[] = [];

  constructor() {
    super({ join: (left: unknown, right: unknown) => textOf(left) + textOf(right) });
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) return super.resolveToken(token, context, postProcessor);
    this.found.push({ path: [...context.documentPath], target: token.target });
    return { Ref: UNKNOWN };
  }
}

/** A construct of CDK's own resources names a property `functionName`, the template `FunctionName`. */
function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) return String(value);
  const { 'Fn::Join': join, 'Fn::Select': select } = value as Intrinsic;
  if (join && Array.isArray(join[1])) return join[1].map(textOf).join(join[0]);
  const split = select?.[1]?.['Fn::Split'];
  return split ? textOf(split[1]).split(split[0])[Number(select![0])] ?? UNKNOWN : UNKNOWN;
}
