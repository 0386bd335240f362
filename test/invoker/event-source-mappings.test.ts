import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Alias, CfnEventSourceMapping, Code, EventSourceMapping, Function, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Aspects, CfnParameter, CfnResource, Fn, Lazy, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import * as fc from 'fast-check';
import { ARN, listed, literalName, MAPPING, mappingsIn, REPORTS, Scene, scene, visibilityTimeout } from './mapping-scene';
import { HaikuInvoker } from '../../src';
import '../property-seed';
import { ACCOUNT, stackIn } from '../kit/stack';

/** The ways to name an invoker's function in a mapping. */
const NAMED: Record<string, (scene: Scene, stack: Stack) => string> = {
  'its name': ({ invoker }) => invoker.lambdaFunction.functionName,
  'its ARN': ({ invoker }) => invoker.lambdaFunction.functionArn,
  'its alias': ({ invoker }) => invoker.alias!.functionName,
  'its alias\' ARN': ({ invoker }) => invoker.alias!.functionArn,
  'its version': ({ invoker }) => invoker.lambdaFunction.currentVersion.functionArn,
  'an alias of the user\'s own': ({ invoker, own }) => new Alias(own, 'Mine', { aliasName: 'mine', version: invoker.lambdaFunction.currentVersion }).functionName,
  'its ARN and a qualifier': ({ invoker }) => `${invoker.lambdaFunction.functionArn}:live`,
  'a function imported by its ARN': ({ invoker }, stack) => Function.fromFunctionArn(stack, 'I', invoker.lambdaFunction.functionArn).functionName,
  'a function imported by its name': ({ invoker }, stack) => Function.fromFunctionName(stack, 'I', invoker.lambdaFunction.functionName).functionArn,
  'a function imported by attributes': ({ invoker }, stack) =>
    Function.fromFunctionAttributes(stack, 'I', { functionArn: invoker.lambdaFunction.functionArn, sameEnvironment: true }).functionName,
  'a join of its own': ({ invoker }) => Fn.join(':', [invoker.lambdaFunction.functionArn, 'live']),
  'something that is lazy': ({ invoker }) => Lazy.string({ produce: () => invoker.lambdaFunction.functionName }),
  'a literal name': ({ invoker }) => literalName(invoker),
  'a literal name and a qualifier': ({ invoker }) => `${literalName(invoker)}:live`,
  'a literal ARN': ({ invoker }) => `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${literalName(invoker)}`,
  'a literal partial ARN': ({ invoker }) => `${ACCOUNT}:function:${literalName(invoker)}:live`,
  'a formatted ARN': ({ invoker }, stack) => stack.formatArn({ service: 'lambda', resource: `function:${literalName(invoker)}` }).replace('function/', 'function:'),
};

/** The ways to name a queue in a mapping. */
const QUEUES: Record<string, (stack: Stack) => string> = {
  'a queue': (stack) => new Queue(stack, 'Queue', { visibilityTimeout }).queueArn,
  'a queue of CloudFormation\'s own': (stack) => new CfnQueue(stack, 'Queue', { visibilityTimeout: 1800 }).attrArn,
  'an imported queue': (stack) => Queue.fromQueueArn(stack, 'Queue', ARN).queueArn,
  'an ARN': () => ARN,
  'a parameter': (stack) => new CfnParameter(stack, 'QueueArn').valueAsString,
  'an import': () => Fn.importValue('QueueArn'),
};

/** The ways to make a mapping. */
const MADE: Record<string, (stack: Stack, functionName: string, eventSourceArn: string) => void> = {
  'a mapping of Lambda\'s own module': (stack, functionName, eventSourceArn) => {
    new EventSourceMapping(stack, 'Mapping', { target: { functionName } as Function, eventSourceArn });
  },
  'a resource of that module': (stack, functionName, eventSourceArn) => { new CfnEventSourceMapping(stack, 'Mapping', { functionName, eventSourceArn }); },
  'a resource by its type': (stack, functionName, eventSourceArn) => {
    new CfnResource(stack, 'Mapping', { type: MAPPING, properties: { FunctionName: functionName, EventSourceArn: eventSourceArn } });
  },
  'one whose response types are empty': (stack, functionName, eventSourceArn) => {
    new CfnEventSourceMapping(stack, 'Mapping', { functionName, eventSourceArn, functionResponseTypes: [] });
  },
  'one whose response types are deleted later': (stack, functionName, eventSourceArn) => {
    new CfnEventSourceMapping(stack, 'Mapping', { functionName, eventSourceArn, ...REPORTS }).addPropertyDeletionOverride('FunctionResponseTypes');
  },
};

