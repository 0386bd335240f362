import { MathExpression, Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, IPrincipal, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Alias, Function, FunctionUrl, IFunction } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { EventSourceMappings } from './event-source-mappings';
import { checkFunctionProps } from './function-checks';
import { HaikuInvokerGrants } from './haiku-invoker-grants';
import { IHaikuInvoker, WatchedProps, watchedProps } from './haiku-invoker-interface';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { invokerAlias } from './invoker-alias';
import { checkInvoker, checkMetricName, warnOfProps } from './invoker-checks';
import { apiKeyGiven, endpointVariables, invokerEnvironment } from './invoker-environment';
import { configureAsyncInvoke, invokerFunction, invokerLogGroup } from './invoker-function';
import { createFunctionUrl } from './invoker-function-url';
import { checkInvokerProps } from './invoker-prop-kinds';
import { addToRolePolicy, invokerRole } from './invoker-role';
import { refusals } from './refused-calls';
import { streamsAnswers } from './request-checks';
import { invokerOptions } from './request-defaults';
import { modelsOf } from './target-access';
import { TrafficArm } from './traffic';
import { otherTargets, shadowProps } from './traffic-access';
import { findWay } from './vpc-way';
import { DEFAULT_METRICS_NAMESPACE, MetricName, METRICS_DIMENSION } from '../contract/invoker-metrics';
import { ARM_DIMENSION } from '../contract/traffic';
import { brand, isBranded } from '../private/brand';
import { HaikuError } from '../private/errors';
import { checkKind, objectWith, oneOf, required, struct, TEXT } from '../private/prop-kind';
import { checkedTarget } from '../targets/checked-target';
import { CrossRegionInferenceProfile } from '../targets/cross-region-inference-profile';
import { IInvocableModel } from '../targets/invocable-model';

const STATEMENT = objectWith('a statement', 'an iam.PolicyStatement', ['toStatementJson', 'actions', 'resources']);
const METRIC_OPTIONS = struct('MetricOptions with, for example, a period');

/**
 * A Lambda function that calls the model: a Messages request body or `{ "prompt": "..." }` in, a Messages response out.
 *
 * Creates the function (Node.js 24, arm64, bundled with this package), its log group, and a role that may call the target and
 * write to that log group, and else only what the props ask for. Failures have stable names that Step Functions can catch:
 * `RateLimitError`, `OverloadedError`, `AccessDeniedError`, `InvalidRequestError`, `ModelTimeoutError`.
 *
 * An SQS queue may be an event source, with a visibility timeout of at least the function's timeout: each message is a request body,
 * and one that got no answer stays in the queue. For that, synthesis adds `ReportBatchItemFailures` to each event source mapping of
 * the function in this app, wherever it was made. It fails for a mapping of anything else (Kinesis, DynamoDB streams, Kafka, Amazon MQ,
 * DocumentDB), and for one of a queue to a function that streams.
 *
 * Throws if a prop is not one that the model, its endpoint or Lambda takes.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
 */
export class HaikuInvoker extends Construct implements IHaikuInvoker {
  /** Whether a value is a HaikuInvoker, also one of another installed copy of this package. */
  public static isHaikuInvoker(value: unknown): value is HaikuInvoker {
    return isBranded(value, 'HaikuInvoker');
  }

  /** The model that the function calls. */
  public readonly target: IInvocableModel;
  /** The function itself, for what no prop says. The construct has no default child: escape hatches start here. */
  public readonly lambdaFunction: Function;
  /** The function's role. */
  public readonly role: IRole;
  /** What is given access when the invoker is: the function's role. */
  public readonly grantPrincipal: IPrincipal;
  /** The function's log group. */
  public readonly logGroup: ILogGroup;
  /** The alias, if there is one. */
  public readonly alias?: Alias;
  /** What callers invoke: the alias if there is one, else the function. */
  public readonly invokedFunction: IFunction;
  /** The function URL, if there is one. */
  public readonly functionUrl?: FunctionUrl;
  /** Gives principals access to the function. */
  public readonly grants: HaikuInvokerGrants;
  /** The invoker of the shadow, if calls have one: its role, its log group and its metrics are its own. */
  public readonly shadow?: HaikuInvoker;
  /** @internal */
  public readonly _tested: Pick<HaikuInvokerProps, 'api' | 'escalation' | 'metricsNamespace'>;
  /** @internal */
  public readonly _watched: WatchedProps;

