import { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { AccountQuota, checkQuotas, QUOTAS } from './account-quota';
import { AlarmLimit } from './alarm-limit';
import { INVOKERS, QUEUES } from './haiku-dashboard-props';
import { knownToDiffer } from '../construct/tokens';
import { IHaikuInvoker } from '../invoker/haiku-invoker-interface';
import { HaikuError, isDeployTimeValue, shown } from '../private/errors';
import { checkKinds, listOf, NUMBER, objectOf, objectWith, PropKinds, required } from '../private/prop-kind';

/**
 * Which alarms there are, and what they do. Shares are of at least 20 calls in a period; where there are fewer, or no data at all, no alarm is raised.
 */
export interface HaikuAlarmsProps {
  /**
   * The invokers that are watched, each by alarms of its own. They must be in the Region of the alarms.
   */
  readonly invokers: IHaikuInvoker[];

  /**
   * What every single alarm does when it is raised, for example an `SnsAction` on a topic that Amazon Q Developer in chat applications
   * (formerly AWS Chatbot) reads.
   *
   * @default - nothing: alarms only have a state
   */
  readonly actions?: IAlarmAction[] | undefined;

  /**
   * What is done when callers are affected: the composite alarm, raised while any alarm of throttles, server errors or latency is.
   *
   * @default - nothing
   */
  readonly pageActions?: IAlarmAction[] | undefined;

  /**
   * Throttled attempts, in per cent of all attempts.
   *
   * @default AlarmLimit.above(10) - in two of three periods of five minutes
   */
  readonly throttles?: AlarmLimit | undefined;

  /**
   * Calls that failed by no fault of their callers, in per cent.
   *
   * @default AlarmLimit.above(5) - in two of three periods of five minutes
   */
  readonly serverErrors?: AlarmLimit | undefined;

  /**
   * The 90th percentile of the latency, in milliseconds.
   *
   * @default - above CloudWatch's band of what is usual at that hour and day, three deviations wide, for 15 minutes. The band follows from up to two weeks.
   */
  readonly latency?: AlarmLimit | undefined;

  /**
   * Of the tokens that the prompt cache held, those that were written and not read, in per cent.
   *
   * @default AlarmLimit.above(60) - for 45 minutes, of invokers that add cache checkpoints
   */
  readonly cacheMisses?: AlarmLimit | undefined;

  /**
   * Refused calls, in per cent.
   *
   * @default AlarmLimit.above(10) - in two of three quarters of an hour
   */
  readonly refusals?: AlarmLimit | undefined;

  /**
   * Dead-letter queues that are watched.
   *
   * @default - none
   */
  readonly deadLetterQueues?: IQueue[] | undefined;

  /**
   * Messages in a dead-letter queue.
   *
   * @default AlarmLimit.above(0) - at once
   */
  readonly deadLetters?: AlarmLimit | undefined;

  /**
   * US dollars a month that each of the invokers may cost. For a budget of all together, and of what is billed, use `HaikuBudget`.
   *
   * @default - none: cost is not watched
   */
  readonly monthlyBudget?: number | undefined;

  /**
   * US dollars a day that each of the invokers may cost, by the prices of the model's card.
   *
   * @default - twice a day's share of monthlyBudget: working days alone cost some 1.4 times as much
   */
  readonly spend?: AlarmLimit | undefined;

  /**
   * Use of the account's quotas, in per cent of requests and of tokens a minute, as Amazon Bedrock measures it of all callers.
   *
   * @default AlarmLimit.above(80) - in three of five minutes
   */
  readonly quotaUse?: AlarmLimit | undefined;

  /**
   * The account's quotas.
   *
   * @default - AWS's defaults, as the models' cards have them
   */
  readonly quotas?: AccountQuota[] | undefined;

  /**
   * Calls of a model that AWS has declared Legacy, in an hour.
   *
   * @default AlarmLimit.above(0) - at once
   */
  readonly legacyModel?: AlarmLimit | undefined;
}

const LIMIT = objectOf('AlarmLimit', 'AlarmLimit.above(...) or AlarmLimit.off()', ['_limit', '_options']);
const ACTIONS = listOf(objectWith('an action', '', ['bind']), 'a list of actions', 'a list such as [new cloudwatch_actions.SnsAction(topic)]');
const ALARMS: PropKinds<HaikuAlarmsProps> = {
  invokers: required(INVOKERS),
  actions: ACTIONS,
  pageActions: ACTIONS,
  throttles: LIMIT,
  serverErrors: LIMIT,
  latency: LIMIT,
  cacheMisses: LIMIT,
  refusals: LIMIT,
  deadLetterQueues: QUEUES,
  deadLetters: LIMIT,
  monthlyBudget: NUMBER,
  spend: LIMIT,
  quotaUse: LIMIT,
  quotas: QUOTAS,
  legacyModel: LIMIT,
};

/** Refuses what the props do not take. */
export function checkAlarmsProps(scope: IConstruct, props: HaikuAlarmsProps): void {
  checkKinds('HaikuAlarms', props, ALARMS);
  checkQuotas(props.quotas);
  const { invokers, monthlyBudget } = props;
  if (invokers.length === 0) throw new HaikuError('invokers is empty. Pass at least one HaikuInvoker.');
  const { region } = Stack.of(scope);
  const away = invokers.find((invoker) => knownToDiffer(region, Stack.of(invoker).region));
  if (away) {
    throw new HaikuError(
      `invokers has one of another Region, got ${away.node.path} in ${shown(Stack.of(away).region)}; expected invokers in ${shown(region)}, since CloudWatch raises an alarm only in the Region of its metric. `
      + 'Make a HaikuAlarms in a stack of that Region.');
  }
  if (monthlyBudget === undefined || isDeployTimeValue(monthlyBudget) || monthlyBudget > 0 && monthlyBudget < Infinity) return;
  throw new HaikuError(`monthlyBudget is out of range, got ${shown(monthlyBudget)}; expected US dollars above 0. Change it, or leave it out.`);
}
