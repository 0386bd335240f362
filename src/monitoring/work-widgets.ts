import { IMetric, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import { HaikuDashboardProps } from './haiku-dashboard-props';
import { graph } from './invoker-widgets';

const PERIOD = Duration.minutes(5);

/** Work that waits or runs outside of an invoker. */
export function workWidgets({ queues = [], deadLetterQueues = [], batches = [] }: HaikuDashboardProps): IWidget[][] {
  const each = <T extends IQueue | IStateMachine>(items: T[], metric: (item: T, label: string) => IMetric) =>
    items.map((item) => metric(item, item.node.id));
  const waiting = [
    graph('Messages that wait, and those that workers have', [
      ...each(queues, (queue, label) => queue.metricApproximateNumberOfMessagesVisible({ label: `Wait: ${label}`, period: PERIOD })),
      ...each(queues, (queue, label) => queue.metricApproximateNumberOfMessagesNotVisible({ label: `In work: ${label}`, period: PERIOD })),
    ]),
    graph('Age of the oldest message (s)', each(queues, (queue, label) => queue.metricApproximateAgeOfOldestMessage({ label, period: PERIOD }))),
  ];
  const dead = [graph('Messages that nobody could answer', each(deadLetterQueues, (queue, label) =>
    queue.metricApproximateNumberOfMessagesVisible({ label, period: PERIOD })))];
  const runs = [graph('Batches', [
    ...each(batches, (batch, label) => batch.metricStarted({ label: `Started: ${label}`, period: PERIOD })),
    ...each(batches, (batch, label) => batch.metricSucceeded({ label: `Succeeded: ${label}`, period: PERIOD })),
    ...each(batches, (batch, label) => batch.metricFailed({ label: `Failed: ${label}`, period: PERIOD })),
  ])];
  const rows = [...queues.length > 0 ? waiting : [], ...deadLetterQueues.length > 0 ? dead : [], ...batches.length > 0 ? runs : []];
  return rows.length > 3 ? [rows.slice(0, 3), rows.slice(3)] : [rows];
}
