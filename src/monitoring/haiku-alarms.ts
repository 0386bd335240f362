import {
  Alarm, AlarmRule, AnomalyDetectionAlarm, ComparisonOperator, CompositeAlarm, IAlarmAction, IMetric, Stats, TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Annotations, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AccountQuota, quotaGroups } from './account-quota';
import { measuredUse } from './account-widgets';
import { AlarmLimit } from './alarm-limit';
import { INVOKER_RULES, InvokerRule, LATENCY, Limit } from './alarm-rules';
import { distinct, isElsewhere, isOnMantle, runtimeMetric } from './bedrock-metrics';
import { checkAlarmsProps, HaikuAlarmsProps } from './haiku-alarms-props';
import { InvokerGroup, pathInStack } from './invoker-group';
import { dollars, pricedGroups } from './spending';
import { brand, isBranded } from '../private/brand';
import { HaikuError } from '../private/errors';
import { IInvocableModel } from '../targets/invocable-model';

/** CloudWatch adds up at most ten metrics in one alarm. */
const MOST_METRICS = 10;
/** The rule of a composite alarm has at most 10,240 characters, and an ARN of an alarm may have 150 of them. */
const MOST_IN_COMPOSITE = 60;
const DAYS_OF_MONTH = 365 / 12;

const AT_ONCE = { evaluationPeriods: 1, datapointsToAlarm: 1 };
const DEAD_LETTERS: Limit = { limit: 0, period: Duration.minutes(5), ...AT_ONCE };
const QUOTA_USE: Limit = { limit: 80, period: Duration.minutes(1), evaluationPeriods: 5, datapointsToAlarm: 3 };
const LEGACY_MODEL: Limit = { limit: 0, period: Duration.hours(1), ...AT_ONCE };
const SPEND = { period: Duration.days(1), ...AT_ONCE };

/**
 * Alarms of invokers, with limits that each can be changed or left out: throttles, server errors, latency against what is usual, cache misses, refusals, use of
 * the account's quotas, a Legacy model, and on request dead letters and spending; and one composite alarm for what callers notice.
 *
 * An alarm of one metric costs 0.10 US dollars a month, and one of metric maths as much for each of its metrics; latency against what is usual counts as
 * three, the composite alarm costs 0.50.
 *
 * Missing data raises no alarm: where nobody calls, nothing fails.
 *
 * Throws if a limit or an invoker is not what it takes, or a card has no price for `monthlyBudget`. Synthesis warns with the id
 * `cdk-bedrock-haiku:HaikuAlarms.otherRegion` of what Amazon Bedrock measures in another Region, where these alarms cannot see it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 */
export class HaikuAlarms extends Construct {
  /** Whether a value is a HaikuAlarms, also one of another installed copy of this package. */
  public static isHaikuAlarms(value: unknown): value is HaikuAlarms {
    return isBranded(value, 'HaikuAlarms');
  }

  /** The composite alarms for what callers notice: one for each twenty invokers. */
  public readonly pages: CompositeAlarm[];
  /** @internal */
  public readonly _alarms: Alarm[] = [];
  /** @internal */
  public readonly _actions: IAlarmAction[];

