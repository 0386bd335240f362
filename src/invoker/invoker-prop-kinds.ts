import { ApplicationLogLevel, LoggingFormat, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { InvokerAlias } from './invoker-alias';
import { InvokerApi } from './invoker-api';
import { InvokerRetry } from './invoker-retry';
import { LockedField } from './locked-field';
import { EffortLevel } from '../catalog/thinking-support';
import {
  checkKinds, DURATION, FLAG, JUDGED_ELSEWHERE, listOf, NUMBER, objectOf, objectWith, oneOf, PropKinds, required, struct, TEXT,
} from '../private/prop-kind';

const KEY = objectWith('a key', 'a kms.Key', ['keyArn', 'grantDecrypt', 'addToResourcePolicy']);
const ROLE = objectWith('a role', 'an iam.Role', ['roleArn', 'grantPrincipal', 'addToPrincipalPolicy', 'env']);
const DESTINATION = objectWith('a destination', 'a destination such as an SqsDestination', ['bind']);
const METADATA = struct('strings by their keys, such as "search" for "team"');

const INVOKER: PropKinds<HaikuInvokerProps> = {
  target: JUDGED_ELSEWHERE,
  api: oneOf('InvokerApi', InvokerApi),
  systemPrompt: TEXT,
  systemPromptSource: objectOf(
    'SystemPromptSource', 'SystemPromptSource.fromAsset(...), SystemPromptSource.fromBucket(...) or SystemPromptSource.fromParameter(...)', ['_text', '_object', '_parameter']),
  maxTokens: NUMBER,
  sampling: objectOf('Sampling', 'Sampling.temperature(...) or Sampling.topP(...)', ['_temperature', '_topP']),
  thinkingBudgetTokens: NUMBER,
  effort: oneOf('EffortLevel', EffortLevel),
  promptCaching: objectOf('PromptCaching', 'PromptCaching.systemPrompt(), PromptCaching.tools(), PromptCaching.messages() or PromptCaching.of(...)', ['_checkpoints']),
  lockedFields: listOf(oneOf('LockedField', LockedField), 'a list of LockedField', 'a list such as [LockedField.SYSTEM, LockedField.MAX_TOKENS]'),
  guardrail: objectOf(
    'InvokerGuardrail', 'InvokerGuardrail.fromGuardrailId(...) or InvokerGuardrail.fromGuardrailArn(...)', ['_arnFor', '_enforce', '_profileArns', 'guardrailVersion']),
  serviceTier: objectOf('ServiceTier', 'ServiceTier.DEFAULT, ServiceTier.RESERVED or ServiceTier.of(name)', ['name']),
  requestMetadata: { ...METADATA, holds: (value) => METADATA.holds(value) && Object.values(value as object).every(TEXT.holds) },
  assumedRole: ROLE,
  externalId: TEXT,
  escalation: objectOf('Escalation', 'Escalation.to(...)', ['_target', '_options', '_rungs']),
  traffic: objectOf('Traffic', 'Traffic.split(...) or Traffic.shadow(...)', ['_target', '_options', '_shadows']),
  retry: struct('InvokerRetry with, for example, maxAttempts'),
  functionName: TEXT,
  description: TEXT,
  role: ROLE,
  timeout: DURATION,
  memorySize: NUMBER,
  architecture: objectWith('an Architecture', 'Architecture.ARM_64 or Architecture.X86_64', ['name', 'dockerPlatform']),
  vpc: objectWith('a VPC', 'an ec2.Vpc', ['vpcId', 'selectSubnets']),
  vpcSubnets: struct('SubnetSelection with, for example, subnetType'),
  securityGroups: listOf(objectWith('a security group', '', ['securityGroupId', 'connections']), 'a list of security groups', 'a list of ec2.SecurityGroup'),
  allowAllOutbound: FLAG,
  allowAllIpv6Outbound: FLAG,
  ipv6AllowedForDualStack: FLAG,
  allowPublicSubnet: FLAG,
  layers: listOf(objectWith('a layer', '', ['layerVersionArn']), 'a list of layers', 'a list of lambda.LayerVersion'),
  runtimeManagementMode: objectWith(
    'a RuntimeManagementMode', 'RuntimeManagementMode.AUTO, RuntimeManagementMode.FUNCTION_UPDATE or RuntimeManagementMode.manual(...)', ['mode', 'runtimeManagementConfig']),
  environmentEncryption: KEY,
  logGroup: objectWith('a log group', 'a logs.LogGroup', ['logGroupName', 'logGroupArn', 'grantWrite', 'env']),
  logRetention: oneOf('RetentionDays', RetentionDays, 'a value such as RetentionDays.ONE_MONTH'),
  logGroupEncryptionKey: KEY,
  loggingFormat: oneOf('LoggingFormat', LoggingFormat),
  applicationLogLevelV2: oneOf('ApplicationLogLevel', ApplicationLogLevel),
  systemLogLevelV2: oneOf('SystemLogLevel', SystemLogLevel),
  logContent: FLAG,
  openTelemetry: FLAG,
  responseStreaming: FLAG,
  fipsEndpoint: FLAG,
  dualStackEndpoint: FLAG,
  tracing: oneOf('Tracing', Tracing),
  reservedConcurrentExecutions: NUMBER,
  deadLetterQueue: objectWith('a queue', 'an sqs.Queue', ['queueArn', 'queueUrl', 'grantSendMessages']),
  maxEventAge: DURATION,
  retryAttempts: NUMBER,
  onFailure: DESTINATION,
  onSuccess: DESTINATION,
  alias: struct('InvokerAlias with its aliasName'),
  functionUrl: objectOf('InvokerFunctionUrl', 'InvokerFunctionUrl.buffered() or InvokerFunctionUrl.streaming()', ['streams', '_options']),
  metricsNamespace: TEXT,
};
const RETRY: PropKinds<InvokerRetry> = { maxAttempts: NUMBER, baseDelay: DURATION, maxDelay: DURATION, attemptTimeout: DURATION };
const ALIAS: PropKinds<InvokerAlias> = { aliasName: required(TEXT), provisionedConcurrentExecutions: NUMBER };

/** Refuses what is not what the prop takes at all. Whether the model and Lambda take it is judged after that. */
export function checkInvokerProps(props: HaikuInvokerProps): void {
  checkKinds('HaikuInvoker', props, INVOKER);
  if (props.retry) checkKinds('retry', props.retry, RETRY, 'retry.');
  if (props.alias) checkKinds('alias', props.alias, ALIAS);
}
