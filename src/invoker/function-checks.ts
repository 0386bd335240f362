import { Duration, Token } from 'aws-cdk-lib/core';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { InvokerAlias } from './invoker-alias';
import { InvokerRetry } from './invoker-retry';
import { DEFAULT_BASE_DELAY, DEFAULT_MAX_DELAY, LEAST_ATTEMPT } from './option-rules';
import { checkWholeNumber } from './whole-number';
import { HaikuError, shown } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const TIMEOUT_SECONDS = { least: 1, most: 900 };
const MEMORY_MIB: [number, number] = [128, 10_240];
const ALIAS_NAME = /^(?!\d+$)[a-zA-Z0-9_-]{1,128}$/;
/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Metric.html */
const NAMESPACE = /^(?!AWS\/)(?!\s*$)[\w.\-/#][\w.\-/#: ]{0,254}$/;

/** Refuses what Lambda or CloudWatch would refuse when the stack is deployed. */
export function checkFunctionProps(props: HaikuInvokerProps, timeout: Duration): void {
  checkTimeout(timeout);
  checkWholeNumber('memorySize', props.memorySize, MEMORY_MIB, 'The unit is MiB: use a number in that range.');
  checkWholeNumber('reservedConcurrentExecutions', props.reservedConcurrentExecutions, [0], 'Use 0 to let nothing run, or leave it out to reserve nothing.');
  if (props.alias) checkAlias(props.alias, props.reservedConcurrentExecutions);
  if (props.retry) checkRetry(props.retry, timeout);
  if (!props.vpc && (props.vpcSubnets || props.securityGroups)) {
    const given = props.vpcSubnets ? 'vpcSubnets' : 'securityGroups';
    throw new HaikuError(`${given} is given without vpc; expected both. Pass vpc as well, or leave ${given} out.`);
  }
  if (props.deadLetterQueue?.fifo) {
    throw new HaikuError(
      'deadLetterQueue is a FIFO queue; expected a standard queue, since Lambda sends to no other. Create the queue without fifo.');
  }
  checkGranted(props);
  const { metricsNamespace } = props;
  if (metricsNamespace !== undefined && !Token.isUnresolved(metricsNamespace) && !NAMESPACE.test(metricsNamespace)) {
    throw new HaikuError(
      `metricsNamespace is not one that CloudWatch takes, got ${shown(metricsNamespace)}; `
      + 'expected 1 to 255 letters, digits, spaces and . - _ / # :, not starting with ":" or "AWS/". Choose such a name, for example "MyApp/Haiku".');
  }
}

/** What the role is given access to by its ARN. */
function checkGranted({ environmentEncryption, deadLetterQueue }: HaikuInvokerProps): void {
  if (environmentEncryption) checkExactArn('environmentEncryption', environmentEncryption.keyArn, 'the ARN of one key');
  if (deadLetterQueue) checkExactArn('deadLetterQueue', deadLetterQueue.queueArn, 'the ARN of one queue');
  if (deadLetterQueue?.encryptionMasterKey) checkExactArn('deadLetterQueue', deadLetterQueue.encryptionMasterKey.keyArn, 'a queue that is encrypted with one key');
}

function checkTimeout(timeout: Duration): void {
  if (timeout.isUnresolved()) return;
  const seconds = timeout.toMilliseconds() / 1000;
  if (Number.isInteger(seconds) && seconds >= TIMEOUT_SECONDS.least && seconds <= TIMEOUT_SECONDS.most) return;
  throw new HaikuError(
    `timeout is not one that Lambda has, got ${shown(timeout.toString())}; expected whole seconds, 1 second to 15 minutes. `
    + 'For answers that take longer, stream them or lower maxTokens.');
}

function checkAlias({ aliasName, provisionedConcurrentExecutions: provisioned }: InvokerAlias, reserved: number | undefined): void {
  if (!Token.isUnresolved(aliasName) && !ALIAS_NAME.test(aliasName)) {
    throw new HaikuError(
      `aliasName is not one that Lambda takes, got ${shown(aliasName)}; `
      + 'expected 1 to 128 letters, digits, "-" and "_", not digits alone. Choose such a name, for example "live".');
  }
  checkWholeNumber('provisionedConcurrentExecutions', provisioned, [1], 'Leave it out to keep no instance ready.');
  if (provisioned === undefined || reserved === undefined || Token.isUnresolved(provisioned) || Token.isUnresolved(reserved)) return;
  if (provisioned > reserved) {
    throw new HaikuError(
      `provisionedConcurrentExecutions is more than is reserved, got ${provisioned} of ${reserved}; `
      + 'expected at most reservedConcurrentExecutions. Reserve more, or keep fewer ready.');
  }
}

function checkRetry({ maxAttempts, baseDelay, maxDelay, attemptTimeout }: InvokerRetry, timeout: Duration): void {
  checkWholeNumber('retry.maxAttempts', maxAttempts, [1], 'The first call counts: use 1 to have no retries.');
  checkDelays(baseDelay, maxDelay);
  checkNotLonger('retry.attemptTimeout', attemptTimeout, 'timeout', timeout);
  if (attemptTimeout && !attemptTimeout.isUnresolved() && attemptTimeout.toMilliseconds() < LEAST_ATTEMPT.toMilliseconds()) {
    throw new HaikuError(
      `retry.attemptTimeout is too short for a call, got ${shown(attemptTimeout.toString())}; expected at least ${shown(LEAST_ATTEMPT.toString())}. `
      + 'No answer comes sooner, so each call would be paid for and cut off: raise it, or leave it out to give a call all the time that there is.');
  }
}

/** What is left out is what the handler takes instead. */
function checkDelays(baseDelay: Duration | undefined, maxDelay: Duration | undefined): void {
  if (baseDelay || !maxDelay) {
    checkNotLonger('retry.baseDelay', baseDelay, 'retry.maxDelay', maxDelay ?? DEFAULT_MAX_DELAY, maxDelay ? '' : ', the default of retry.maxDelay');
  } else if (!maxDelay.isUnresolved() && maxDelay.toMilliseconds() < DEFAULT_BASE_DELAY.toMilliseconds()) {
    throw new HaikuError(
      `retry.maxDelay is shorter than retry.baseDelay, got ${shown(maxDelay.toString())}; expected at least ${shown(DEFAULT_BASE_DELAY.toString())}, `
      + 'the default of retry.baseDelay. Raise retry.maxDelay, or pass a shorter retry.baseDelay too.');
  }
}

function checkNotLonger(name: string, value: Duration | undefined, boundName: string, bound: Duration | undefined, because = ''): void {
  if (!value || !bound || value.isUnresolved() || bound.isUnresolved() || value.toMilliseconds() <= bound.toMilliseconds()) return;
  throw new HaikuError(
    `${name} is longer than ${boundName}, got ${shown(value.toString())}; expected at most ${shown(bound.toString())}${because}. Shorten ${name}, or raise ${boundName}.`);
}