  constructor(scope: Construct, id: string, props: HaikuAlarmsProps) {
    super(scope, id);
    checkAlarmsProps(this, props);
    this._actions = props.actions ?? [];
    const invokers = InvokerGroup.of(props.invokers);
    const paging = this.addInvokerAlarms(invokers, props);
    this.addSpend(invokers, props);
    this.addQuotaUse(invokers, props.quotas, props.quotaUse);
    this.addLegacyModel(invokers, props.legacyModel);
    for (const queue of props.deadLetterQueues ?? []) {
      this.add(idOf('DeadLetters', pathInStack(queue)), DEAD_LETTERS, props.deadLetters, (period) => queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period }),
        `Messages in the dead-letter queue ${queue.node.path}: each failed as often as its queue allows. Read one, mend the reason, and redrive the queue.`);
    }
    this.pages = chunks(paging).map((alarms, index) => this.composite(`Page${index === 0 ? '' : index}`, alarms, props.pageActions));
  }

  /** The alarms, the composite ones left out. */
  public get alarms(): Alarm[] { return [...this._alarms]; }

  /** Returns those that page. */
  private addInvokerAlarms(invokers: InvokerGroup, props: HaikuAlarmsProps): Alarm[] {
    const rules = Object.entries(INVOKER_RULES) as Array<[keyof typeof INVOKER_RULES, InvokerRule]>;
    return invokers.members.flatMap(({ invoker, name }) => rules.flatMap(([prop, rule]) => {
      // Without checkpoints of its own, an invoker caches only what some event asks for.
      if (prop === 'cacheMisses' && props.cacheMisses === undefined && !invoker._watched.caches) return [];
      const group = invokers.where((other) => other === invoker);
      const id = idOf(rule.id, name);
      const description = `${name}: ${rule.description}`;
      const alarm = rule === LATENCY && props.latency === undefined
        ? this.addUnusual(id, rule.standard, rule.metric(group, rule.standard.period), description)
        : this.add(id, rule.standard, props[prop], (period) => rule.metric(group, period), description);
      return alarm && rule.pages ? [alarm] : [];
    }));
  }

  private addSpend(invokers: InvokerGroup, { monthlyBudget, spend }: HaikuAlarmsProps): void {
    const limit = monthlyBudget === undefined ? undefined : 2 * monthlyBudget / DAYS_OF_MONTH;
    if (limit === undefined && spend === undefined) return;
    const priced = pricedGroups(invokers);
    for (const { invoker, name } of invokers.members) {
      const group = priced.find((each) => each.group.members.some((member) => member.invoker === invoker));
      if (!group && !invoker._watched.escalates) {
        throw new HaikuError(`The card of ${invoker.target.model.name} has no price for ${invoker.node.path}. Leave monthlyBudget and spend out, or pass a card of your own that has one.`);
      }
      const own = group && { ...group, group: group.group.where((other) => other === invoker) };
      this.add(idOf('Spend', name), { limit: limit ?? 0, ...SPEND }, spend, (period) =>
        own ? dollars(own, { label: 'US dollars', period }) : invoker.metricCost({ period }),
      `${name} costs more in a day than it should. Look at the dearest calls, and at who makes them.`);
    }
  }

  private addQuotaUse(invokers: InvokerGroup, quotas: AccountQuota[] | undefined, given: AlarmLimit | undefined): void {
    if (given && given._limit === undefined) return;
    for (const { name, targets, requestsPerMinute, tokensPerMinute } of quotaGroups(invokers, quotas)) {
      const here = this.measuredHere(targets);
      if (here.length === 0) continue;
      if (here.length > MOST_METRICS) {
        throw new HaikuError(`Quotas of ${name} are shared by ${here.length} inference profiles; CloudWatch adds up at most ${MOST_METRICS} in an alarm. Pass fewer invokers, or AlarmLimit.off() as quotaUse.`);
      }
      const advice = 'Calls are throttled when it is full. Ask for more in Service Quotas, lower max_tokens, or move work to batch inference.';
      if (tokensPerMinute !== undefined) {
        this.add(idOf('TokenQuota', name), QUOTA_USE, given, () => measuredUse(this, here, 'EstimatedTPMQuotaUsage', 'Use of the tokens a minute, %', tokensPerMinute),
          `Tokens a minute of ${name} are used up to the alarm's limit, in per cent of the account's quota. ${advice}`);
      }
      if (requestsPerMinute !== undefined) {
        this.add(idOf('RequestQuota', name), QUOTA_USE, given, () => measuredUse(this, here, 'Invocations', 'Use of the requests a minute, %', requestsPerMinute),
          `Requests a minute of ${name} are used up to the alarm's limit, in per cent of the account's quota. ${advice}`);
      }
    }
  }

  private addLegacyModel(invokers: InvokerGroup, given?: AlarmLimit): void {
    if (given && given._limit === undefined) return;
    const targets = distinct(invokers.members.map(({ invoker: { target } }) => target));
    for (const target of this.measuredHere(targets)) {
      this.add(idOf('LegacyModel', pathInStack(target)), LEGACY_MODEL, given, (period) => runtimeMetric(this, target, 'LegacyModelInvocations', { period }),
        `AWS has declared ${target.model.name} Legacy: its end of life is coming, and its price may rise before that. Move to its successor.`);
    }
  }

  /** Those that Amazon Bedrock measures where these alarms are: bedrock-mantle has no such metrics. */
  private measuredHere(targets: IInvocableModel[]): IInvocableModel[] {
    const elsewhere = targets.filter((target) => !isOnMantle(target) && isElsewhere(this, target));
    if (elsewhere.length > 0) {
      Annotations.of(this).addWarningV2('cdk-bedrock-haiku:HaikuAlarms.otherRegion',
        `Amazon Bedrock measures ${elsewhere.map(({ node, sourceRegion }) => `${node.path} in ${sourceRegion}`).join(', ')}, and these alarms are elsewhere: `
        + 'there is none of its quotas or of a Legacy model. Make alarms on AWS/Bedrock in that Region.');
    }
    return targets.filter((target) => !isOnMantle(target) && !isElsewhere(this, target));
  }

  private add(
    id: string, standard: Limit, given: AlarmLimit | undefined, metric: (period: Duration) => IMetric, alarmDescription: string): Alarm | undefined {
    const limit = chosen(standard, given);
    if (!limit) return undefined;
    checkWindow(id, limit);
    return this.keep(new Alarm(this, id, {
      metric: metric(limit.period),
      threshold: limit.limit,
      evaluationPeriods: limit.evaluationPeriods,
      datapointsToAlarm: limit.datapointsToAlarm,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription,
    }));
  }

  private addUnusual(id: string, { limit: stdDevs, evaluationPeriods, datapointsToAlarm }: Limit, metric: IMetric, alarmDescription: string): Alarm {
    return this.keep(new AnomalyDetectionAlarm(this, id, {
      metric,
      stdDevs,
      evaluationPeriods,
      datapointsToAlarm,
      comparisonOperator: ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription,
    }));
  }

  private keep<T extends Alarm>(alarm: T): T {
    alarm.addAlarmAction(...this._actions);
    this._alarms.push(alarm);
    return alarm;
  }

  private composite(id: string, alarms: Alarm[], actions: IAlarmAction[] = []): CompositeAlarm {
    const page = new CompositeAlarm(this, id, {
      alarmRule: AlarmRule.anyOf(...alarms),
      alarmDescription: 'Callers of the model notice something: throttles, failures or slow answers. The alarms below it say what.',
    });
    page.addAlarmAction(...actions);
    return page;
  }
}

