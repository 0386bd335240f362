import { MathExpression, Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, IGrantable, IRole } from 'aws-cdk-lib/aws-iam';
import { Alias, CfnAlias, Function, FunctionUrl, FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Annotations, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { warnOfCacheBelowMinimum } from './cache-warning';
import { checkCardFeatures, warnOfNotOnCard } from './card-feature-checks';
import { endpointVariables } from './endpoint-settings';
import { EventSourceMappings } from './event-source-mappings';
import { checkFunctionProps } from './function-checks';
import { warnOfFunctionUrl } from './function-url-warnings';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { InvokerAlias } from './invoker-alias';
import { invokerEnvironment } from './invoker-environment';
import { invokerFunction, invokerRole } from './invoker-function';
import { InvokerFunctionUrl } from './invoker-function-url';
import { checkInvokerProps } from './invoker-prop-kinds';
import { checkRequestDefaults } from './request-checks';
import { invokerOptions } from './request-defaults';
import { checkResponseStreaming, streamsAnswers } from './response-streaming';
import { checkTargetFeatures } from './target-checks';
import { checkedGrantee } from '../construct/checked-props';
import { keyFor } from '../construct/key-access';
import { letLogsEncrypt } from '../construct/log-encryption';
import { HaikuError } from '../private/errors';
import { checkKind, struct } from '../private/prop-kind';
import { checkedTarget } from '../targets/checked-target';
import { CrossRegionInferenceProfile } from '../targets/cross-region-inference-profile';
import { IInvocableModel } from '../targets/invocable-model';

const METRIC_OPTIONS = struct('metric options such as { period: Duration.minutes(1) }');

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
export class HaikuInvoker extends Construct {
  /** The model that the function calls. */
  public readonly target: IInvocableModel;
  /** The function. */
  public readonly lambdaFunction: Function;
  /** The function's role. */
  public readonly role: IRole;
  /** The function's log group. */
  public readonly logGroup: ILogGroup;
  /** The alias, if there is one. */
  public readonly alias?: Alias;
  /** The function URL, if there is one. */
  public readonly functionUrl?: FunctionUrl;
  private readonly namespace: string;

  constructor(scope: Construct, id: string, props: HaikuInvokerProps = {}) {
    super(scope, id);
    checkInvokerProps(props);
    const timeout = props.timeout ?? Duration.minutes(5);
    const target = props.target === undefined ? undefined : checkedTarget('target', props.target);
    checkFunctionProps(props, timeout);
    this.target = target ?? new CrossRegionInferenceProfile(this, 'Target');
    checkRequestDefaults(this.target.model, props);
    checkCardFeatures(this.target.model, props);
    checkResponseStreaming(props);
    checkTargetFeatures(this.target, props);
    warnOfCacheBelowMinimum(this, this.target.model, props);
    const bounds = { timeout, streams: streamsAnswers(props) };
    const environment = invokerEnvironment(this.target, invokerOptions(this.target, props), endpointVariables(this.target, props), bounds);

    this.namespace = props.metricsNamespace ?? 'HaikuInvoker';
    const logKey = keyFor('CloudWatch Logs', 'logEncryption', props.logEncryption);
    this.logGroup = new LogGroup(this, 'LogGroup', { retention: props.logRetention ?? RetentionDays.ONE_MONTH, encryptionKey: logKey });
    if (logKey) letLogsEncrypt(this.logGroup, logKey, 'HaikuInvoker');
    this.role = invokerRole(this, this.target, this.logGroup, props);
    this.lambdaFunction = invokerFunction(this, { target: this.target, role: this.role, logGroup: this.logGroup, environment, timeout }, props);
    EventSourceMappings.of(this).watch({ invoker: this, lambdaFunction: this.lambdaFunction, streams: bounds.streams });
    this.alias = props.alias && this.createAlias(props.alias);
    this.functionUrl = props.functionUrl && this.createUrl(props.functionUrl);
    warnOfNotOnCard(this, this.target.model, props);
    if (props.logContent) {
      Annotations.of(this).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.contentLogged',
        'Prompts and answers are written to the log group: whoever may read it can read them. Remove logContent unless that is intended.');
    }
  }

  /** Lets a principal invoke the function, through its alias if there is one. */
  public grantInvoke(grantee: IGrantable): Grant {
    return (this.alias ?? this.lambdaFunction).grantInvoke(checkedGrantee(grantee));
  }

  /**
   * Lets a principal call the function URL.
   *
   * Throws if there is no function URL.
   */
  public grantInvokeUrl(grantee: IGrantable): Grant {
    if (this.functionUrl) return this.functionUrl.grantInvokeUrl(checkedGrantee(grantee));
    throw new HaikuError(
      `${this.node.path} has no function URL, got none; expected one to grant access to. Pass functionUrl: InvokerFunctionUrl.buffered() or .streaming().`);
  }

  /** Calls of the model, failed ones too. Repeated attempts count once. Sum over 5 minutes. */
  public metricInvocations(props?: MetricOptions): Metric { return this.metric('Invocations', Stats.SUM, props); }

  /** Calls that failed, by the caller's fault or not. Sum over 5 minutes. */
  public metricErrors(props?: MetricOptions): MathExpression {
    checkKind('props', props, METRIC_OPTIONS);
    const { label = 'Errors', period, color } = props ?? {};
    const usingMetrics = { client: this.metricClientErrors(props), server: this.metricServerErrors(props) };
    return new MathExpression({ expression: 'client + server', usingMetrics, label, period, color });
  }

  /** Calls that failed by the caller's fault or for too many calls: 400, 413, 429. Sum over 5 minutes. */
  public metricClientErrors(props?: MetricOptions): Metric { return this.metric('ClientErrors', Stats.SUM, props); }

  /** Calls that failed with a 5xx status, such as 502 or 529, or for what the function itself lacks, such as a permission. Sum over 5 minutes. */
  public metricServerErrors(props?: MetricOptions): Metric { return this.metric('ServerErrors', Stats.SUM, props); }

  /** Attempts that the service throttled, also those that a retry made good. Sum over 5 minutes. */
  public metricThrottles(props?: MetricOptions): Metric { return this.metric('Throttles', Stats.SUM, props); }

  /** Attempts beyond the first. Sum over 5 minutes. */
  public metricRetries(props?: MetricOptions): Metric { return this.metric('Retries', Stats.SUM, props); }

  /** Milliseconds from the event to the end of the answer, retries included. Average over 5 minutes. */
  public metricLatency(props?: MetricOptions): Metric { return this.metric('Latency', Stats.AVERAGE, props); }

  /** Milliseconds from the event to the first part of a streamed answer. Average over 5 minutes. */
  public metricTimeToFirstToken(props?: MetricOptions): Metric { return this.metric('TimeToFirstToken', Stats.AVERAGE, props); }

  /** Input tokens that were not read from or written to the cache. Sum over 5 minutes. */
  public metricInputTokens(props?: MetricOptions): Metric { return this.metric('InputTokens', Stats.SUM, props); }

  /** Output tokens. Sum over 5 minutes. */
  public metricOutputTokens(props?: MetricOptions): Metric { return this.metric('OutputTokens', Stats.SUM, props); }

  /** Input tokens read from the prompt cache. Sum over 5 minutes. */
  public metricCacheReadTokens(props?: MetricOptions): Metric { return this.metric('CacheReadTokens', Stats.SUM, props); }

  /** Input tokens written to the prompt cache. Sum over 5 minutes. */
  public metricCacheWriteTokens(props?: MetricOptions): Metric { return this.metric('CacheWriteTokens', Stats.SUM, props); }

  /** Tools that the model asked to call. Sum over 5 minutes. */
  public metricToolCalls(props?: MetricOptions): Metric { return this.metric('ToolCalls', Stats.SUM, props); }

  /** Tool results that reported a failure. Sum over 5 minutes. */
  public metricToolFailures(props?: MetricOptions): Metric { return this.metric('ToolFailures', Stats.SUM, props); }

  /** Answers in which the model refused. Sum over 5 minutes. */
  public metricRefusals(props?: MetricOptions): Metric { return this.metric('Refusals', Stats.SUM, props); }

  /** Answers in which the guardrail stepped in. Sum over 5 minutes. */
  public metricGuardrailInterventions(props?: MetricOptions): Metric { return this.metric('GuardrailInterventions', Stats.SUM, props); }

  /** What the handler writes as embedded metrics: one dimension, the function's name. */
  private metric(metricName: string, statistic: string, props?: MetricOptions): Metric {
    checkKind('props', props, METRIC_OPTIONS);
    const dimensionsMap = { FunctionName: this.lambdaFunction.functionName };
    return new Metric({ namespace: this.namespace, metricName, dimensionsMap, statistic, ...props }).attachTo(this);
  }

  private createAlias({ aliasName, provisionedConcurrentExecutions }: InvokerAlias): Alias {
    const alias = new Alias(this, 'Alias', { aliasName, version: this.lambdaFunction.currentVersion });
    if (provisionedConcurrentExecutions !== undefined) {
      // Not through the prop of the same name, which takes a token for a negative number.
      (alias.node.defaultChild as CfnAlias).provisionedConcurrencyConfig = { provisionedConcurrentExecutions };
    }
    return alias;
  }

  private createUrl({ streams, _options: { authType = FunctionUrlAuthType.AWS_IAM, cors } }: InvokerFunctionUrl): FunctionUrl {
    warnOfFunctionUrl(this, authType, streams);
    const invokeMode = streams ? InvokeMode.RESPONSE_STREAM : InvokeMode.BUFFERED;
    return new FunctionUrl(this, 'FunctionUrl', { function: this.alias ?? this.lambdaFunction, authType, invokeMode, cors });
  }
}
