import { Dashboard, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { quotaGroups } from './account-quota';
import { bedrockWidgets, heading, quotaWidgets } from './account-widgets';
import { distinct } from './bedrock-metrics';
import { checkDashboardProps, HaikuDashboardProps } from './haiku-dashboard-props';
import { InvokerGroup } from './invoker-group';
import { costWidgets, escalationWidgets, summary, tokenWidgets, trafficWidgets } from './invoker-widgets';
import { callerWidgets, callWidgets } from './log-widgets';
import { PricedGroup, pricedGroups } from './spending';
import { workWidgets } from './work-widgets';
import { brand, isBranded } from '../private/brand';
import { HaikuError } from '../private/errors';
import { checkedTarget } from '../targets/checked-target';

/**
 * What CloudWatch takes of one dashboard, metrics that only stand in metric maths among them, and of one expression.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 */
const MOST_METRICS = 2500;
const MOST_METRICS_OF_WIDGET = 500;
const MOST_WIDGETS = 500;
const MOST_OF_EXPRESSION = 2048;

/**
 * A CloudWatch dashboard over any number of invokers: calls, failures, latency, tokens, the prompt cache, cost, use of quotas, and what
 * Amazon Bedrock itself measures beside that.
 *
 * Creates the dashboard. CloudWatch takes 3 US dollars a month for it, beyond the three that an account has free; its queries of logs cost
 * by the gigabyte that they read, each time that somebody looks.
 *
 * Costs are worked out from the prices of the models' cards as they were at synth, and are no bill: discounts, taxes and rates of a long context are
 * not in them.
 *
 * Throws if there is nothing to show, or more than fits into one dashboard.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html
 */
export class HaikuDashboard extends Construct {
  /** Whether a value is a HaikuDashboard, also one of another installed copy of this package. */
  public static isHaikuDashboard(value: unknown): value is HaikuDashboard {
    return isBranded(value, 'HaikuDashboard');
  }

  /** The dashboard itself, to which more widgets can be added. */
  public readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: HaikuDashboardProps) {
    super(scope, id);
    checkDashboardProps(props);
    const given = (props.targets ?? []).map((target) => checkedTarget('targets', target));
    const invokers = InvokerGroup.of(props.invokers ?? []);
    const targets = distinct([...invokers.members.map(({ invoker }) => invoker.target), ...given]);
    const priced = pricedGroups(invokers);
    const work = workWidgets(props);
    const rows = [
      ...invokers.members.length > 0 ? this.invokerRows(invokers, priced, props) : [],
      ...work[0].length > 0 ? [heading('Work that waits'), ...work] : [],
      ...targets.length > 0 ? [heading('What Amazon Bedrock measures', BEDROCK_NOTE), ...bedrockWidgets(this, targets)] : [],
    ];
    checkSize(this, rows.flat());
    this.dashboard = new Dashboard(this, 'Dashboard', { dashboardName: props.dashboardName, widgets: rows });
  }

  private invokerRows(invokers: InvokerGroup, priced: PricedGroup[], { quotas, invocationLogGroup, tenantKey }: HaikuDashboardProps): IWidget[][] {
    return [
      heading(`Invokers: ${invokers.members.map(({ name }) => name).slice(0, 10).join(', ')}${invokers.members.length > 10 ? ', ...' : ''}`),
      ...summary(invokers, priced),
      heading('Calls'),
      ...trafficWidgets(invokers),
      heading('Tokens and answers'),
      ...tokenWidgets(invokers),
      ...escalationWidgets(invokers),
      ...priced.length > 0 ? [heading('Cost', priceNote(priced)), ...costWidgets(invokers, priced)] : costWidgets(invokers, priced),
      ...invocationLogGroup ? callerWidgets(invocationLogGroup, priced, tenantKey) : [],
      heading('Use of the account\'s quotas', QUOTA_NOTE),
      ...quotaWidgets(this, quotaGroups(invokers, quotas)),
      heading('Single calls'),
      ...callWidgets(invokers, priced),
    ];
  }
}

brand(HaikuDashboard, 'HaikuDashboard');

const QUOTA_NOTE = 'A call reserves its input, what it reads from and writes to the cache, and its whole max_tokens when it starts; Amazon Bedrock gives back what was not used. '
  + 'Its own figures are of all callers in the account; those of the invokers are of these invokers only.';

const BEDROCK_NOTE = 'Of all callers in the account, one attempt at a time: a call that was repeated counts once above, and each attempt counts here. Throttled attempts are no Invocations here; '
  + 'whether failed ones are, AWS\'s own pages say in two ways. Latency here is of one attempt, and above of a call with its retries and waits.';

function priceNote(priced: PricedGroup[]): string {
  const dates = [...new Set(priced.map(({ name, price }) => `${name} as of ${price.asOf}`))];
  return `By the prices of the models' cards: ${dates.join('; ')}. No bill: discounts, taxes and rates of a long context are not in it.`;
}

/** Refuses what CloudWatch would not take, or would show only in part. */
function checkSize(scope: Construct, widgets: IWidget[]): void {
  type Body = { readonly properties: { readonly metrics?: unknown[][] } };
  const bodies = Stack.of(scope).resolve(widgets.flatMap((widget) => widget.toJson() as unknown[])) as Body[];
  const metrics = bodies.map(({ properties: { metrics: lines = [] } }) => lines.filter(([first]) => typeof first === 'string').length);
  const expressions = bodies.flatMap(({ properties: { metrics: lines = [] } }) => lines.flatMap(([first]) =>
    typeof first === 'object' && first !== null && typeof (first as { expression?: unknown }).expression === 'string' ? [(first as { expression: string }).expression.length] : []));
  const over = (text: string, got: number, most: number) => {
    if (got <= most) return;
    throw new HaikuError(`HaikuDashboard does not fit, got ${text} ${got}; CloudWatch takes at most ${most}. Show the invokers in several dashboards, for example one for each team.`);
  };
  over('metrics', metrics.reduce((sum, count) => sum + count, 0), MOST_METRICS);
  over('metrics of one graph', Math.max(...metrics), MOST_METRICS_OF_WIDGET);
  over('characters of one expression', Math.max(0, ...expressions), MOST_OF_EXPRESSION);
  over('widgets', bodies.length, MOST_WIDGETS);
}
