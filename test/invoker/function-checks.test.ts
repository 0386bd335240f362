import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel, Code, LayerVersion, LoggingFormat, Runtime, RuntimeFamily, RuntimeManagementMode, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { S3Destination, SnsDestination, SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, LogGroupClass, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { invokerWith } from './stack-with-invoker';
import { HaikuInvoker, HaikuInvokerProps } from '../../src';
import { ACCOUNT, stackIn } from '../kit/stack';
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

test('subnets and security groups without a VPC are refused', () => {
  const stack = stackIn('us-east-1');
  const securityGroups = [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345678')];
  expect(thrown(() => new HaikuInvoker(stack, 'One', { vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } }))).toBe(
    'vpcSubnets is for a function in a VPC, and vpc is left out. Pass vpc too, or leave vpcSubnets out.');
  expect(thrown(() => new HaikuInvoker(stack, 'Two', { securityGroups }))).toBe(
    'securityGroups is for a function in a VPC, and vpc is left out. Pass vpc too, or leave securityGroups out.');
  expect(() => new HaikuInvoker(stack, 'Three', { vpc: new Vpc(stack, 'Vpc'), securityGroups })).not.toThrow();
});

test('a FIFO dead-letter queue is refused', () => {
  const stack = stackIn('us-east-1');
  expect(thrown(() => new HaikuInvoker(stack, 'One', { deadLetterQueue: new Queue(stack, 'Fifo', { fifo: true }) }))).toBe(
    'deadLetterQueue is a FIFO queue, got Queue at Stack/Fifo; expected a standard queue, since Lambda sends to no other. Create the queue without fifo.');
});

test.each(['', ' ', ':Mine', 'AWS/Lambda', 'Käse', 'x'.repeat(256)])('the metrics namespace %p is refused', (metricsNamespace) => {
  expect(thrown(() => invokerWith({ metricsNamespace }))).toBe(
    `metricsNamespace is not one that CloudWatch takes, got ${JSON.stringify(metricsNamespace)}; `
    + 'expected 1 to 255 letters, digits, spaces and . - _ / # :, not starting with ":" or "AWS/". Choose such a name, for example "MyApp/Haiku".');
});

test.each(['Mine', 'MyApp/Haiku', 'a b:c#d_e-f.g', 'x'.repeat(255)])('the metrics namespace %p is taken', (metricsNamespace) => {
  expect(() => invokerWith({ metricsNamespace })).not.toThrow();
});

test.each(['', 'a b', 'x'.repeat(65), 'name!'])('the function name %p is refused', (functionName) => {
  expect(thrown(() => invokerWith({ functionName }))).toBe(
    `functionName is not one that Lambda takes, got ${JSON.stringify(functionName)}; expected 1 to 64 letters, digits, "-" and "_". `
    + 'Choose such a name, for example "haiku-invoker", or leave functionName out.');
});

test.each(['x', 'x'.repeat(64), 'a-B_9'])('the function name %p is taken', (functionName) => {
  expect(() => invokerWith({ functionName })).not.toThrow();
});

test('a description may have 256 characters and no more', () => {
  expect(() => invokerWith({ description: 'x'.repeat(256) })).not.toThrow();
  expect(thrown(() => invokerWith({ description: 'x'.repeat(257) }))).toBe('description is too long for Lambda, got 257 characters; expected at most 256. Shorten it.');
});

test.each([60, 21_600])('asynchronous events may wait for %d seconds', (seconds) => {
  expect(() => invokerWith({ maxEventAge: Duration.seconds(seconds) })).not.toThrow();
});

test.each([
  [Duration.seconds(59), 'Duration.seconds(59)'], [Duration.seconds(21_601), 'Duration.seconds(21601)'], [Duration.millis(60_001), 'Duration.millis(60001)'],
])('asynchronous events may not wait for %s', (maxEventAge, shown) => {
  expect(thrown(() => invokerWith({ maxEventAge }))).toBe(
    `maxEventAge is not one that Lambda has, got "${shown}"; expected whole seconds, 60 seconds to 6 hours. Leave it out to have 6 hours.`);
});

test.each([-1, 3, 0.5])('%d retries of an asynchronous invocation are refused', (retryAttempts) => {
  expect(thrown(() => invokerWith({ retryAttempts }))).toBe(
    `retryAttempts is out of range, got ${retryAttempts}; expected a whole number from 0 to 2. How a call of the model is repeated is for retry to say.`);
});

test.each([{ allowAllOutbound: false }, { allowAllIpv6Outbound: true }, { ipv6AllowedForDualStack: true }, { allowPublicSubnet: true }])('%j needs a VPC', (props) => {
  const [name] = Object.keys(props);
  expect(thrown(() => invokerWith(props))).toBe(`${name} is for a function in a VPC, and vpc is left out. Pass vpc too, or leave ${name} out.`);
});

test.each([{ allowAllOutbound: true }, { allowAllIpv6Outbound: false }])('%j does not go with security groups of one\'s own', (props) => {
  const stack = stackIn('us-east-1');
  const [name] = Object.keys(props);
  const vpc = new Vpc(stack, 'Vpc');
  const securityGroups = [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345678')];
  expect(thrown(() => new HaikuInvoker(stack, 'Invoker', { vpc, securityGroups, ...props }))).toBe(
    `${name} is for the security group that HaikuInvoker makes, got securityGroups as well; expected one or the other. `
    + `Set it where these security groups are made, and leave ${name} out.`);
  expect(() => new HaikuInvoker(stack, 'Other', { vpc, ...props })).not.toThrow();
});

const layerArn = (name: string) => `arn:aws:lambda:us-east-1:111122223333:layer:${name}:1`;

test('five layers are taken, one more is refused', () => {
  const stack = stackIn('us-east-1');
  const layers = Array.from({ length: 6 }, (_, index) => LayerVersion.fromLayerVersionArn(stack, `Layer${index}`, layerArn(`l${index}`)));
  expect(() => new HaikuInvoker(stack, 'One', { layers: layers.slice(1) })).not.toThrow();
  expect(thrown(() => new HaikuInvoker(stack, 'Two', { layers }))).toBe('layers are too many for Lambda, got 6; expected at most 5. Leave some out.');
});

test('a layer for other runtimes is refused', () => {
  const stack = stackIn('us-east-1');
  const layer = (id: string, compatibleRuntimes?: Runtime[]) => LayerVersion.fromLayerVersionAttributes(stack, id, { layerVersionArn: layerArn('mine'), compatibleRuntimes });
  expect(() => new HaikuInvoker(stack, 'One', { layers: [layer('Any'), layer('Ours', [Runtime.PYTHON_3_13, new Runtime('nodejs24.x', RuntimeFamily.NODEJS, { supportsInlineCode: true })])] })).not.toThrow();
  expect(thrown(() => new HaikuInvoker(stack, 'Two', { layers: [layer('Python', [Runtime.PYTHON_3_13])] }))).toBe(
    'layers has one that is not made for the function\'s runtime, got Import at Stack/Python for "python3.13"; '
    + 'expected Runtime.NODEJS_24_X ("nodejs24.x") among them. If the layer runs there, add it to its compatibleRuntimes or leave those out.');
});

test('a layer of another Region is refused, whether by its ARN or by its stack', () => {
  const app = new App();
  const stack = stackIn('us-east-1', app);
  const arn = `arn:aws:lambda:eu-west-1:${ACCOUNT}:layer:mine:3`;
  const message = (got: string) => `layers has one of another Region, got ${got} in "eu-west-1"; expected layers in "us-east-1", since Lambda takes no other. `
    + 'Publish the layer there too, and pass the ARN that it has there.';
  const layer = LayerVersion.fromLayerVersionArn(stack, 'Imported', arn);
  expect(thrown(() => new HaikuInvoker(stack, 'A', { layers: [layer] }))).toBe(message(`"${arn}"`));
  const made = new LayerVersion(stackIn('eu-west-1', app, 'There'), 'Layer', { code: Code.fromAsset(__dirname) });
  expect(thrown(() => new HaikuInvoker(stack, 'B', { layers: [made] }))).toMatch(/^layers has one of another Region, got .* in "eu-west-1"; expected layers in "us-east-1"/);
  const agnostic = new Stack(app, 'Agnostic');
  const here = LayerVersion.fromLayerVersionArn(agnostic, 'Here', `arn:aws:lambda:${agnostic.region}:${ACCOUNT}:layer:mine:3`);
  expect(() => new HaikuInvoker(agnostic, 'C', { layers: [here, LayerVersion.fromLayerVersionArn(agnostic, 'There', arn)] })).not.toThrow();
});

test('a log group of a class in which no metrics are read is refused', () => {
  const stack = stackIn('us-east-1');
  const logGroup = (id: string, logGroupClass?: LogGroupClass) => new LogGroup(stack, id, { logGroupClass });
  expect(thrown(() => new HaikuInvoker(stack, 'A', { logGroup: logGroup('Rare', LogGroupClass.INFREQUENT_ACCESS) }))).toBe(
    'logGroup is of the class INFREQUENT_ACCESS, got LogGroup at Stack/Rare; expected LogGroupClass.STANDARD, the only one in which CloudWatch reads the metrics of a HaikuInvoker from its lines. '
    + 'Make the log group without logGroupClass.');
  expect(() => new HaikuInvoker(stack, 'B', { logGroup: logGroup('Standard', LogGroupClass.STANDARD) })).not.toThrow();
  expect(() => new HaikuInvoker(stack, 'C', { logGroup: logGroup('Default') })).not.toThrow();
});

test.each(['logRetention', 'logGroupEncryptionKey'])('%s is for a new log group only', (name) => {
  const stack = stackIn('us-east-1');
  const given = name === 'logRetention' ? { logRetention: RetentionDays.ONE_DAY } : { logGroupEncryptionKey: new Key(stack, 'Key') };
  expect(thrown(() => new HaikuInvoker(stack, 'Invoker', { logGroup: new LogGroup(stack, 'Logs'), ...given }))).toBe(
    `${name} is for the log group that HaikuInvoker makes, got a logGroup as well; expected one or the other. Set it where the log group is made.`);
});

test('a log group of another account or Region is refused, and a role of another account', () => {
  const stack = stackIn('us-east-1');
  const logGroup = LogGroup.fromLogGroupArn(stack, 'Logs', 'arn:aws:logs:eu-west-1:111122223333:log-group:mine');
  expect(thrown(() => new HaikuInvoker(stack, 'One', { logGroup }))).toBe(
    'logGroup is of another account or Region, got one of "111122223333" in "eu-west-1"; '
    + 'expected one of "111122223333" in "us-east-1", since Lambda writes to no other. Make a log group there.');
  const role = Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::444455556666:role/theirs');
  expect(thrown(() => new HaikuInvoker(stack, 'Two', { role }))).toBe(
    'role is of another account, got one of "444455556666"; expected one of "111122223333", since Lambda takes no other. Make a role in the account of the stack.');
});

test('a log group that stands for several is refused', () => {
  const stack = stackIn('us-east-1');
  expect(thrown(() => new HaikuInvoker(stack, 'Invoker', { logGroup: LogGroup.fromLogGroupName(stack, 'Logs', 'mine*') }))).toContain(
    'logGroup would stand in a policy for more than one resource, got "mine*"; expected a log group of one name');
});

test.each([{ applicationLogLevelV2: ApplicationLogLevel.WARN }, { systemLogLevelV2: SystemLogLevel.WARN }])('%j needs the log format JSON', (level) => {
  expect(() => invokerWith(level)).not.toThrow();
  expect(() => invokerWith({ ...level, loggingFormat: LoggingFormat.JSON })).not.toThrow();
  const [name] = Object.keys(level);
  expect(thrown(() => invokerWith({ ...level, loggingFormat: LoggingFormat.TEXT }))).toBe(
    `${name} does not go with loggingFormat, got LoggingFormat.TEXT; expected LoggingFormat.JSON, since Lambda filters no text by level. `
    + `Leave loggingFormat out, or leave ${name} out.`);
});

test('what is known only at deploy time is accepted unmeasured', () => {
  const stack = stackIn('us-east-1');
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const props: HaikuInvokerProps = {
    timeout: Duration.seconds(number),
    memorySize: number,
    functionName: text,
    description: text,
    maxEventAge: Duration.seconds(number),
    retryAttempts: number,
    runtimeManagementMode: RuntimeManagementMode.manual(text),
    logGroup: LogGroup.fromLogGroupName(stack, 'Logs', text),
    role: Role.fromRoleArn(stack, 'Role', text),
    onFailure: new SqsDestination(Queue.fromQueueArn(stack, 'Queue', text)),
    reservedConcurrentExecutions: number,
    alias: { aliasName: text, provisionedConcurrentExecutions: number },
    metricsNamespace: text,
    retry: { maxAttempts: number, maxDelay: Duration.millis(number) },
  };
  expect(() => new HaikuInvoker(stack, 'Invoker', props)).not.toThrow();
});

test('a destination that Lambda does not deliver to is refused', () => {
  const stack = stackIn('us-east-1');
  const queue = new Queue(stack, 'Queue', { fifo: true });
  const topic = new Topic(stack, 'Topic', { fifo: true });
  const bucket = new Bucket(stack, 'Bucket');
  const refused = (props: HaikuInvokerProps) => thrown(() => new HaikuInvoker(stack, `I${stack.node.children.length}`, props));
  expect(refused({ onFailure: new SqsDestination(queue) })).toBe(
    'onFailure is a FIFO queue, got Queue at Stack/Queue; expected a standard one, since Lambda delivers to no other and drops the event. Create it without fifo.');
  expect(refused({ onSuccess: new SnsDestination(topic) })).toBe(
    'onSuccess is a FIFO topic, got Topic at Stack/Topic; expected a standard one, since Lambda delivers to no other and drops the event. Create it without fifo.');
  expect(refused({ onSuccess: new S3Destination(bucket) })).toBe(
    'onSuccess is a bucket, got Bucket at Stack/Bucket; expected a queue, a topic, a function or an event bus, since Lambda writes to a bucket on failure only. Choose another destination.');
  expect(() => new HaikuInvoker(stack, 'Taken', { onFailure: new S3Destination(bucket), onSuccess: new SqsDestination(new Queue(stack, 'Standard')) })).not.toThrow();
});
