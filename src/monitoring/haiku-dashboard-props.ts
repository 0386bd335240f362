import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Token } from 'aws-cdk-lib/core';
import { AccountQuota, checkQuotas, QUOTAS } from './account-quota';
import { IHaikuInvoker } from '../invoker/haiku-invoker-interface';
import { HaikuError, shown } from '../private/errors';
import { checkKinds, JUDGED_ELSEWHERE, listOf, objectOf, objectWith, PropKinds, TEXT } from '../private/prop-kind';
import { IInvocableModel } from '../targets/invocable-model';

/**
 * What a dashboard shows. Something must be there to show: an invoker, a target, a queue or a batch.
 */
export interface HaikuDashboardProps {
  /**
   * The invokers. Some 70 fit into one dashboard, which has at most 2,500 metrics.
   *
   * @default - none
   */
  readonly invokers?: IHaikuInvoker[] | undefined;

  /**
   * Models that other code than an invoker calls. What Amazon Bedrock measures of them is shown, whoever calls them.
   *
   * @default - those of the invokers
   */
  readonly targets?: IInvocableModel[] | undefined;

  /**
   * Queues whose messages are to be answered: how many wait, and for how long.
   *
   * @default - none
   */
  readonly queues?: IQueue[] | undefined;

  /**
   * Dead-letter queues: how many messages nobody could answer.
   *
   * @default - none
   */
  readonly deadLetterQueues?: IQueue[] | undefined;

  /**
   * State machines that run batches: how many run, end well and fail.
   *
   * @default - none
   */
  readonly batches?: IStateMachine[] | undefined;

  /**
   * The account's quotas, against which use is shown.
   *
   * @default - AWS's defaults, as the models' cards have them
   */
  readonly quotas?: AccountQuota[] | undefined;

  /**
   * The log group of model invocation logging, for example that of a `ModelInvocationLogging`: tokens are then shown by caller, too. Each look
   * at the dashboard searches it, at CloudWatch Logs Insights' price for each gigabyte.
   *
   * @default - tokens are not shown by caller
   */
  readonly invocationLogGroup?: ILogGroup | undefined;

  /**
   * The key of the request metadata that names a tenant, a team or a feature: tokens are then shown by its values, too. Needs
   * `invocationLogGroup`.
   *
   * @default - tokens are not shown by metadata
   */
  readonly tenantKey?: string | undefined;

  /**
   * The name of the dashboard. One name is for one dashboard in an account.
   *
   * @default - CloudFormation makes one
   */
  readonly dashboardName?: string | undefined;
}

/** Queues, by what is read of them. */
export const QUEUES = listOf(objectWith('a queue', '', ['queueArn', 'metricApproximateNumberOfMessagesVisible']), 'a list of queues', 'a list of sqs.Queue');

/** Invokers, by what is read of them. */
export const INVOKERS = listOf(
  objectOf('HaikuInvoker', '', ['_watched', 'target', 'metric', 'logGroup']), 'a list of HaikuInvoker', 'a list such as [invoker], of this release of the package');

const DASHBOARD: PropKinds<HaikuDashboardProps> = {
  invokers: INVOKERS,
  targets: listOf(JUDGED_ELSEWHERE, 'a list of models', 'a list such as [profile]'),
  queues: QUEUES,
  deadLetterQueues: QUEUES,
  batches: listOf(objectWith('a state machine', '', ['stateMachineArn', 'metricFailed']), 'a list of state machines', 'a list of stepfunctions.StateMachine'),
  quotas: QUOTAS,
  invocationLogGroup: objectWith('a log group', 'a logs.LogGroup', ['logGroupName', 'logGroupArn']),
  tenantKey: TEXT,
  dashboardName: TEXT,
};

const DASHBOARD_NAME = /^[A-Za-z0-9_-]{1,255}$/;

/** What a request's metadata may be called. A name with other characters would have to be quoted in a query. */
const METADATA_KEY = /^[A-Za-z0-9_.-]{1,256}$/;

/** Refuses what the props do not take. */
export function checkDashboardProps(props: HaikuDashboardProps): void {
  checkKinds('HaikuDashboard', props, DASHBOARD);
  checkQuotas(props.quotas);
  const { dashboardName } = props;
  if (dashboardName !== undefined && !Token.isUnresolved(dashboardName) && !DASHBOARD_NAME.test(dashboardName)) {
    throw new HaikuError(`dashboardName is not one of CloudWatch's, got ${shown(dashboardName)}; expected 1 to 255 letters, digits, "-" or "_". Change it, or leave it out.`);
  }
  const { invokers, targets, queues, deadLetterQueues, batches, tenantKey, invocationLogGroup } = props;
  if ([invokers, targets, queues, deadLetterQueues, batches].every((list) => list === undefined || list.length === 0)) {
    throw new HaikuError('HaikuDashboard has nothing to show. Pass invokers, targets, queues, deadLetterQueues or batches.');
  }
  if (tenantKey === undefined) return;
  if (!METADATA_KEY.test(tenantKey)) {
    throw new HaikuError(`tenantKey is no key of request metadata, got ${shown(tenantKey)}; expected 1 to 256 letters, digits, "_", "." or "-". Pass the key that calls use in requestMetadata.`);
  }
  if (invocationLogGroup === undefined) {
    throw new HaikuError('tenantKey needs invocationLogGroup: request metadata is written to the model invocation log only. Pass the log group too, or leave tenantKey out.');
  }
}