test('a queue as an event source reports batch item failures, and the handler knows it', () => {
  const { invoker, own } = scene();
  const queue = new Queue(own, 'Queue', { visibilityTimeout });
  invoker.lambdaFunction.addEventSource(new SqsEventSource(queue, { batchSize: 5 }));
  const FunctionName: unknown = own.resolve(invoker.lambdaFunction.functionName);
  expect(mappingsIn(own)).toEqual([{ ...REPORTS, BatchSize: 5, EventSourceArn: own.resolve(queue.queueArn), FunctionName }]);
  expect(listed(own)).toEqual(own.resolve(queue.queueArn));
});

test.each(Object.keys(NAMED))('a mapping that names the function by %s is found', (name) => {
  const given = scene();
  new CfnEventSourceMapping(given.other, 'Mapping', { functionName: NAMED[name](given, given.other), eventSourceArn: ARN });
  expect(mappingsIn(given.other)).toMatchObject([REPORTS]);
});

test('however function and queue are named, the mapping is made, and wherever it stands, it reports batch item failures', () => {
  const one = <T>(of: Record<string, T>) => fc.constantFrom(...Object.keys(of));
  fc.assert(fc.property(one(NAMED), one(QUEUES), one(MADE), fc.constantFrom('own', 'other', 'nested'), fc.boolean(), (name, queue, made, where, agnostic) => {
    const app = new App();
    const own = stackIn(agnostic ? undefined : 'us-east-1', app, 'Own');
    const other = stackIn(agnostic ? undefined : 'us-east-1', app, 'Other');
    const invoker = new HaikuInvoker(own, 'Invoker', { alias: { aliasName: 'live' } });
    const stack = { own, other, nested: new NestedStack(own, 'Nested') }[where]!;
    MADE[made](stack, NAMED[name]({ invoker, own, other }, stack), QUEUES[queue](stack));
    expect(mappingsIn(stack)).toMatchObject([REPORTS]);
  }), { numRuns: 60 });
});

test('a mapping may be there before the invoker, or be added by an aspect', () => {
  const app = new App();
  const own = stackIn('us-east-1', app, 'Own');
  const functionName = Lazy.string({ produce: () => (own.node.findChild('Invoker') as HaikuInvoker).lambdaFunction.functionName });
  new CfnEventSourceMapping(own, 'Before', { functionName, eventSourceArn: ARN });
  const invoker = new HaikuInvoker(own, 'Invoker');
  const addLater = () => invoker.lambdaFunction.addEventSourceMapping('Later', { eventSourceArn: `${ARN}2` });
  Aspects.of(app).add({ visit: (node: IConstruct) => { if (node === own) addLater(); } });
  expect(mappingsIn(own)).toMatchObject([REPORTS, REPORTS]);
});

test.each([true, false])('an invoker may be made by an aspect (stabilized: %s)', (stabilized) => {
  const app = new App({ context: { '@aws-cdk/core:aspectStabilization': stabilized } });
  const own = stackIn('us-east-1', app, 'Own');
  Aspects.of(own).add({ visit: (node: IConstruct) => { if (node === own) new HaikuInvoker(own, 'Invoker'); } });
  Template.fromStack(own).resourceCountIs('AWS::Lambda::Function', 1);
});

