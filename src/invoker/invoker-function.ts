import { IRole } from 'aws-cdk-lib/aws-iam';
import { Architecture, CfnEventInvokeConfig, Function, IFunction, LoggingFormat } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { escalationFiles, handlerPart } from './escalation-plan';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { InvokerApi } from './invoker-api';
import { streamsAnswers } from './request-checks';
import { FileBeside, handlerCode, nodejs24, tellHandlerInside } from '../construct/handler-code';
import { keyFor } from '../construct/key-access';
import { letLogsEncrypt } from '../construct/log-encryption';
import { SYSTEM_PROMPT_FILE } from '../contract/invoker-options';
import { TRAFFIC_PART } from '../contract/traffic';
import { IInvocableModel } from '../targets/invocable-model';

/** The log group of the props, or a new one. */
export function invokerLogGroup(scope: Construct, props: HaikuInvokerProps): ILogGroup {
  if (props.logGroup) return props.logGroup;
  const encryptionKey = keyFor('CloudWatch Logs', 'logGroupEncryptionKey', props.logGroupEncryptionKey);
  const created = new LogGroup(scope, 'LogGroup', { retention: props.logRetention ?? RetentionDays.ONE_MONTH, encryptionKey });
  if (encryptionKey) letLogsEncrypt(created, encryptionKey, 'HaikuInvoker');
  return created;
}

/** What the function is made of besides the props. */
export interface InvokerParts {
  readonly target: IInvocableModel;
  readonly role: IRole;
  readonly logGroup: ILogGroup;
  readonly environment: Record<string, string>;
  readonly timeout: Duration;
}

/** The function, with the bundle that its props ask for. CDK gives its role what tracing and a dead-letter queue need. */
export function invokerFunction(scope: Construct, parts: InvokerParts, props: HaikuInvokerProps): Function {
  const { target, ...wiring } = parts;
  const beside = filesBeside(target, props);
  const created = new Function(scope, 'Function', {
    ...wiring,
    functionName: props.functionName,
    description: props.description ?? `Calls ${target.model.name}`,
    runtime: nodejs24(),
    architecture: props.architecture ?? Architecture.ARM_64,
    handler: 'index.handler',
    code: handlerCode(scope, bundle(props), beside),
    loggingFormat: props.loggingFormat ?? LoggingFormat.JSON,
    applicationLogLevelV2: props.applicationLogLevelV2,
    systemLogLevelV2: props.systemLogLevelV2,
    memorySize: props.memorySize ?? 512,
    layers: props.layers,
    runtimeManagementMode: props.runtimeManagementMode,
    vpc: props.vpc,
    vpcSubnets: props.vpcSubnets,
    securityGroups: props.securityGroups,
    allowAllOutbound: props.allowAllOutbound,
    allowAllIpv6Outbound: props.allowAllIpv6Outbound,
    ipv6AllowedForDualStack: props.ipv6AllowedForDualStack,
    allowPublicSubnet: props.allowPublicSubnet,
    environmentEncryption: keyFor('AWS Lambda', 'environmentEncryption', props.environmentEncryption),
    tracing: props.tracing,
    reservedConcurrentExecutions: props.reservedConcurrentExecutions,
    deadLetterQueue: props.deadLetterQueue,
  });
  if (beside.length > 0) tellHandlerInside(created, beside);
  return created;
}

/** How Lambda deals with asynchronous invocations. It is set for what they name: the alias, or the function. */
export function configureAsyncInvoke(invoked: IFunction, { maxEventAge, retryAttempts, onFailure, onSuccess }: HaikuInvokerProps): void {
  if ([maxEventAge, retryAttempts, onFailure, onSuccess].every((prop) => prop === undefined)) return;
  invoked.configureAsyncInvoke({ onFailure, onSuccess });
  const config = invoked.node.findChild('EventInvokeConfig').node.defaultChild as CfnEventInvokeConfig;
  // Not through the props of the same names, which take a token for a negative number.
  config.maximumEventAgeInSeconds = maxEventAge?.toSeconds();
  config.maximumRetryAttempts = retryAttempts;
}

/** What is deployed with the code: a system prompt, a ladder, and what sends calls to a second target. */
function filesBeside(target: IInvocableModel, { systemPromptSource: source, escalation, traffic }: HaikuInvokerProps): FileBeside[] {
  return [
    ...source?._text === undefined ? [] : [{ name: SYSTEM_PROMPT_FILE, text: source._text }],
    ...escalation ? escalationFiles(target, escalation) : [],
    ...traffic ? [handlerPart(TRAFFIC_PART)] : [],
  ];
}

/** One bundle a use: what a deployment does not use, its function does not load. */
function bundle(props: HaikuInvokerProps): string {
  if (streamsAnswers(props)) return 'invoke-model-stream';
  return props.api === InvokerApi.CONVERSE ? 'invoke-model-converse' : 'invoke-model';
}
