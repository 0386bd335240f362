import { Metric, MetricProps, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { knownToDiffer } from '../construct/tokens';
import { IApplicationInferenceProfile } from '../targets/application-inference-profile';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

/**
 * The metrics of AWS's own that are shown, with the names of the pages.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring-runtime-metrics.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring-mantle-metrics.html
 */
export const BEDROCK_METRICS = {
  'AWS/Bedrock': [
    'Invocations', 'InvocationLatency', 'TimeToFirstToken', 'InvocationClientErrors', 'InvocationServerErrors', 'InvocationThrottles', 'InputTokenCount',
    'OutputTokenCount', 'CacheReadInputTokenCount', 'CacheWriteInputTokenCount', 'EstimatedTPMQuotaUsage', 'LegacyModelInvocations',
  ],
  'AWS/BedrockMantle': ['Inferences', 'InferenceClientErrors', 'TotalInputTokens', 'TotalOutputTokens'],
} as const;

export type RuntimeMetric = typeof BEDROCK_METRICS['AWS/Bedrock'][number];
export type MantleMetric = typeof BEDROCK_METRICS['AWS/BedrockMantle'][number];

type Options = Omit<MetricProps, 'namespace' | 'metricName' | 'dimensionsMap'>;

/** What bedrock-runtime measured of a target, whoever called it. Sum over 5 minutes. */
export function runtimeMetric(scope: IConstruct, target: IInvocableModel, metricName: RuntimeMetric, options?: Options): Metric {
  return metricOf(scope, target, { namespace: 'AWS/Bedrock', metricName, dimensionsMap: { ModelId: profileOf(target) } }, options);
}

/** What bedrock-mantle measured of a target, whoever called it. Sum over 5 minutes. */
export function mantleMetric(scope: IConstruct, target: IInvocableModel, metricName: MantleMetric, options?: Options): Metric {
  return metricOf(scope, target, { namespace: 'AWS/BedrockMantle', metricName, dimensionsMap: { Project: target.projectId ?? 'default', Model: target.modelId } }, options);
}

export function isOnMantle({ endpoint }: IInvocableModel): boolean {
  return endpoint === InferenceEndpoint.BEDROCK_MANTLE;
}

/** Each target once: what is known only at deploy time is another token for each construct. */
export function distinct(targets: IInvocableModel[]): IInvocableModel[] {
  return [...new Map(targets.map((target) => [JSON.stringify([target.endpoint, Stack.of(target).resolve(target.modelId)]), target])).values()];
}

/** Whether a target is called in another Region than that of a construct, as far as both are known. */
export function isElsewhere(scope: IConstruct, { sourceRegion }: IInvocableModel): boolean {
  return knownToDiffer(Stack.of(scope).region, sourceRegion);
}

/** AWS does not say which name stands in the dimension. What it writes for an inference profile is the profile's ID. */
function profileOf(target: IInvocableModel): string {
  return (target as Partial<IApplicationInferenceProfile>).inferenceProfileId ?? target.modelId;
}

/** The metric is written in the Region that calls are sent to, and in the account that makes them. */
function metricOf(scope: IConstruct, target: IInvocableModel, metric: Pick<MetricProps, 'namespace' | 'metricName' | 'dimensionsMap'>, options?: Options): Metric {
  const attached = new Metric({ statistic: Stats.SUM, ...metric, ...options }).attachTo(scope);
  return isElsewhere(scope, target) ? attached.with({ region: target.sourceRegion }) : attached;
}