brand(HaikuAlarms, 'HaikuAlarms');

/** An id that tells what an alarm is of, so that it keeps its name when others come before it. */
function idOf(kind: string, name: string): string {
  return `${kind}-${name.replace(/[^A-Za-z0-9]+/g, '-')}`;
}

/** The standard limit, as far as nothing else was asked for; nothing, if there is to be no alarm. */
function chosen(standard: Limit, given?: AlarmLimit): Limit | undefined {
  if (!given) return standard;
  const { _limit: limit, _options: { period = standard.period, evaluationPeriods, datapointsToAlarm } } = given;
  if (limit === undefined) return undefined;
  if (evaluationPeriods !== undefined) return { limit, period, evaluationPeriods, datapointsToAlarm: datapointsToAlarm ?? evaluationPeriods };
  const needed = datapointsToAlarm ?? standard.datapointsToAlarm;
  return { limit, period, evaluationPeriods: Math.max(standard.evaluationPeriods, needed), datapointsToAlarm: needed };
}

/** CloudWatch looks back a day, or a week where a period has an hour or more. */
function checkWindow(id: string, { period, evaluationPeriods }: Limit): void {
  const [days, most] = [evaluationPeriods * period.toSeconds() / 86_400, period.toSeconds() < 3600 ? 1 : 7];
  if (days <= most) return;
  throw new HaikuError(
    `Alarm ${id} looks back too far, got ${evaluationPeriods} periods of ${period.toSeconds()} seconds; CloudWatch takes at most ${most === 1 ? 'a day of periods below an hour' : 'a week'}. `
    + 'Lower evaluationPeriods or period of its AlarmLimit.');
}

function chunks(alarms: Alarm[]): Alarm[][] {
  const starts = Array.from({ length: Math.ceil(alarms.length / MOST_IN_COMPOSITE) }, (_, index) => index * MOST_IN_COMPOSITE);
  return starts.map((start) => alarms.slice(start, start + MOST_IN_COMPOSITE));
}
