import { Annotations, Aspects, CfnResource, Fn, IAspect, Lazy, Stack, Stage, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { MappedSource, mappingFindings, reportsItemFailures, withItemFailures, MappedInvoker } from './event-source-mapping-checks';
import { queuesTooLong } from './invoker-environment';
import { ResolvedResource, typeOf } from '../construct/resolved-resource';
import { VARIABLES } from '../contract/invoker-variables';
import { shown } from '../private/errors';

const OF_STAGE = Symbol('cdk-bedrock-haiku.EventSourceMappings');
const MAPPING = 'AWS::Lambda::EventSourceMapping';
/** What names a function, and is itself a name for one. */
const NAMES_OF_FUNCTIONS = ['AWS::Lambda::Alias', 'AWS::Lambda::Version'];
const FUNCTION_NAME = /^(?:(?:arn:[^:]*:lambda:([^:]*):)?([^:]*):function:)?([\w-]+)(?::[^:]*)?$/;

/** Why a queue cannot be named to the function, and what to change. */
const MADE_AFTER = ['needs the function before it can be made', 'Make the queue without what it takes from the function, such as a name or a dependency'];
const MAPPED_ELSEWHERE = [
  'is mapped in another stack, from which the function\'s stack would need a reference that is not there',
  'Map the queue in the stack of the function, as lambdaFunction.addEventSource(...) does, make the queue in that stack, or name it by a literal ARN',
];

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
    invoker.node.addValidation({ validate: () => [...this.findings(mapped), ...queuesTooLong(lambdaFunction, VARIABLES.reportingQueues)] });
    if (!streams) lambdaFunction.addEnvironment(VARIABLES.reportingQueues, Lazy.uncachedString({ produce: () => this.reportingQueues(mapped) }));
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
    const own = this.found.filter(([, owner]) => owner === mapped).map(([node]) => node);
    const findings = own.flatMap((node) => mappingFindings(node.node.path, ResolvedResource.of(node), mapped));
    if (findings.length === 0) this.warnOfUnknown(own, mapped);
    return findings;
  }

  /** Says which queues the handler does not know, so that it cannot hand back parts of their batches. */
  private warnOfUnknown(mappings: CfnResource[], mapped: MappedInvoker): void {
    const { invoker, lambdaFunction: { stack } } = mapped;
    const listable = this.listable(mappings, mapped);
    for (const node of mappings) {
      if (queueArn(node, stack) === undefined) warnOfQueue(invoker, 'queueMappedElsewhere', node, MAPPED_ELSEWHERE);
      else if (!listable.includes(node)) warnOfQueue(invoker, 'queueMadeAfterFunction', node, MADE_AFTER);
    }
  }

  /** The queues of which the handler may know, each once. */
  private reportingQueues(mapped: MappedInvoker): string | undefined {
    const { stack } = mapped.lambdaFunction;
    const mappings = [...this.seen.keys()].filter((node) => this.seen.get(node) === mapped);
    const arns = this.listable(mappings, mapped).flatMap((node) => queueArn(node, stack) ?? []);
    return arns.length > 0 ? [...new Map(arns.map((arn) => [JSON.stringify(stack.resolve(arn)), arn])).values()].join(' ') : undefined;
  }

  /** The mappings that report failures and whose queues can be made before the function. */
  private listable(mappings: CfnResource[], { lambdaFunction: { node: { defaultChild } } }: MappedInvoker): CfnResource[] {
    // What a mapping or a queue refers to may be a function with queues, and so ask again. All of them count then.
    if (this.listing) return mappings;
    this.listing = true;
    try {
      return mappings.filter((node) => {
        const mapping = ResolvedResource.of(node);
        return !MappedSource.of(mapping).otherThanQueue && reportsItemFailures(mapping)
          && !mapping.referred('EventSourceArn').some((source) => reaches(source, defaultChild as CfnResource));
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
        ?? (NAMES_OF_FUNCTIONS.includes(typeOf(target)) ? this.invokerOf(ResolvedResource.of(target), Stack.of(target)) : undefined);
      if (found) return found;
    }
    const [, region = stack.region, account = stack.account, name] = FUNCTION_NAME.exec(resource.text('FunctionName')) ?? [];
    if (!name) return undefined;
    return [...this.invokers].find(([resourceOf, { lambdaFunction: { stack: own } }]) =>
      ResolvedResource.of(resourceOf as CfnResource).text('FunctionName') === name && maybeSame(region, own.region) && maybeSame(account, own.account))?.[1];
  }
}

function isMapping(node: IConstruct): node is CfnResource {
  return CfnResource.isCfnResource(node) && typeOf(node) === MAPPING;
}

/** The mappings below a construct, as far as its stage reaches. */
function mappingsIn(scope: IConstruct): CfnResource[] {
  const below = scope.node.children.filter((child) => !Stage.isStage(child)).flatMap(mappingsIn);
  return isMapping(scope) ? [scope, ...below] : below;
}

/**
 * The ARN of a mapping's queue as the function's stack can write it, without a reference to another stack that is not there yet; nothing
 * if it cannot. What is made only on a condition is named on that condition.
 */
function queueArn(mapping: CfnResource, stack: Stack): string | undefined {
  const source = ResolvedResource.only('EventSourceArn', mapping);
  const { EventSourceArn: arn } = source.properties;
  if (typeof arn === 'string') return arn;
  if (Stack.of(mapping) === stack) return arn === undefined ? undefined : onCondition(source.condition, arn);
  const [queue, another] = source.referred('EventSourceArn');
  if (!queue || another || Stack.of(queue) !== stack || typeOf(queue) !== 'AWS::SQS::Queue') return undefined;
  return onCondition(ResolvedResource.only('', queue).condition, queue.getAtt('Arn'));
}

/** No queue has the name that stands where the condition does not hold. */
function onCondition(condition: string | undefined, arn: unknown): string {
  return Token.asString(condition === undefined ? arn : Fn.conditionIf(condition, arn, '-'));
}

function warnOfQueue(invoker: IConstruct, id: string, mapping: CfnResource, [reason, remedy]: string[]): void {
  Annotations.of(invoker).addWarningV2(`cdk-bedrock-haiku:HaikuInvoker.${id}`,
    `The queue of event source mapping ${shown(mapping.node.path)} ${reason}, so the function is not told that the mapping reports batch item failures. `
    + `Where one message of a batch gets no answer, all of the batch comes again. ${remedy}, or use a batch size of 1.`);
}

/** Whether two values are equal, or may be when the stack is deployed. */
function maybeSame(one: string, other: string): boolean {
  return one === other || one === '*' || Token.isUnresolved(one) || Token.isUnresolved(other);
}

/** Whether a resource needs another one first, through whatever lies between. */
function reaches(resource: CfnResource, other: CfnResource): boolean {
  const seen = new Set([resource]);
  // A set goes on to what is added while it is walked.
  for (const one of seen) neededBy(one, other).forEach((needed) => seen.add(needed));
  return seen.has(other);
}

/** What a resource needs: what it refers to, what it or a construct around it was told to depend on, and all that its nested stack needs. */
function neededBy(resource: CfnResource, other: CfnResource): CfnResource[] {
  const stack = Stack.of(resource);
  const nested = stack.nestedStackResource && !other.node.scopes.includes(stack) ? [stack] : [];
  const told = [...resource.node.scopes.flatMap(({ node }) => node.dependencies), ...resource.obtainDependencies(), ...nested];
  const resources = told.flatMap(({ node }) => node.findAll()).filter((node) => CfnResource.isCfnResource(node));
  return [...ResolvedResource.of(resource).referred(), ...resources];
}
