import { Token } from 'aws-cdk-lib/core';
import { METRICS, RUNG_METRICS } from '../contract/invoker-metrics';
import { HaikuError, shown, shownList } from '../private/errors';
import { nearest } from '../private/nearest';

/** CloudWatch has no data of any other name, and says nothing of it. */
export function checkMetricName(name: string): void {
  const names = [...Object.keys(METRICS), ...RUNG_METRICS];
  if (names.includes(name) || Token.isUnresolved(name)) return;
  throw new HaikuError(`metricName is not a metric that the function writes, got ${shown(name)}; expected one of ${shownList(names)}. The nearest is ${shown(nearest(name, names))}.`);
}
