import { IDestination, LoggingFormat } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, LogGroupClass } from 'aws-cdk-lib/aws-logs';
import { Duration, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { checkAlias } from './invoker-alias';
import { checkRetry } from './invoker-retry';
import { nodejs24 } from '../construct/handler-code';
import { knownToDiffer } from '../construct/tokens';
import { HaikuError, shown, shownList } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';
import { checkWholeNumber } from '../private/prop-kind';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MEMORY_MIB: [number, number] = [128, 10_240];
const MOST_LAYERS = 5;
const FUNCTION_NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const LAYER_REGION = /^arn:[^:]+:lambda:([a-z0-9-]+):/;
const MOST_DESCRIPTION = 256;
/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Metric.html */
const NAMESPACE = /^(?!AWS\/)(?!\s*$)[\w.\-/#][\w.\-/#: ]{0,254}$/;

/** Refuses what Lambda or CloudWatch would refuse when the stack is deployed. */
export function checkFunctionProps(scope: IConstruct, props: HaikuInvokerProps, timeout: Duration): void {
  checkNames(props);
  checkSeconds('timeout', timeout, [1, 900], '1 second to 15 minutes', 'For answers that take longer, stream them or lower maxTokens.');
  checkWholeNumber('memorySize', props.memorySize, MEMORY_MIB, 'The unit is MiB: use a number in that range.');
  checkWholeNumber('reservedConcurrentExecutions', props.reservedConcurrentExecutions, [0], 'Use 0 to let nothing run, or leave it out to reserve nothing.');
  checkSeconds('maxEventAge', props.maxEventAge, [60, 21_600], '60 seconds to 6 hours', 'Leave it out to have 6 hours.');
  checkWholeNumber('retryAttempts', props.retryAttempts, [0, 2], 'How a call of the model is repeated is for retry to say.');
  if (props.alias) checkAlias(props.alias, props.reservedConcurrentExecutions);
  if (props.retry) checkRetry(props.retry, timeout);
  checkVpc(props);
  checkLayers(scope, props);
  checkLogging(props);
  if (props.deadLetterQueue?.fifo) {
    throw new HaikuError(
      `deadLetterQueue is a FIFO queue, got ${shown(props.deadLetterQueue)}; expected a standard queue, since Lambda sends to no other. Create the queue without fifo.`);
  }
  checkDestination('onFailure', props.onFailure);
  checkDestination('onSuccess', props.onSuccess);
  checkGranted(props);
  checkOwn(scope, props);
}

/**
 * Lambda takes some destinations and then drops what it cannot deliver. CDK's own classes keep what they were made with.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
function checkDestination(prop: 'onFailure' | 'onSuccess', destination: IDestination | undefined): void {
  const { queue, topic, bucket } = destination as { queue?: { fifo?: boolean }; topic?: { fifo?: boolean }; bucket?: unknown } ?? {};
  if (queue?.fifo || topic?.fifo) {
    throw new HaikuError(
      `${prop} is a FIFO ${queue?.fifo ? 'queue' : 'topic'}, got ${shown(queue?.fifo ? queue : topic)}; expected a standard one, since Lambda delivers to no other and drops the event. Create it without fifo.`);
  }
  if (prop === 'onSuccess' && bucket !== undefined) {
    throw new HaikuError(`onSuccess is a bucket, got ${shown(bucket)}; expected a queue, a topic, a function or an event bus, since Lambda writes to a bucket on failure only. Choose another destination.`);
  }
}

function checkNames({ functionName, description, metricsNamespace }: HaikuInvokerProps): void {
  if (functionName !== undefined && !Token.isUnresolved(functionName) && !FUNCTION_NAME.test(functionName)) {
    throw new HaikuError(
      `functionName is not one that Lambda takes, got ${shown(functionName)}; expected 1 to 64 letters, digits, "-" and "_". `
      + 'Choose such a name, for example "haiku-invoker", or leave functionName out.');
  }
  if (description !== undefined && !Token.isUnresolved(description) && description.length > MOST_DESCRIPTION) {
    throw new HaikuError(`description is too long for Lambda, got ${description.length} characters; expected at most ${MOST_DESCRIPTION}. Shorten it.`);
  }
  if (metricsNamespace !== undefined && !Token.isUnresolved(metricsNamespace) && !NAMESPACE.test(metricsNamespace)) {
    throw new HaikuError(
      `metricsNamespace is not one that CloudWatch takes, got ${shown(metricsNamespace)}; `
      + 'expected 1 to 255 letters, digits, spaces and . - _ / # :, not starting with ":" or "AWS/". Choose such a name, for example "MyApp/Haiku".');
  }
}

/** What is for a function in a VPC only, and what for the security group that is made for it. */
function checkVpc({ vpc, securityGroups, ...others }: HaikuInvokerProps): void {
  const given = (props: object) => Object.entries(props).find(([, value]) => value !== undefined)?.[0];
  const { vpcSubnets, allowAllOutbound, allowAllIpv6Outbound, ipv6AllowedForDualStack, allowPublicSubnet } = others;
  const inVpc = given({ vpcSubnets, securityGroups, allowAllOutbound, allowAllIpv6Outbound, ipv6AllowedForDualStack, allowPublicSubnet });
  if (!vpc && inVpc) {
    throw new HaikuError(`${inVpc} is for a function in a VPC, and vpc is left out. Pass vpc too, or leave ${inVpc} out.`);
  }
  const ofNewGroup = given({ allowAllOutbound, allowAllIpv6Outbound });
  if (securityGroups && securityGroups.length > 0 && ofNewGroup) {
    throw new HaikuError(
      `${ofNewGroup} is for the security group that HaikuInvoker makes, got securityGroups as well; expected one or the other. `
      + `Set it where these security groups are made, and leave ${ofNewGroup} out.`);
  }
}

function checkLayers(scope: IConstruct, { layers = [] }: HaikuInvokerProps): void {
  if (layers.length > MOST_LAYERS) {
    throw new HaikuError(`layers are too many for Lambda, got ${layers.length}; expected at most ${MOST_LAYERS}. Leave some out.`);
  }
  const { region } = Stack.of(scope);
  for (const { layerVersionArn, env } of layers) {
    const there = LAYER_REGION.exec(layerVersionArn)?.[1] ?? env?.region;
    if (!knownToDiffer(there, region)) continue;
    throw new HaikuError(
      `layers has one of another Region, got ${shown(layerVersionArn)} in ${shown(there)}; expected layers in ${shown(region)}, since Lambda takes no other. `
      + 'Publish the layer there too, and pass the ARN that it has there.');
  }
  const ours = nodejs24();
  const other = layers.find(({ compatibleRuntimes }) => compatibleRuntimes && !compatibleRuntimes.some((runtime) => runtime.runtimeEquals(ours)));
  if (!other) return;
  throw new HaikuError(
    `layers has one that is not made for the function's runtime, got ${shown(other)} for ${shownList(other.compatibleRuntimes!.map((runtime) => runtime.name))}; `
    + `expected Runtime.NODEJS_24_X (${shown(ours.name)}) among them. If the layer runs there, add it to its compatibleRuntimes or leave those out.`);
}

function checkLogging({ logGroup, logRetention, logGroupEncryptionKey, loggingFormat, ...levels }: HaikuInvokerProps): void {
  if (logGroup && (logRetention !== undefined || logGroupEncryptionKey)) {
    throw new HaikuError(
      `${logGroupEncryptionKey ? 'logGroupEncryptionKey' : 'logRetention'} is for the log group that HaikuInvoker makes, got a logGroup as well; `
      + 'expected one or the other. Set it where the log group is made.');
  }
  const { logGroupClass } = logGroup?.node?.defaultChild as CfnLogGroup | undefined ?? {};
  if (logGroupClass !== undefined && !Token.isUnresolved(logGroupClass) && logGroupClass !== LogGroupClass.STANDARD) {
    throw new HaikuError(
      `logGroup is of the class ${logGroupClass}, got ${shown(logGroup)}; expected LogGroupClass.STANDARD, the only one in which CloudWatch reads the metrics of a HaikuInvoker from its lines. `
      + 'Make the log group without logGroupClass.');
  }
  const level = levels.applicationLogLevelV2 ? 'applicationLogLevelV2' : levels.systemLogLevelV2 && 'systemLogLevelV2';
  if (level && loggingFormat === LoggingFormat.TEXT) {
    throw new HaikuError(
      `${level} does not go with loggingFormat, got LoggingFormat.TEXT; expected LoggingFormat.JSON, since Lambda filters no text by level. `
      + `Leave loggingFormat out, or leave ${level} out.`);
  }
}

/** Lambda takes a role of the function's own account only, and looks for the log group beside the function by its name alone. */
function checkOwn(scope: IConstruct, { role, logGroup }: HaikuInvokerProps): void {
  const { account, region } = Stack.of(scope);
  if (role && knownToDiffer(role.env.account, account)) {
    throw new HaikuError(
      `role is of another account, got one of ${shown(role.env.account)}; expected one of ${shown(account)}, since Lambda takes no other. `
      + 'Make a role in the account of the stack.');
  }
  if (logGroup && (knownToDiffer(logGroup.env.account, account) || knownToDiffer(logGroup.env.region, region))) {
    throw new HaikuError(
      `logGroup is of another account or Region, got one of ${shown(logGroup.env.account)} in ${shown(logGroup.env.region)}; `
      + `expected one of ${shown(account)} in ${shown(region)}, since Lambda writes to no other. Make a log group there.`);
  }
}

/** What the role is given access to by its ARN. */
function checkGranted({ environmentEncryption, deadLetterQueue, logGroup }: HaikuInvokerProps): void {
  if (logGroup) checkExactArn('logGroup', logGroup.logGroupName, 'a log group of one name');
  if (environmentEncryption) checkExactArn('environmentEncryption', environmentEncryption.keyArn, 'the ARN of one key');
  if (deadLetterQueue) checkExactArn('deadLetterQueue', deadLetterQueue.queueArn, 'the ARN of one queue');
  if (deadLetterQueue?.encryptionMasterKey) checkExactArn('deadLetterQueue', deadLetterQueue.encryptionMasterKey.keyArn, 'a queue that is encrypted with one key');
}

function checkSeconds(name: string, given: Duration | undefined, [least, most]: [number, number], range: string, advice: string): void {
  if (!given || given.isUnresolved()) return;
  const seconds = given.toMilliseconds() / 1000;
  if (Number.isInteger(seconds) && seconds >= least && seconds <= most) return;
  throw new HaikuError(`${name} is not one that Lambda has, got ${shown(given.toString())}; expected whole seconds, ${range}. ${advice}`);
}
