import { IWidget, LogQueryVisualizationType, LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { InvokerGroup } from './invoker-group';
import { COLUMNS } from './invoker-widgets';
import { dollarsOfLine, PricedGroup } from './spending';

/**
 * One query reads at most 50 log groups.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
const MOST_LOG_GROUPS = 50;
const HALF = COLUMNS / 2;

/** What no metric says: which calls were slow or dear, which errors there were, why the cache was missed. */
export function callWidgets(invokers: InvokerGroup, priced: PricedGroup[]): IWidget[][] {
  return [
    ...perQuery(invokers).map((names) => [
      table('Failed calls, by kind', names, HALF, ['filter ispresent(error)', 'stats count(*) as calls by error, errorCode', 'sort calls desc', 'limit 20']),
      table('Calls that could have read from the cache, by why they did not', names, HALF, [
        'filter ispresent(cacheMiss)', 'stats count(*) as calls, sum(CacheWriteTokens) as written by cacheMiss', 'sort calls desc',
      ]),
    ]),
    ...perQuery(invokers).map((names) => [table('The slowest calls', names, COLUMNS, [
      'filter ispresent(Latency)',
      'fields @timestamp, Latency, TimeToFirstToken, attempts, InputTokens, CacheReadTokens, OutputTokens, stopReason, error, requestId',
      'sort Latency desc',
      'limit 10',
    ])]),
    ...priced.flatMap((each) => perQuery(each.group).map((names) => [table(`The dearest calls of ${each.name}`, names, COLUMNS, [
      'filter ispresent(OutputTokens)',
      `fields @timestamp, ${dollarsOfLine(each)} as dollars, InputTokens, CacheReadTokens, CacheWriteTokens, OutputTokens, Latency, requestId`,
      'sort dollars desc',
      'limit 10',
    ])])),
  ];
}

/** What calls cost by who made them, and by what they say of themselves: both stand in the model invocation log only. */
export function callerWidgets({ logGroupName }: ILogGroup, priced: PricedGroup[], tenantKey?: string): IWidget[][] {
  return priced.map((each) => {
    const by = (title: string, field: string, width: number) => table(`${title}, ${each.name}`, [logGroupName], width, [
      `filter ${idsOf(each).map((id) => `modelId like "${id}"`).join(' or ')}`,
      ...IN_INVOCATION_LOG.map(([name, field_]) => `fields ${field_} as ${name}`),
      `stats count(*) as calls, sum(${dollarsOfLine(each)}) as dollars, sum(coalesce(OutputTokens,0)) as output by ${field}`,
      'sort dollars desc',
      'limit 20',
    ]);
    const callers = by('By caller', 'identity.arn', tenantKey === undefined ? COLUMNS : HALF);
    return tenantKey === undefined ? [callers] : [callers, by(`By ${tenantKey}`, `requestMetadata.${tenantKey}`, HALF)];
  });
}

/**
 * What our metrics are called in a record of model invocation logging.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
 */
const IN_INVOCATION_LOG = [
  ['InputTokens', 'input.inputTokenCount'],
  ['OutputTokens', 'output.outputTokenCount'],
  ['CacheReadTokens', 'input.cacheReadInputTokenCount'],
  ['CacheWriteTokens', 'input.cacheWriteInputTokenCount'],
] as const;

/** What requests named as the model. */
function idsOf({ group }: PricedGroup): string[] {
  return [...new Set(group.members.map(({ invoker }) => invoker.target.modelId))];
}

function perQuery({ members }: InvokerGroup): string[][] {
  const names = [...new Set(members.map(({ invoker }) => invoker.logGroup.logGroupName))];
  const starts = Array.from({ length: Math.ceil(names.length / MOST_LOG_GROUPS) }, (_, index) => index * MOST_LOG_GROUPS);
  return starts.map((start) => names.slice(start, start + MOST_LOG_GROUPS));
}

function table(title: string, logGroupNames: string[], width: number, queryLines: string[]): LogQueryWidget {
  return new LogQueryWidget({ title, logGroupNames, queryLines, width, height: 6, view: LogQueryVisualizationType.TABLE });
}