  constructor(scope: Construct, id: string, props: HaikuInvokerProps = {}) {
    super(scope, id);
    checkInvokerProps(props);
    const timeout = props.timeout ?? Duration.minutes(5);
    const target = props.target === undefined ? undefined : checkedTarget('target', props.target);
    checkFunctionProps(this, props, timeout);
    this.target = target ?? new CrossRegionInferenceProfile(this, 'Target');
    checkInvoker(this, this.target, props, timeout);
    const bounds = { timeout, streams: streamsAnswers(props) };
    this.shadow = props.traffic?._shadows ? new HaikuInvoker(this, 'Shadow', shadowProps(props)) : undefined;
    const shadowArn = this.shadow?.lambdaFunction.functionArn;
    const options = { ...invokerOptions(this, this.target, props), ...otherTargets(this, props, shadowArn) };
    const environment = invokerEnvironment(this.target, options, endpointVariables(this, this.target, props), bounds);
    this._tested = props;
    this._watched = watchedProps(options, bounds.streams);
    this.logGroup = invokerLogGroup(this, props);
    this.role = invokerRole(this, this.target, this.logGroup, props, shadowArn);
    this.grantPrincipal = this.role.grantPrincipal;
    this.lambdaFunction = invokerFunction(this, { target: this.target, role: this.role, logGroup: this.logGroup, environment, timeout }, props);
    if (props.vpc) findWay(this, props.vpc, this.lambdaFunction.connections, this.target, props);
    const refused = (model: IInvocableModel) => refusals(this, { target: model, role: this.role, streams: bounds.streams }, props);
    this.node.addValidation({ validate: () => [...apiKeyGiven(this.lambdaFunction), ...modelsOf(this.target, props).flatMap(refused)] });
    EventSourceMappings.of(this).watch({ invoker: this, lambdaFunction: this.lambdaFunction, streams: bounds.streams });
    this.alias = props.alias && invokerAlias(this, this.lambdaFunction, props.alias);
    this.invokedFunction = this.alias ?? this.lambdaFunction;
    configureAsyncInvoke(this.invokedFunction, props);
    this.functionUrl = props.functionUrl && createFunctionUrl(this, this.invokedFunction, props.functionUrl);
    this.grants = HaikuInvokerGrants._of(this, this.invokedFunction, this.functionUrl);
    warnOfProps(this, this.target.model, props);
  }

  /** The security groups of the function. Throws if it is not in a VPC. */
  public get connections(): Connections {
    if (this.lambdaFunction.isBoundToVpc) return this.lambdaFunction.connections;
    throw new HaikuError(`${this.node.path} has no connections, since its function is not in a VPC. Pass vpc to the HaikuInvoker, or leave the connection out.`);
  }

  /** Lets a principal invoke the function, through its alias if there is one: the short form of `grants.invoke(grantee)`. */
  public grantInvoke(grantee: IGrantable): Grant { return this.grants.invoke(grantee); }

  /**
   * Lets a principal call the function URL: the short form of `grants.invokeUrl(grantee)`.
   *
   * Throws if there is no function URL.
   */
  public grantInvokeUrl(grantee: IGrantable): Grant { return this.grants.invokeUrl(grantee); }

  /** Adds a statement to the policy of the function's role. It warns as the prop `role` says if that cannot be changed from this app. */
  public addToRolePolicy(statement: PolicyStatement): void {
    checkKind('statement', statement, required(STATEMENT));
    addToRolePolicy(this, this.role, statement);
  }

  /**
   * One of the metrics that the function writes, by its name, for example `CacheReadTokens`. Its dimension is the function's name.
   * Average over 5 minutes.
   *
   * Throws for a name that the function writes no metric of.
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    checkKind('metricName', metricName, required(TEXT));
    checkMetricName(metricName);
    checkKind('props', props, METRIC_OPTIONS);
    const dimensionsMap = { [METRICS_DIMENSION]: this.lambdaFunction.functionName };
    return new Metric({ namespace: this._tested.metricsNamespace ?? DEFAULT_METRICS_NAMESPACE, metricName, dimensionsMap, ...props }).attachTo(this);
  }

  /** Calls of the model, failed ones too. Repeated attempts count once. Sum over 5 minutes. */
  public metricInvocations(props?: MetricOptions): Metric { return this._sum('Invocations', props); }

  /** Calls that failed, by the caller's fault or not. Sum over 5 minutes. */
  public metricErrors(props?: MetricOptions): MathExpression {
    checkKind('props', props, METRIC_OPTIONS);
    const { label = 'Errors', period, color } = props ?? {};
    const usingMetrics = { client: this.metricClientErrors(props), server: this.metricServerErrors(props) };
    return new MathExpression({ expression: 'client + server', usingMetrics, label, period, color });
  }

  /** Calls that failed by the caller's fault or for too many calls: 400, 413, 429. Sum over 5 minutes. */
  public metricClientErrors(props?: MetricOptions): Metric { return this._sum('ClientErrors', props); }

