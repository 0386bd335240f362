import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnParameter, Duration } from 'aws-cdk-lib/core';
import { invokerWith } from './stack-with-invoker';
import { HaikuInvoker, HaikuInvokerProps } from '../../src';
import { InvokerError } from '../../src/handlers/invoke/failures/errors';
import { withRetries } from '../../src/handlers/invoke/http/retry';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

test.each([1, 300, 900])('a timeout of %d seconds is taken', (seconds) => {
  expect(() => invokerWith({ timeout: Duration.seconds(seconds) })).not.toThrow();
});

test.each([
  [Duration.seconds(0), 'Duration.seconds(0)'],
  [Duration.seconds(901), 'Duration.seconds(901)'],
  [Duration.hours(1), 'Duration.hours(1)'],
  [Duration.millis(1500), 'Duration.millis(1500)'],
])('a timeout of %s is refused', (timeout, shown) => {
  expect(thrown(() => invokerWith({ timeout }))).toBe(
    `timeout is not one that Lambda has, got "${shown}"; expected whole seconds, 1 second to 15 minutes. `
    + 'For answers that take longer, stream them or lower maxTokens.');
});

test.each([128, 10_240])('a memory of %d MiB is taken', (memorySize) => {
  expect(() => invokerWith({ memorySize })).not.toThrow();
});

test.each([127, 10_241, 512.5])('a memory of %d MiB is refused', (memorySize) => {
  expect(thrown(() => invokerWith({ memorySize }))).toBe(
    `memorySize is out of range, got ${memorySize}; expected a whole number from 128 to 10240. The unit is MiB: use a number in that range.`);
});

test.each([-1, 0.5])('a reserved concurrency of %d is refused', (reservedConcurrentExecutions) => {
  expect(thrown(() => invokerWith({ reservedConcurrentExecutions }))).toBe(
    `reservedConcurrentExecutions is out of range, got ${reservedConcurrentExecutions}; expected a whole number of at least 0. `
    + 'Use 0 to let nothing run, or leave it out to reserve nothing.');
});

test.each([0, 1, 1000])('a reserved concurrency of %d is taken', (reservedConcurrentExecutions) => {
  expect(() => invokerWith({ reservedConcurrentExecutions })).not.toThrow();
});

test.each(['', '12', 'a b', 'x'.repeat(129), 'live!'])('the alias name %p is refused', (aliasName) => {
  expect(thrown(() => invokerWith({ alias: { aliasName } }))).toBe(
    `aliasName is not one that Lambda takes, got ${JSON.stringify(aliasName)}; `
    + 'expected 1 to 128 letters, digits, "-" and "_", not digits alone. Choose such a name, for example "live".');
});

test.each(['live', 'v1', 'x'.repeat(128), '1-2_3'])('the alias name %p is taken', (aliasName) => {
  expect(() => invokerWith({ alias: { aliasName } })).not.toThrow();
});

test('no provisioned instance at all is refused', () => {
  expect(thrown(() => invokerWith({ alias: { aliasName: 'live', provisionedConcurrentExecutions: 0 } }))).toBe(
    'provisionedConcurrentExecutions is out of range, got 0; expected a whole number of at least 1. Leave it out to keep no instance ready.');
});

test('as many provisioned instances as are reserved are taken, one more is refused', () => {
  const provisioned = (provisionedConcurrentExecutions: number) =>
    invokerWith({ alias: { aliasName: 'live', provisionedConcurrentExecutions }, reservedConcurrentExecutions: 5 });
  expect(() => provisioned(5)).not.toThrow();
  expect(thrown(() => provisioned(6))).toBe(
    'provisionedConcurrentExecutions is more than is reserved, got 6 of 5; expected at most reservedConcurrentExecutions. Reserve more, or keep fewer ready.');
});

test('no attempt at all is refused', () => {
  expect(thrown(() => invokerWith({ retry: { maxAttempts: 0 } }))).toBe(
    'retry.maxAttempts is out of range, got 0; expected a whole number of at least 1. The first call counts: use 1 to have no retries.');
});

test('a first wait that is longer than any may be is refused', () => {
  const waits = (base: number) => invokerWith({ retry: { baseDelay: Duration.millis(base), maxDelay: Duration.millis(1000) } });
  expect(() => waits(1000)).not.toThrow();
  expect(thrown(() => waits(1001))).toBe(
    'retry.baseDelay is longer than retry.maxDelay, got "Duration.millis(1001)"; expected at most "Duration.millis(1000)". '
    + 'Shorten retry.baseDelay, or raise retry.maxDelay.');
});

test('an attempt that may outlast the function is refused, and one without time', () => {
  const attempt = (seconds: number, timeout?: Duration) => invokerWith({ timeout, retry: { attemptTimeout: Duration.seconds(seconds) } });
  expect(() => attempt(300)).not.toThrow();
  expect(thrown(() => attempt(301))).toBe(
    'retry.attemptTimeout is longer than timeout, got "Duration.seconds(301)"; expected at most "Duration.minutes(5)". '
    + 'Shorten retry.attemptTimeout, or raise timeout.');
  expect(thrown(() => attempt(0))).toBe(
    'retry.attemptTimeout is too short for a call, got "Duration.seconds(0)"; expected at least "Duration.seconds(1)". '
    + 'No answer comes sooner, so each call would be paid for and cut off: raise it, or leave it out to give a call all the time that there is.');
});

