import { GraphWidget, IMetric, IWidget, MathExpression, TextWidget, TextWidgetBackground } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { QuotaGroup } from './account-quota';
import { isOnMantle, mantleMetric, RuntimeMetric, runtimeMetric } from './bedrock-metrics';
import { COLUMNS, graph } from './invoker-widgets';
import { IInvocableModel } from '../targets/invocable-model';

/** Amazon Bedrock counts by the minute. */
const MINUTE = Duration.minutes(1);

/** A title above a group of graphs, and what to know of it. */
export function heading(title: string, text?: string): IWidget[] {
  const markdown = text === undefined ? `## ${title}` : `## ${title}\n${text}`;
  return [new TextWidget({ markdown, width: COLUMNS, height: text === undefined ? 1 : 2, background: TextWidgetBackground.TRANSPARENT })];
}

/** How much of the account's quotas is used in a minute, by what the invokers ask and by what Amazon Bedrock says. */
export function quotaWidgets(scope: IConstruct, quotas: QuotaGroup[]): IWidget[][] {
  return quotas.flatMap(({ group, name, targets, requestsPerMinute, tokensPerMinute }) => {
    const runtime = targets.filter((target) => !isOnMantle(target));
    const requests = group.maths({ label: 'Attempts of the invokers', period: MINUTE }, (sum) =>
      percent(`SUM([${sum('Invocations')},${sum('Retries')}])`, requestsPerMinute));
    const tokens = group.maths({ label: 'Reserved by calls: input, cache and max_tokens', period: MINUTE }, (sum) =>
      percent(`SUM([${(['InputTokens', 'CacheReadTokens', 'CacheWriteTokens', 'MaxTokens'] as const).map(sum).join(',')}])`, tokensPerMinute));
    const measured = (metric: RuntimeMetric, label: string, quota?: number) =>
      runtime.length === 0 ? [] : [measuredUse(scope, runtime, metric, label, quota)];
    return [[
      headroom(`Requests a minute: ${name}`, [requests, ...measured('Invocations', 'Calls of the account', requestsPerMinute)], requestsPerMinute),
      headroom(`Tokens a minute: ${name}`, [tokens, ...measured('EstimatedTPMQuotaUsage', 'Amazon Bedrock\'s own estimate', tokensPerMinute)], tokensPerMinute),
    ]];
  });
}

/** Use of a quota as Amazon Bedrock measures it, of all callers in the account. In per cent, where the quota is known. */
export function measuredUse(scope: IConstruct, targets: IInvocableModel[], metric: RuntimeMetric, label: string, quota?: number): MathExpression {
  const ids = targets.map((target, index): [string, IMetric] => [`b${index}`, runtimeMetric(scope, target, metric, { period: MINUTE })]);
  return new MathExpression({
    expression: percent(`SUM([${ids.map(([id]) => id).join(',')}])`, quota), usingMetrics: Object.fromEntries(ids), label, period: MINUTE,
  });
}

/** What Amazon Bedrock measures of a target, beside what the invokers measure. */
export function bedrockWidgets(scope: IConstruct, targets: IInvocableModel[]): IWidget[][] {
  const [mantle, runtime] = [targets.filter(isOnMantle), targets.filter((target) => !isOnMantle(target))];
  const each = (metric: RuntimeMetric, statistic = 'Sum') => runtime.map((target) => runtimeMetric(scope, target, metric, { statistic, label: labelOf(target) }));
  const named = (metric: RuntimeMetric, label: string) => runtime.map((target) => runtimeMetric(scope, target, metric, { label: `${label} ${labelOf(target)}` }));
  const onRuntime = [
    [
      graph('Bedrock: Invocations', each('Invocations')),
      graph('Bedrock: InvocationLatency p90 (ms)', each('InvocationLatency', 'p90')),
      graph('Bedrock: throttles and errors', [
        ...named('InvocationThrottles', 'Throttles'), ...named('InvocationClientErrors', 'Client errors'), ...named('InvocationServerErrors', 'Server errors'),
      ]),
    ],
    [
      graph('Bedrock: input and output tokens', [...named('InputTokenCount', 'Input'), ...named('OutputTokenCount', 'Output')]),
      graph('Bedrock: cached tokens', [...named('CacheReadInputTokenCount', 'Read'), ...named('CacheWriteInputTokenCount', 'Written')]),
      graph('Bedrock: time to the first token p90, calls of Legacy models', each('TimeToFirstToken', 'p90'), { right: named('LegacyModelInvocations', 'Legacy'), rightYAxis: { min: 0, showUnits: false } }),
    ],
  ];
  const onMantle = [[
    graph('bedrock-mantle: inferences and client errors', mantle.flatMap((target) => [
      mantleMetric(scope, target, 'Inferences', { label: `Inferences ${labelOf(target)}` }), mantleMetric(scope, target, 'InferenceClientErrors', { label: `Client errors ${labelOf(target)}` }),
    ]), { width: COLUMNS / 2 }),
    graph('bedrock-mantle: tokens', mantle.flatMap((target) => [
      mantleMetric(scope, target, 'TotalInputTokens', { label: `Input ${labelOf(target)}` }), mantleMetric(scope, target, 'TotalOutputTokens', { label: `Output ${labelOf(target)}` }),
    ]), { width: COLUMNS / 2 }),
  ]];
  return [...runtime.length > 0 ? onRuntime : [], ...mantle.length > 0 ? onMantle : []];
}

function headroom(title: string, left: IMetric[], quota?: number): GraphWidget {
  const known = quota !== undefined;
  return graph(known ? `${title}, % of the quota` : `${title} (the card has no quota)`, left, {
    width: COLUMNS / 2,
    leftAnnotations: known ? [{ value: 100, label: 'The quota', color: '#d62728' }, { value: 80, label: '80 %', color: '#ff7f0e' }] : undefined,
  });
}

function percent(value: string, quota?: number): string {
  return quota === undefined ? value : `100*${value}/${Tokenization.stringifyNumber(quota)}`;
}

function labelOf({ node }: IInvocableModel): string {
  return node.id === 'Target' && node.scope ? node.scope.node.id : node.id;
}