  /** Calls that failed with a 5xx status, such as 502 or 529, or for what the function itself lacks, such as a permission. Sum over 5 minutes. */
  public metricServerErrors(props?: MetricOptions): Metric { return this._sum('ServerErrors', props); }

  /** Attempts that the service throttled, also those that a retry made good. Sum over 5 minutes. */
  public metricThrottles(props?: MetricOptions): Metric { return this._sum('Throttles', props); }

  /** Attempts beyond the first. Sum over 5 minutes. */
  public metricRetries(props?: MetricOptions): Metric { return this._sum('Retries', props); }

  /** Milliseconds from the event to the end of the answer, retries included. Average over 5 minutes. */
  public metricLatency(props?: MetricOptions): Metric { return this.metric('Latency', props); }

  /** Milliseconds from the event to the first part of a streamed answer. Average over 5 minutes. */
  public metricTimeToFirstToken(props?: MetricOptions): Metric { return this.metric('TimeToFirstToken', props); }

  /** Input tokens that were not read from or written to the cache. Sum over 5 minutes. */
  public metricInputTokens(props?: MetricOptions): Metric { return this._sum('InputTokens', props); }

  /** Output tokens. Sum over 5 minutes. */
  public metricOutputTokens(props?: MetricOptions): Metric { return this._sum('OutputTokens', props); }

  /** Output tokens that calls asked for at most, which Amazon Bedrock reserves of the quota while it answers. Sum over 5 minutes. */
  public metricMaxTokens(props?: MetricOptions): Metric { return this._sum('MaxTokens', props); }

  /** Input tokens read from the prompt cache. Sum over 5 minutes. */
  public metricCacheReadTokens(props?: MetricOptions): Metric { return this._sum('CacheReadTokens', props); }

  /** Input tokens written to the prompt cache. Sum over 5 minutes. */
  public metricCacheWriteTokens(props?: MetricOptions): Metric { return this._sum('CacheWriteTokens', props); }

  /** Tools that the model asked to call. Sum over 5 minutes. */
  public metricToolCalls(props?: MetricOptions): Metric { return this._sum('ToolCalls', props); }

  /** Tool results that reported a failure. Sum over 5 minutes. */
  public metricToolFailures(props?: MetricOptions): Metric { return this._sum('ToolFailures', props); }

  /** Answers in which the model refused. Sum over 5 minutes. */
  public metricRefusals(props?: MetricOptions): Metric { return this._sum('Refusals', props); }

  /** Answers in which the guardrail stepped in. Sum over 5 minutes. */
  public metricGuardrailInterventions(props?: MetricOptions): Metric { return this._sum('GuardrailInterventions', props); }

  /**
   * One of the metrics of an arm of split traffic, by its name: `target` or `candidate`. Average over 5 minutes.
   *
   * Throws for a name that the function writes no metric of.
   */
  public metricOfArm(arm: TrafficArm, metricName: string, props?: MetricOptions): Metric {
    checkKind('arm', arm, required(oneOf('TrafficArm', TrafficArm)));
    checkKind('props', props, METRIC_OPTIONS);
    return this.metric(metricName, { ...props, dimensionsMap: { [METRICS_DIMENSION]: this.lambdaFunction.functionName, [ARM_DIMENSION]: arm } });
  }

  /** Calls for which more than one model of the ladder was asked. Sum over 5 minutes. */
  public metricEscalations(props?: MetricOptions): Metric { return this._sum('Escalations', props); }

  /** The share of calls for which more than one model of the ladder was asked, in percent. Over 5 minutes. */
  public metricEscalationShare(props?: MetricOptions): MathExpression {
    checkKind('props', props, METRIC_OPTIONS);
    const { label = 'Escalated (%)', period, color } = props ?? {};
    const usingMetrics = { escalated: this.metricEscalations(props), all: this.metricInvocations(props) };
    return new MathExpression({ expression: '100 * escalated / all', usingMetrics, label, period, color });
  }

  /** Models of the ladder that failed in calls that were answered all the same, other than for too many calls. Sum over 5 minutes. */
  public metricEscalationFailures(props?: MetricOptions): Metric { return this._sum('EscalationFailures', props); }

  /** What the tokens of calls cost, with every model of the ladder, in US dollars by the prices of the cards. It is written where there is a ladder. Sum over 5 minutes. */
  public metricCost(props?: MetricOptions): Metric { return this._sum('Cost', props); }

  /** @internal */
  public _sum(metricName: MetricName, props?: MetricOptions): Metric {
    checkKind('props', props, METRIC_OPTIONS);
    return this.metric(metricName, { statistic: Stats.SUM, ...props });
  }
}

brand(HaikuInvoker, 'HaikuInvoker');