test.each([1, 999])('an attempt of %d milliseconds is refused, and one of a second is not', (milliseconds) => {
  const attempt = (duration: number) => invokerWith({ retry: { attemptTimeout: Duration.millis(duration) } });
  expect(() => attempt(1000)).not.toThrow();
  expect(thrown(() => attempt(milliseconds))).toContain(`retry.attemptTimeout is too short for a call, got "Duration.millis(${milliseconds})"; `);
});

test('a first wait that is longer than the longest is refused, also where the longest is left out', () => {
  expect(() => invokerWith({ retry: { baseDelay: Duration.seconds(20) } })).not.toThrow();
  expect(thrown(() => invokerWith({ retry: { baseDelay: Duration.seconds(21) } }))).toBe(
    'retry.baseDelay is longer than retry.maxDelay, got "Duration.seconds(21)"; expected at most "Duration.seconds(20)", which retry.maxDelay is if left out. '
    + 'Shorten retry.baseDelay, or raise retry.maxDelay.');
});

test('a longest wait that is shorter than the first is refused, where the first is left out', () => {
  expect(() => invokerWith({ retry: { maxDelay: Duration.millis(250) } })).not.toThrow();
  expect(() => invokerWith({ retry: { baseDelay: Duration.millis(1), maxDelay: Duration.millis(249) } })).not.toThrow();
  expect(thrown(() => invokerWith({ retry: { maxDelay: Duration.millis(249) } }))).toBe(
    'retry.maxDelay is shorter than retry.baseDelay, got "Duration.millis(249)"; expected at least "Duration.millis(250)", which retry.baseDelay is if left out. '
    + 'Raise retry.maxDelay, or pass a shorter retry.baseDelay too.');
});

test('the waits that are left out are those of the handler', async () => {
  const waits: number[] = [];
  const clock = { now: () => 0, sleep: async (milliseconds: number) => { waits.push(milliseconds); }, random: () => 1 };
  const attempt = () => Promise.reject(new InvokerError('OverloadedError', 'Try again.', { retryable: true }));
  await expect(withRetries(attempt, { maxAttempts: 12 }, { clock, deadline: Infinity, failed: () => {} })).rejects.toThrow('Try again.');
  expect([waits[0], waits.at(-1)]).toEqual([250, 20_000]);
});

test('subnets and security groups without a VPC are refused', () => {
  const stack = stackIn('us-east-1');
  const securityGroups = [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345678')];
  expect(thrown(() => new HaikuInvoker(stack, 'One', { vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } }))).toBe(
    'vpcSubnets needs a vpc, got none; expected the VPC that it belongs to. Pass vpc too, or leave vpcSubnets out.');
  expect(thrown(() => new HaikuInvoker(stack, 'Two', { securityGroups }))).toBe(
    'securityGroups needs a vpc, got none; expected the VPC that it belongs to. Pass vpc too, or leave securityGroups out.');
  expect(() => new HaikuInvoker(stack, 'Three', { vpc: new Vpc(stack, 'Vpc'), securityGroups })).not.toThrow();
});

test('a FIFO dead-letter queue is refused', () => {
  const stack = stackIn('us-east-1');
  expect(thrown(() => new HaikuInvoker(stack, 'One', { deadLetterQueue: new Queue(stack, 'Fifo', { fifo: true }) }))).toBe(
    'deadLetterQueue is a FIFO queue, got one; expected a standard queue, since Lambda sends to no other. Create the queue without fifo.');
});

test.each(['', ' ', ':Mine', 'AWS/Lambda', 'Käse', 'x'.repeat(256)])('the metrics namespace %p is refused', (metricsNamespace) => {
  expect(thrown(() => invokerWith({ metricsNamespace }))).toBe(
    `metricsNamespace is not one that CloudWatch takes, got ${JSON.stringify(metricsNamespace)}; `
    + 'expected 1 to 255 letters, digits, spaces and . - _ / # :, not starting with ":" or "AWS/". Choose such a name, for example "MyApp/Haiku".');
});

test.each(['Mine', 'MyApp/Haiku', 'a b:c#d_e-f.g', 'x'.repeat(255)])('the metrics namespace %p is taken', (metricsNamespace) => {
  expect(() => invokerWith({ metricsNamespace })).not.toThrow();
});

test('what is known only at deploy time is accepted unmeasured', () => {
  const stack = stackIn('us-east-1');
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const props: HaikuInvokerProps = {
    timeout: Duration.seconds(number),
    memorySize: number,
    reservedConcurrentExecutions: number,
    alias: { aliasName: text, provisionedConcurrentExecutions: number },
    metricsNamespace: text,
    retry: { maxAttempts: number, maxDelay: Duration.millis(number) },
  };
  expect(() => new HaikuInvoker(stack, 'Invoker', props)).not.toThrow();
});
