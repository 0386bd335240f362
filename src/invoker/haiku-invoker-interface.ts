import { MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { IConnectable } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { HaikuInvokerGrants } from './haiku-invoker-grants';
import { TrafficArm } from './traffic';
import type { InvokerOptions } from '../contract/invoker-options';
import { IInvocableModel } from '../targets/invocable-model';

/** What watching an invoker reads of its props. */
export interface WatchedProps {
  /** Whether it adds cache checkpoints. */
  readonly caches: boolean;
  /** Whether one of them lives for an hour, and is dearer to write. */
  readonly oneHourCache: boolean;
  readonly streams: boolean;
  /** Whether it asks stronger models too. It then measures itself what calls cost. */
  readonly escalates: boolean;
}

export function watchedProps({ promptCaching, escalation }: InvokerOptions, streams: boolean): WatchedProps {
  const lives = Object.values(promptCaching ?? {});
  return { caches: lives.length > 0, oneHourCache: lives.includes('1h'), streams, escalates: escalation !== undefined };
}

/**
 * A HaikuInvoker as other constructs take it. It is for props and parameters, not to be implemented: releases add members.
 */
export interface IHaikuInvoker extends IConstruct, IGrantable, IConnectable {
  /** The model that the function calls. */
  readonly target: IInvocableModel;

  /** What callers invoke: the alias if there is one, else the function. */
  readonly invokedFunction: IFunction;

  /** The function's role. */
  readonly role: IRole;

  /** The function's log group. */
  readonly logGroup: ILogGroup;

  /** Gives principals access to the function. */
  readonly grants: HaikuInvokerGrants;

  /** @internal */
  readonly _watched: WatchedProps;

  /** Lets a principal invoke the function, through its alias if there is one: `grants.invoke(grantee)`. */
  grantInvoke(grantee: IGrantable): Grant;

  /** Lets a principal call the function URL: `grants.invokeUrl(grantee)`. */
  grantInvokeUrl(grantee: IGrantable): Grant;

  /** Adds a statement to the policy of the function's role. */
  addToRolePolicy(statement: PolicyStatement): void;

  /** One of the metrics that the function writes, by its name. Average over 5 minutes. Throws for any other name. */
  metric(metricName: string, props?: MetricOptions): Metric;

  /** Calls of the model, failed ones too. Repeated attempts count once. Sum over 5 minutes. */
  metricInvocations(props?: MetricOptions): Metric;

  /** Calls that failed, by the caller's fault or not. Sum over 5 minutes. */
  metricErrors(props?: MetricOptions): MathExpression;

  /** Calls that failed by the caller's fault or for too many calls: 400, 413, 429. Sum over 5 minutes. */
  metricClientErrors(props?: MetricOptions): Metric;

  /** Calls that failed with a 5xx status, or for what the function itself lacks. Sum over 5 minutes. */
  metricServerErrors(props?: MetricOptions): Metric;

  /** Attempts that the service throttled, also those that a retry made good. Sum over 5 minutes. */
  metricThrottles(props?: MetricOptions): Metric;

  /** Attempts beyond the first. Sum over 5 minutes. */
  metricRetries(props?: MetricOptions): Metric;

  /** Milliseconds from the event to the end of the answer, retries included. Average over 5 minutes. */
  metricLatency(props?: MetricOptions): Metric;

  /** Milliseconds from the event to the first part of a streamed answer. Average over 5 minutes. */
  metricTimeToFirstToken(props?: MetricOptions): Metric;

  /** Input tokens that were not read from or written to the cache. Sum over 5 minutes. */
  metricInputTokens(props?: MetricOptions): Metric;

  /** Output tokens. Sum over 5 minutes. */
  metricOutputTokens(props?: MetricOptions): Metric;

  /** Output tokens that calls asked for at most, which Amazon Bedrock reserves of the quota while it answers. Sum over 5 minutes. */
  metricMaxTokens(props?: MetricOptions): Metric;

  /** Input tokens read from the prompt cache. Sum over 5 minutes. */
  metricCacheReadTokens(props?: MetricOptions): Metric;

  /** Input tokens written to the prompt cache. Sum over 5 minutes. */
  metricCacheWriteTokens(props?: MetricOptions): Metric;

  /** Tools that the model asked to call. Sum over 5 minutes. */
  metricToolCalls(props?: MetricOptions): Metric;

  /** Tool results that reported a failure. Sum over 5 minutes. */
  metricToolFailures(props?: MetricOptions): Metric;

  /** Answers in which the model refused. Sum over 5 minutes. */
  metricRefusals(props?: MetricOptions): Metric;

  /** Answers in which the guardrail stepped in. Sum over 5 minutes. */
  metricGuardrailInterventions(props?: MetricOptions): Metric;

  /** One of the metrics of an arm of split traffic, by its name. Average over 5 minutes. */
  metricOfArm(arm: TrafficArm, metricName: string, props?: MetricOptions): Metric;

  /** Calls for which more than one model of the ladder was asked. Sum over 5 minutes. */
  metricEscalations(props?: MetricOptions): Metric;

  /** The share of calls for which more than one model of the ladder was asked, in percent. Over 5 minutes. */
  metricEscalationShare(props?: MetricOptions): MathExpression;

  /** Models of the ladder that failed in calls that were answered all the same. Sum over 5 minutes. */
  metricEscalationFailures(props?: MetricOptions): Metric;

  /** What the tokens of calls cost, with every model of the ladder, in US dollars. Sum over 5 minutes. */
  metricCost(props?: MetricOptions): Metric;
}
