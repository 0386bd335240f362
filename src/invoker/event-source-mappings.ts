import { CfnEventSourceMapping, Function } from 'aws-cdk-lib/aws-lambda';
import { Aspects, CfnResource, IAspect, Lazy, Stack, Stage, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { mappingFindings, reportsItemFailures, withItemFailures } from './event-source-mapping-checks';
import { MappedSource } from './mapped-source';
import { ResolvedResource } from '../construct/resolved-resource';

/** An invoker as event source mappings see it. */
export interface MappedInvoker {
  readonly invoker: IConstruct;
  readonly lambdaFunction: Function;
  /** Whether the function streams its answers. */
  readonly streams: boolean;
}

const OF_STAGE = Symbol('cdk-bedrock-haiku.EventSourceMappings');
const MAPPING = 'AWS::Lambda::EventSourceMapping';
/** What names a function, and is itself a name for one. */
const NAMES_OF_FUNCTIONS = ['AWS::Lambda::Alias', 'AWS::Lambda::Version'];
const FUNCTION_NAME = /^(?:(?:arn:[^:]*:lambda:([^:]*):)?([^:]*):function:)?([\w-]+)(?::[^:]*)?$/;

/**
 * Every event source mapping of a stage that hands events to an invoker, whoever made it and in whichever stack. Lambda deletes
 * the failed messages of a queue unless the mapping reports batch item failures, so a queue's mapping is made to; all else that
 * would lose records is a finding, with which synthesis fails.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export class EventSourceMappings implements IAspect {
  /** Those of the construct's stage. */
  public static of(scope: IConstruct): EventSourceMappings {
    const stage: IConstruct & { [OF_STAGE]?: EventSourceMappings } = Stage.of(scope) ?? scope.node.root;
    if (stage[OF_STAGE]) return stage[OF_STAGE];
    const mappings = new EventSourceMappings(stage);
    Object.defineProperty(stage, OF_STAGE, { value: mappings });
    // At the priority that aspects have by default: one of those may make an invoker, and CDK then takes no aspect that should have come earlier.
    Aspects.of(stage).add(mappings);
    return mappings;
  }

  private readonly invokers = new Map<IConstruct, MappedInvoker>();
  private readonly seen = new Map<CfnResource, MappedInvoker>();
  private found?: [CfnResource, MappedInvoker][];
  private listing = false;

  private constructor(private readonly stage: IConstruct) {}

  /** Looks after the mappings of this invoker, and tells its handler which queues' mappings report batch item failures. */
  public watch(mapped: MappedInvoker): void {
    const { invoker, lambdaFunction, streams } = mapped;
    this.invokers.set(lambdaFunction.node.defaultChild!, mapped);
    invoker.node.addValidation({ validate: () => this.findings(mapped) });
    if (!streams) lambdaFunction.addEnvironment('SQS_REPORTS_ITEM_FAILURES', Lazy.uncachedString({ produce: () => this.reportingQueues(mapped) }));
  }

  public visit(node: IConstruct): void {
    if (node === this.stage) {
      this.seen.clear();
      this.found = undefined;
    }
    if (!isMapping(node)) return;
    const mapped = this.ownerOf(node);
    if (!mapped) return;
    this.seen.set(node, mapped);
    const mapping = ResolvedResource.of(node);
    const types = withItemFailures(mapping);
    if (types && !MappedSource.of(mapping).otherThanQueue) node.addPropertyOverride('FunctionResponseTypes', types);
  }

  /** Asks the tree itself: an aspect may have added a mapping where this one had already been. */
  private findings(mapped: MappedInvoker): string[] {
    this.found ??= mappingsIn(this.stage).flatMap((node) => {
      const owner = this.ownerOf(node);
      return owner ? [[node, owner]] : [];
    });
    return this.found.filter(([, owner]) => owner === mapped).flatMap(([node]) => mappingFindings(node.node.path, ResolvedResource.of(node), mapped));
  }

  /**
   * The queues of which the handler may know: those whose mapping stands in the function's own stack, where the mapping needs
   * them already, and which can be made before the function.
   */
  private reportingQueues(mapped: MappedInvoker): string | undefined {
    const { stack, node: { defaultChild } } = mapped.lambdaFunction;
    const mappings = [...this.seen.keys()].filter((node) => this.seen.get(node) === mapped && Stack.of(node) === stack);
    const arns = this.listable(mappings, defaultChild as CfnResource).flatMap((node) => (node as CfnEventSourceMapping).eventSourceArn ?? []);
    return arns.length > 0 ? [...new Set(arns)].join(' ') : undefined;
  }

  private listable(mappings: CfnResource[], lambdaFunction: CfnResource): CfnResource[] {
    // What a mapping or a queue refers to may be a function with queues, and so ask again. All of them count then.
    if (this.listing) return mappings;
    this.listing = true;
    try {
      return mappings.filter((node) => {
        const mapping = ResolvedResource.of(node);
        const { otherThanQueue, queue } = MappedSource.of(mapping);
        return !otherThanQueue && reportsItemFailures(mapping) && !(queue && reaches(queue, lambdaFunction, new Set()));
      });
    } finally {
      this.listing = false;
    }
  }

  private ownerOf(mapping: CfnResource): MappedInvoker | undefined {
    return this.invokerOf(ResolvedResource.of(mapping), Stack.of(mapping));
  }

  /** The invoker whose function is named: by reference, through an alias or a version, or by its literal name. */
  private invokerOf(resource: ResolvedResource, stack: Stack): MappedInvoker | undefined {
    for (const target of resource.referred('FunctionName')) {
      const found = this.invokers.get(target)
        ?? (NAMES_OF_FUNCTIONS.includes(target.cfnResourceType) ? this.invokerOf(ResolvedResource.of(target), Stack.of(target)) : undefined);
      if (found) return found;
    }
    const [, region = stack.region, account = stack.account, name] = FUNCTION_NAME.exec(resource.text('FunctionName')) ?? [];
    if (!name) return undefined;
    return [...this.invokers].find(([resourceOf, { lambdaFunction: { stack: own } }]) =>
      ResolvedResource.of(resourceOf as CfnResource).text('FunctionName') === name && maybeSame(region, own.region) && maybeSame(account, own.account))?.[1];
  }
}

function isMapping(node: IConstruct): node is CfnResource {
  return CfnResource.isCfnResource(node) && node.cfnResourceType === MAPPING;
}

/** The mappings below a construct, as far as its stage reaches. */
function mappingsIn(scope: IConstruct): CfnResource[] {
  const below = scope.node.children.filter((child) => !Stage.isStage(child)).flatMap(mappingsIn);
  return isMapping(scope) ? [scope, ...below] : below;
}

/** Whether two values are equal, or may be when the stack is deployed. */
function maybeSame(one: string, other: string): boolean {
  return one === other || one === '*' || Token.isUnresolved(one) || Token.isUnresolved(other);
}

/** Whether a resource needs another one first, by what it refers to or what it was told to depend on. */
function reaches(resource: CfnResource, other: CfnResource, seen: Set<CfnResource>): boolean {
  if (resource === other) return true;
  if (seen.has(resource)) return false;
  seen.add(resource);
  return resource.node.scopes.some(({ node }) => node.dependencies.some((needed) => other.node.scopes.includes(needed)))
    || ResolvedResource.of(resource).referred().some((next) => reaches(next, other, seen));
}
