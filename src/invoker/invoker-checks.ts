import { Annotations, Duration, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { checkCardFeatures, warnOfBeyondContext, warnOfCacheBelowMinimum, warnOfDeprecatedBudget, warnOfNotOnCard } from './card-feature-checks';
import { checkEscalation } from './escalation-checks';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { endpointVariables } from './invoker-environment';
import { checkRequestDefaults, checkResponseStreaming, checkTargetFeatures } from './request-checks';
import { checkAssumedRole, modelsOf } from './target-access';
import { checkTraffic } from './traffic-access';
import { ModelCard } from '../catalog/model-card';
import { METRICS, RUNG_METRICS } from '../contract/invoker-metrics';
import { HaikuError, shown, shownList } from '../private/errors';
import { nearest } from '../private/nearest';
import { IInvocableModel } from '../targets/invocable-model';

/** Refuses what the models that are called, their endpoints or the dialect do not take. */
export function checkInvoker(scope: Construct, target: IInvocableModel, props: HaikuInvokerProps, timeout: Duration): void {
  checkRequestDefaults(target.model, props);
  checkCardFeatures(target.model, props);
  checkResponseStreaming(props);
  checkTargetFeatures(target, props);
  checkEscalation(scope, target, props, timeout);
  checkTraffic(scope, target, props);
  for (const model of modelsOf(target, props)) {
    checkAssumedRole(scope, model, props);
    endpointVariables(scope, model, props);
  }
  warnOfCacheBelowMinimum(scope, target.model, props);
  warnOfBeyondContext(scope, target.model, props);
}

/** Warns of what is not sent, and of what is written down. */
export function warnOfProps(scope: Construct, card: ModelCard, props: HaikuInvokerProps): void {
  warnOfNotOnCard(scope, card, props);
  warnOfDeprecatedBudget(scope, card, props);
  if (!props.logContent) return;
  Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.contentLogged',
    'Prompts and answers are written to the log group: whoever may read it can read them. Remove logContent unless that is intended.');
}

/** CloudWatch has no data of any other name, and says nothing of it. */
export function checkMetricName(name: string): void {
  const names = [...Object.keys(METRICS), ...RUNG_METRICS];
  if (names.includes(name) || Token.isUnresolved(name)) return;
  const near = nearest(name, [...names, 'Errors']);
  throw new HaikuError(`metricName is not a metric that the function writes, got ${shown(name)}; expected one of ${shownList(names)}. `
    + (near === 'Errors' ? 'The method metricErrors adds up ClientErrors and ServerErrors.' : `The nearest is ${shown(near)}.`));
}