test('mappings of other functions stay as they are, of the same name elsewhere too', () => {
  const { invoker, own, other } = scene();
  literalName(invoker);
  const foreign = new Function(own, 'Foreign', { runtime: Runtime.NODEJS_22_X, handler: 'x', code: Code.fromInline('x') });
  foreign.addEventSource(new SqsEventSource(new Queue(own, 'Queue')));
  foreign.addEventSourceMapping('Stream', { eventSourceArn: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s`, startingPosition: StartingPosition.LATEST });
  new CfnEventSourceMapping(other, 'Region', { functionName: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:haiku`, eventSourceArn: ARN });
  new CfnEventSourceMapping(other, 'Account', { functionName: 'arn:aws:lambda:us-east-1:444455556666:function:haiku', eventSourceArn: ARN });
  new CfnEventSourceMapping(stackIn('us-east-2', own.node.root as App, 'Elsewhere'), 'Mapping', { functionName: 'haiku', eventSourceArn: ARN });
  new CfnEventSourceMapping(other, 'Unknown', { functionName: Fn.importValue('Function'), eventSourceArn: ARN });
  for (const mapping of [own, other, own.node.root.node.findChild('Elsewhere') as Stack].flatMap(mappingsIn)) expect(mapping).not.toHaveProperty('FunctionResponseTypes');
  expect(listed(own)).toBeUndefined();
});

test('each stage looks after its own', () => {
  const app = new App();
  for (const id of ['Beta', 'Prod']) {
    const own = new Stack(new Stage(app, id), 'Own', { env: { account: ACCOUNT, region: 'us-east-1' } });
    new HaikuInvoker(own, 'Invoker').lambdaFunction.addEventSource(new SqsEventSource(new Queue(own, 'Queue', { visibilityTimeout })));
    expect(mappingsIn(own)).toMatchObject([REPORTS]);
  }
});

test('the handler is told of the queues that its own stack can name, and of each once', () => {
  const { invoker, own, other } = scene();
  const here = new Queue(own, 'Here', { visibilityTimeout });
  const there = new Queue(other, 'There', { visibilityTimeout });
  invoker.lambdaFunction.addEventSource(new SqsEventSource(here));
  invoker.alias!.addEventSource(new SqsEventSource(here));
  invoker.lambdaFunction.addEventSource(new SqsEventSource(there));
  invoker.lambdaFunction.addEventSource(new SqsEventSource(Queue.fromQueueArn(own, 'Imported', ARN)));
  const third = stackIn('us-east-1', own.node.root as App, 'Third');
  new CfnEventSourceMapping(third, 'Mapping', { functionName: invoker.lambdaFunction.functionArn, eventSourceArn: `${ARN}2` });
  expect(listed(own)).toEqual({
    'Fn::Join': ['', [own.resolve(here.queueArn), ' ', { 'Fn::ImportValue': expect.stringContaining('There') as unknown }, ` ${ARN} ${ARN}2`]],
  });
  expect(mappingsIn(third)).toMatchObject([REPORTS]);
});

test('a queue that is made after the function is not told to it, since neither could then be made first', () => {
  const { invoker, own } = scene();
  const functionName = invoker.lambdaFunction.functionName;
  const key = new Key(own, 'Key', { description: `Key of ${functionName}` });
  const queues = [
    new Queue(own, 'Named', { visibilityTimeout, queueName: `${functionName}-work` }),
    new Queue(own, 'Encrypted', { visibilityTimeout, encryptionMasterKey: key }),
    new Queue(own, 'Dependent', { visibilityTimeout }),
  ];
  queues[2].node.addDependency(invoker);
  for (const [index, { queueArn }] of queues.entries()) new CfnEventSourceMapping(own, `M${index}`, { functionName, eventSourceArn: queueArn });
  expect(mappingsIn(own)).toMatchObject([REPORTS, REPORTS, REPORTS]);
  expect(listed(own)).toBeUndefined();
});

test('two functions whose queues are named after each other are both made', () => {
  const own = stackIn('us-east-1');
  const [one, two] = ['One', 'Two'].map((id) => new HaikuInvoker(own, id));
  for (const [reader, named] of [[one, two], [two, one]]) {
    const queue = new Queue(own, `QueueOf${reader.node.id}`, { visibilityTimeout, queueName: `${named.lambdaFunction.functionName}-work` });
    new CfnEventSourceMapping(own, `Of${reader.node.id}`, { functionName: reader.lambdaFunction.functionName, eventSourceArn: queue.queueArn });
  }
  expect(() => Template.fromStack(own)).not.toThrow();
});

test('without a queue there is no variable, and a second synthesis gives the same', () => {
  const { own } = scene();
  expect(listed(own)).toBeUndefined();
  Template.fromStack(own).hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { SQS_REPORTS_ITEM_FAILURES: Match.absent() } } });
});
