import { IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { checkDestinations, checkOtherModel } from './escalation-checks';
import { escalationTargets, otherModel, ratesOf, rulesOf } from './escalation-plan';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { ownParameterName } from './system-prompt-source';
import type { Traffic } from './traffic';
import type { InvokerOptions } from '../contract/invoker-options';
import type { TrafficOptions as Written } from '../contract/traffic';
import { HaikuError, shown } from '../private/errors';
import { IInvocableModel } from '../targets/invocable-model';

/** Refuses a second target that cannot take the calls of the first, or lets their prompts go where the first never runs. */
export function checkTraffic(scope: IConstruct, first: IInvocableModel, props: HaikuInvokerProps): void {
  const { traffic } = props;
  if (!traffic) return;
  const idOf = ({ modelId, sourceRegion }: IInvocableModel) => JSON.stringify(Stack.of(scope).resolve([modelId, sourceRegion]));
  if (idOf(traffic._target) === idOf(first)) {
    throw new HaikuError(`traffic goes to the invoker's own target, got ${shown(traffic._target)} with ${traffic._target.model.name}; expected another target. Pass the one to move on to.`);
  }
  checkDestinations('traffic', first, traffic._target, traffic._options.allowOtherDestinations);
  checkOtherModel(scope, first, traffic._target, props);
}

/** What the handler is told of the models besides the target: those of the ladder, and the second target. */
export function otherTargets(scope: IConstruct, { escalation, traffic }: HaikuInvokerProps, shadowArn: string | undefined): Pick<InvokerOptions, 'escalation' | 'traffic'> {
  return { ...escalation && { escalation: escalationTargets(escalation) }, ...traffic && { traffic: trafficOptions(scope, traffic, shadowArn) } };
}

function trafficOptions(scope: IConstruct, traffic: Traffic, shadowArn: string | undefined): Written {
  const { _target: target, _options: { share, stickyBy, logContent } } = traffic;
  return {
    ...shadowArn === undefined ? { candidate: otherModel(target) } : { shadowArn },
    rules: rulesOf(target),
    rates: ratesOf(target),
    ...share._parameter ? { shareParameter: ownParameterName('share', scope, share._parameter) } : { share: share._percent },
    ...stickyBy !== undefined && { stickyBy },
    ...logContent && { logContent },
  };
}

/** Lets the function's role read the share, and hand calls to the function that makes them beside the first. */
export function grantTraffic(role: IPrincipal, { traffic }: HaikuInvokerProps, shadowArn: string | undefined): void {
  const parameter = traffic?._options.share._parameter;
  if (parameter) role.addToPrincipalPolicy(new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [parameter.parameterArn] }));
  if (shadowArn !== undefined) role.addToPrincipalPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [shadowArn] }));
}

/** The props that the function of the shadow shares with the first: how it runs, and what holds for every call of any model. */
const SHARED = [
  'api', 'guardrail', 'serviceTier', 'requestMetadata', 'assumedRole', 'externalId', 'retry', 'fipsEndpoint', 'dualStackEndpoint', 'metricsNamespace',
  'timeout', 'memorySize', 'architecture', 'vpc', 'vpcSubnets', 'securityGroups', 'allowAllOutbound', 'allowAllIpv6Outbound', 'ipv6AllowedForDualStack',
  'allowPublicSubnet', 'layers', 'runtimeManagementMode', 'environmentEncryption', 'logRetention', 'logGroupEncryptionKey', 'loggingFormat',
  'applicationLogLevelV2', 'systemLogLevelV2', 'tracing',
] satisfies Array<keyof HaikuInvokerProps>;

/** The props of the function of the shadow: it is told whole requests, and has no defaults of its own. */
export function shadowProps(props: HaikuInvokerProps): HaikuInvokerProps {
  const { _target: target, _options: { logContent } } = props.traffic!;
  // A call that failed is not worth another one an hour later.
  return { target, logContent, retryAttempts: 0, ...Object.fromEntries(SHARED.map((name) => [name, props[name]])) };
}
