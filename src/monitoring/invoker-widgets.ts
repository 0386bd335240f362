import { GraphWidget, GraphWidgetProps, IMetric, IWidget, SingleValueWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { InvokerGroup } from './invoker-group';
import { dollars, PricedGroup } from './spending';
import type { MetricName } from '../contract/invoker-metrics';

/** CloudWatch's grid has 24 columns: three graphs stand side by side, and can be read at 1,200 pixels. */
export const COLUMNS = 24;
const THIRD = { width: COLUMNS / 3, height: 6 };
const PERIOD = Duration.minutes(5);
const HOUR = Duration.hours(1);
/** More percentiles than these in one graph cannot be told apart. */
const MOST_TOGETHER = 3;
const GREEN = '#2ca02c';
const BLUE = '#1f77b4';
const ORANGE = '#ff7f0e';
const RED = '#d62728';
const GREY = '#7f7f7f';

/** A third of a row. A graph of counts begins at 0: another beginning makes a small change look large. */
export function graph(title: string, left: IMetric[], more: GraphWidgetProps = {}): GraphWidget {
  return new GraphWidget({ title, left, leftYAxis: { min: 0, showUnits: false }, ...THIRD, ...more });
}

/** What of the whole. Nothing was asked where nothing is to be divided by. */
export function share(part: string, whole: string): string {
  return `100*${part}/${whole}`;
}

/** The numbers that say in one look whether all is well. */
export function summary(invokers: InvokerGroup, priced: PricedGroup[]): IWidget[][] {
  const number = (label: string, expression: Parameters<InvokerGroup['maths']>[1]) => invokers.maths({ label, period: HOUR }, expression);
  const ladders = invokers.where(({ _watched }) => _watched.escalates).members;
  const metrics = [
    number('Calls', (sum) => sum('Invocations')),
    number('Failed, %', (sum) => share(`SUM([${sum('ClientErrors')},${sum('ServerErrors')}])`, sum('Invocations'))),
    number('Throttled attempts', (sum) => sum('Throttles')),
    number('Input read from the cache, %', (sum) => share(sum('CacheReadTokens'), allInput(sum))),
    ...priced.map((each) => dollars(each, { label: `US dollars, ${each.name}`, period: HOUR })),
    ...ladders.map(({ invoker, name }) => invoker.metricCost({ label: `US dollars, ${name}`, period: HOUR })),
  ];
  return [[new SingleValueWidget({ title: 'In the last hour', metrics, width: COLUMNS, height: 3, fullPrecision: false })]];
}

/** Calls, failures, latency. */
export function trafficWidgets(invokers: InvokerGroup): IWidget[][] {
  const sums = (label: string, name: MetricName, color: string) => invokers.maths({ label, period: PERIOD, color }, (sum) => sum(name));
  const streams = invokers.where(({ _watched }) => _watched.streams);
  return [
    [
      graph('Calls', lines(invokers, 'Invocations', 'Sum')),
      graph('Failed calls, by whose fault', [
        sums('The caller\'s, or too many (4xx)', 'ClientErrors', ORANGE), sums('The service\'s or the function\'s (5xx)', 'ServerErrors', RED),
      ], {
        stacked: true,
        right: [invokers.maths({ label: 'Failed, %', period: PERIOD, color: GREY }, (sum) => share(`SUM([${sum('ClientErrors')},${sum('ServerErrors')}])`, sum('Invocations')))],
        rightYAxis: { min: 0, max: 100, showUnits: false },
      }),
      graph('Throttles and retries', [sums('Throttled attempts', 'Throttles', RED), sums('Attempts beyond the first', 'Retries', ORANGE)]),
    ],
    percentiles('Latency, with retries (ms)', invokers, 'Latency'),
    ...streams.members.length > 0 ? [percentiles('Time to the first token of streams (ms)', streams, 'TimeToFirstToken')] : [],
  ];
}

/** Tokens, the prompt cache, what answers were like. */
export function tokenWidgets(invokers: InvokerGroup): IWidget[][] {
  const sums = (label: string, name: MetricName, color?: string) => invokers.maths({ label, period: PERIOD, color }, (sum) => sum(name));
  return [
    [
      graph('Tokens', [
        sums('Output', 'OutputTokens', ORANGE), sums('Input', 'InputTokens', BLUE), sums('Written to the cache', 'CacheWriteTokens', RED),
        sums('Read from the cache', 'CacheReadTokens', GREEN),
      ], { stacked: true }),
      graph('Input that the cache held, %', [
        invokers.maths({ label: 'Read', period: PERIOD, color: GREEN }, (sum) => share(sum('CacheReadTokens'), allInput(sum))),
        invokers.maths({ label: 'Written', period: PERIOD, color: RED }, (sum) => share(sum('CacheWriteTokens'), allInput(sum))),
      ], { leftYAxis: { min: 0, max: 100, showUnits: false } }),
      graph('Refusals, guardrails, failed tools', [
        sums('Refusals', 'Refusals', RED), sums('Guardrail interventions', 'GuardrailInterventions', ORANGE), sums('Failed tools', 'ToolFailures', GREY),
      ]),
    ],
  ];
}

/** How often a stronger model was asked, and what that cost. */
export function escalationWidgets(invokers: InvokerGroup): IWidget[][] {
  const ladders = invokers.where(({ _watched }) => _watched.escalates);
  if (ladders.members.length === 0) return [];
  return [
    [
      graph('Calls that a stronger model was asked, %', [
        ladders.maths({ label: 'Asked', period: PERIOD, color: ORANGE }, (sum) => share(sum('Escalations'), sum('Invocations'))),
      ], { leftYAxis: { min: 0, max: 100, showUnits: false } }),
      graph('Models of ladders that failed', lines(ladders, 'EscalationFailures', 'Sum')),
      graph('US dollars an hour, by rung', ladders.members.flatMap(({ invoker, name }) => [1, 2, 3].map((rung) =>
        invoker.metric(`Rung${rung}Cost`, { statistic: 'Sum', label: `${name}, rung ${rung}`, period: HOUR }))), { stacked: true }),
    ],
  ];
}

/** What calls cost by the cards' prices; ladders say it themselves. */
export function costWidgets(invokers: InvokerGroup, priced: PricedGroup[]): IWidget[][] {
  const ladders = invokers.where(({ _watched }) => _watched.escalates);
  if (priced.length === 0 && ladders.members.length === 0) return [];
  const each = (period: Duration): IMetric[] => [
    ...priced.map((group) => dollars(group, { label: group.name, period })),
    ...ladders.members.map(({ invoker, name }) => invoker.metricCost({ label: name, period })),
  ];
  return [
    [
      graph('US dollars an hour, by model', each(HOUR), { stacked: true, start: '-P7D' }),
      graph('US dollars a day, by model', each(Duration.days(1)), { stacked: true, start: '-P30D' }),
      new SingleValueWidget({
        title: 'US dollars in 30 days', metrics: each(Duration.days(30)), period: Duration.days(30), start: '-P30D', ...THIRD,
      }),
    ],
  ];
}

function lines({ members }: InvokerGroup, metric: MetricName, statistic: string): IMetric[] {
  return members.map(({ invoker, name }) => invoker.metric(metric, { statistic, label: name, period: PERIOD }));
}

/** Percentiles cannot be added up: each invoker has lines of its own. */
function percentiles(title: string, { members }: InvokerGroup, metric: MetricName): IWidget[] {
  const line = (percentile: string, together: boolean) => members.map(({ invoker, name }) =>
    invoker.metric(metric, { statistic: percentile, label: together ? `${percentile} ${name}` : name, period: PERIOD }));
  if (members.length <= MOST_TOGETHER) {
    return [graph(title, ['p50', 'p90', 'p99'].flatMap((percentile) => line(percentile, true)), { width: COLUMNS })];
  }
  return ['p50', 'p90', 'p99'].map((percentile) => graph(`${title}: ${percentile}`, line(percentile, false)));
}

function allInput(sum: (name: MetricName) => string): string {
  return `SUM([${(['InputTokens', 'CacheReadTokens', 'CacheWriteTokens'] as const).map(sum).join(',')}])`;
}
