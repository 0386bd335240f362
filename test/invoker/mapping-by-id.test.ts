import { Annotations, Template } from 'aws-cdk-lib/assertions';
import { CfnEventSourceMapping, EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { CfnCondition, CfnElement, CfnParameter, CfnResource, Fn, IResolvable, NestedStack, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ARN, listed, MAPPING, mappingsIn, REPORTS, Scene, scene, visibilityTimeout } from './mapping-scene';
import { ACCOUNT } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const idOf = (construct: Construct) => Stack.of(construct).resolve((construct.node.defaultChild as CfnElement).logicalId) as string;

/** The ways to write the ARN of a resource by its logical ID. */
const BY_ID: Record<string, (id: string) => unknown> = {
  'Fn.getAtt': (id) => Fn.getAtt(id, 'Arn'),
  'Fn.getAtt in text': (id) => Fn.join('', [Fn.getAtt(id, 'Arn').toString(), '']),
  'Fn.sub': (id) => Fn.sub(`\${${id}.Arn}`),
  'a plain object': (id) => ({ 'Fn::GetAtt': [id, 'Arn'] }),
  'a plain object with a point': (id) => ({ 'Fn::GetAtt': `${id}.Arn` }),
  'a plain substitution': (id) => ({ 'Fn::Sub': `\${${id}.Arn}` }),
  'a plain substitution with values': (id) => ({ 'Fn::Sub': ['${Name}', { Name: { 'Fn::GetAtt': [id, 'Arn'] } }] }),
  'a choice': (id) => ({ 'Fn::If': ['Always', { 'Fn::GetAtt': [id, 'Arn'] }, { Ref: 'AWS::NoValue' }] }),
};

/** The ways to bring such names into a mapping. */
const BROUGHT: Record<string, (stack: Stack, properties: Record<string, unknown>) => void> = {
  'properties': (stack, properties) => { new CfnResource(stack, 'Mapping', { type: MAPPING, properties }); },
  'a resource of Lambda\'s own module': (stack, { FunctionName: functionName, EventSourceArn: arn }) => {
    new CfnEventSourceMapping(stack, 'Mapping', { functionName: Token.asString(functionName), eventSourceArn: Token.asString(arn) });
  },
  'overrides of each': (stack, { FunctionName: functionName, EventSourceArn: arn }) => {
    const mapping = new CfnEventSourceMapping(stack, 'Mapping', { functionName: 'another', eventSourceArn: ARN });
    mapping.addPropertyOverride('FunctionName', functionName);
    mapping.addPropertyOverride('EventSourceArn', arn);
  },
  'an override of all': (stack, properties) => { new CfnResource(stack, 'Mapping', { type: MAPPING }).addOverride('Properties', properties); },
  'an override of the type': (stack, properties) => { new CfnResource(stack, 'Mapping', { type: 'AWS::SNS::Topic', properties }).addOverride('Type', MAPPING); },
};

const WAYS = Object.keys(BROUGHT).flatMap((brought) => Object.keys(BY_ID).map((name): [string, string] => [name, brought]));

test.each(WAYS)('function and queue that are named by %s in %s are found', (name, brought) => {
  const { invoker, own } = scene();
  new CfnCondition(own, 'Always', { expression: Fn.conditionEquals('a', 'a') });
  const queue = new Queue(own, 'Queue', { visibilityTimeout });
  BROUGHT[brought](own, { FunctionName: BY_ID[name](idOf(invoker.lambdaFunction)), EventSourceArn: BY_ID[name](idOf(queue)) });
  expect(mappingsIn(own)).toMatchObject([REPORTS]);
  expect(JSON.stringify(listed(own))).toContain(idOf(queue));
});

test.each<[string, (scene: Scene) => unknown]>([
  ['Fn.ref', ({ invoker }) => Fn.ref(idOf(invoker.lambdaFunction))],
  ['a plain reference', ({ invoker }) => ({ Ref: idOf(invoker.lambdaFunction) })],
  ['a plain reference to its alias', ({ invoker }) => ({ Ref: idOf(invoker.alias!) })],
  ['a reference to its version', ({ invoker }) => Fn.ref((invoker.lambdaFunction.currentVersion.node.defaultChild as CfnElement).logicalId)],
  ['a substitution in an ARN', ({ invoker }) => Fn.sub(`arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:\${${idOf(invoker.lambdaFunction)}}`)],
])('a function that is named by %s is found', (_, name) => {
  const given = scene();
  new CfnResource(given.own, 'Mapping', { type: MAPPING, properties: { FunctionName: name(given), EventSourceArn: ARN } });
  expect(mappingsIn(given.own)).toMatchObject([REPORTS]);
  expect(listed(given.own)).toBe(ARN);
});

test('what names nothing in the stack, or in another one, is nobody\'s', () => {
  const { invoker, own, other } = scene();
  const parameter = new CfnParameter(own, 'Name');
  for (const [index, name] of [{ Ref: 'Nothing' }, { Ref: parameter.logicalId }, { 'Fn::Sub': '${!Invoker}' }, { Ref: 'AWS::StackName' }].entries()) {
    new CfnResource(own, `M${index}`, { type: MAPPING, properties: { FunctionName: name, EventSourceArn: ARN } });
  }
  new CfnResource(other, 'Mapping', { type: MAPPING, properties: { FunctionName: { Ref: idOf(invoker.lambdaFunction) }, EventSourceArn: ARN } });
  for (const mapping of [...mappingsIn(own), ...mappingsIn(other)]) expect(mapping).not.toHaveProperty('FunctionResponseTypes');
});

test('a queue that is named by its logical ID has its visibility timeout checked, and a stream is refused', () => {
  const { invoker, own } = scene();
  const queue = new Queue(own, 'Queue');
  const stream = new CfnResource(own, 'Stream', { type: 'AWS::Kinesis::Stream' });
  const functionName = Fn.ref(idOf(invoker.lambdaFunction));
  new CfnEventSourceMapping(own, 'M1', { functionName, eventSourceArn: Fn.getAtt(idOf(queue), 'Arn').toString() });
  new CfnEventSourceMapping(own, 'M2', { functionName, eventSourceArn: Fn.getAtt(own.resolve(stream.logicalId) as string, 'Arn').toString() });
  const message = thrown(() => Template.fromStack(own));
  expect(message).toContain('visibilityTimeout of the queue "Own/Queue/Resource" is shorter than the function\'s timeout');
  expect(message).toContain('Event source mapping "Own/M2" reads from Amazon Kinesis;');
});

/** Ways in which a queue needs the function, which are no references. */
const NEEDS: Record<string, (scene: Scene, queue: Queue, resource: CfnQueue) => void> = {
  'addDependency of its resource': ({ invoker }, _, resource) => resource.addDependency(invoker.lambdaFunction.node.defaultChild as CfnResource),
  'an override of DependsOn': ({ invoker }, _, resource) => resource.addOverride('DependsOn', idOf(invoker.lambdaFunction)),
  'an override of DependsOn with a list': ({ invoker }, _, resource) => resource.addOverride('DependsOn', [idOf(invoker.lambdaFunction)]),
  'a plain substitution': ({ invoker }, _, resource) => resource.addPropertyOverride('QueueName', { 'Fn::Sub': `\${${idOf(invoker.lambdaFunction)}}-q` }),
  'what it depends on': ({ invoker, own }, queue) => queue.node.addDependency(new StringParameter(own, 'P', { stringValue: invoker.lambdaFunction.functionName })),
  'the version that it depends on': ({ invoker }, queue) => queue.node.addDependency(invoker.lambdaFunction.currentVersion),
  'what a construct around it depends on': ({ invoker, own }, queue) => {
    const step = new Construct(own, 'Step');
    new StringParameter(step, 'P', { stringValue: Fn.ref(idOf(invoker.alias!)) });
    queue.node.addDependency(step);
  },
  'a nested stack': ({ invoker, own }, _, resource) => {
    const nested = new NestedStack(own, 'Nested');
    new StringParameter(nested, 'Needs', { stringValue: invoker.lambdaFunction.functionName });
    resource.queueName = new StringParameter(nested, 'Gives', { stringValue: 'x' }).parameterName;
  },
};

test.each(Object.keys(NEEDS))('a queue that needs the function by %s is not told to it, and synthesis says so', (name) => {
  const given = scene();
  const { invoker, own } = given;
  const queue = new Queue(own, 'Queue', { visibilityTimeout });
  NEEDS[name](given, queue, queue.node.defaultChild as CfnQueue);
  new EventSourceMapping(own, 'Mapping', { target: invoker.lambdaFunction, eventSourceArn: queue.queueArn });
  expect(listed(own)).toBeUndefined();
  Annotations.fromStack(own).hasWarning('/Own/Invoker',
    'The queue of event source mapping "Own/Mapping/Resource" needs the function before it can be made, so the function is not told that the mapping reports batch '
    + 'item failures. Where one message of a batch gets no answer, all of the batch comes again. Make the queue without what it takes from the function, such as a '
    + 'name or a dependency, or use a batch size of 1. [ack: cdk-bedrock-haiku:HaikuInvoker.queueMadeAfterFunction]');
});

test('an ARN with the function\'s own name in it cannot be a variable of the function', () => {
  const { invoker, own } = scene();
  const eventSourceArn = `arn:aws:sqs:us-east-1:${ACCOUNT}:${invoker.lambdaFunction.functionName}-q`;
  new CfnEventSourceMapping(own, 'Mapping', { functionName: invoker.lambdaFunction.functionName, eventSourceArn });
  expect(listed(own)).toBeUndefined();
});

test.each<[string, (scene: Scene) => Stack]>([
  ['another stack', ({ other }) => other],
  ['a nested stack', ({ own }) => new NestedStack(own, 'Nested')],
])('a mapping in %s has its queue told to the function where no new reference is needed for that', (_, stackOf) => {
  const given = scene();
  const { invoker, own } = given;
  const stack = stackOf(given);
  const queue = new Queue(own, 'Queue', { visibilityTimeout });
  const functionName = invoker.lambdaFunction.functionName;
  new CfnEventSourceMapping(stack, 'Literal', { functionName, eventSourceArn: ARN });
  new CfnEventSourceMapping(stack, 'Own', { functionName, eventSourceArn: queue.queueArn });
  expect(mappingsIn(stack)).toMatchObject([REPORTS, REPORTS]);
  expect(listed(own)).toEqual({ 'Fn::Join': ['', [`${ARN} `, own.resolve(queue.queueArn)]] });
  Annotations.fromStack(own).hasNoWarning('/Own/Invoker', '*queueMappedElsewhere*');
});

test.each<[string, (scene: Scene) => Stack, string]>([
  ['another stack', ({ other }) => other, 'Other/Mapping'],
  ['a nested stack', ({ own }) => new NestedStack(own, 'Nested'), 'Own/Nested/Mapping'],
])('a queue that is made and mapped in %s is not told to the function, and synthesis says so', (_, stackOf, path) => {
  const given = scene();
  const stack = stackOf(given);
  const eventSourceArn = new Queue(stack, 'Queue', { visibilityTimeout }).queueArn;
  new CfnEventSourceMapping(stack, 'Mapping', { functionName: given.invoker.lambdaFunction.functionName, eventSourceArn });
  expect(mappingsIn(stack)).toMatchObject([REPORTS]);
  expect(listed(given.own)).toBeUndefined();
  Annotations.fromStack(given.own).hasWarning('/Own/Invoker',
    `The queue of event source mapping "${path}" is mapped in another stack, from which the function's stack would need a reference that is not there, so the function `
    + 'is not told that the mapping reports batch item failures. Where one message of a batch gets no answer, all of the batch comes again. Map the queue in the '
    + 'stack of the function, as lambdaFunction.addEventSource(...) does, make the queue in that stack, or name it by a literal ARN, or use a batch size of 1. '
    + '[ack: cdk-bedrock-haiku:HaikuInvoker.queueMappedElsewhere]');
});

test('a generic resource in the function\'s own stack tells of its queue, from another stack too', () => {
  const { invoker, own, other } = scene();
  const queue = new Queue(other, 'Queue', { visibilityTimeout });
  new CfnResource(own, 'Mapping', { type: MAPPING, properties: { FunctionName: invoker.lambdaFunction.functionName, EventSourceArn: queue.queueArn } });
  const parameter = new CfnParameter(own, 'Arn');
  new CfnResource(own, 'Another', { type: MAPPING, properties: { FunctionName: invoker.lambdaFunction.functionName, EventSourceArn: parameter.valueAsString } });
  expect(listed(own)).toEqual({ 'Fn::Join': ['', [{ 'Fn::ImportValue': expect.stringContaining('Queue') as unknown }, ' ', { Ref: 'Arn' }]] });
});

test.each<[string, (mapping: CfnResource, condition: CfnCondition) => void]>([
  ['a condition', (mapping, condition) => { mapping.cfnOptions.condition = condition; }],
  ['an override', (mapping) => mapping.addOverride('Condition', 'WithQueue')],
])('a mapping with %s names its queue on the same condition', (_, make) => {
  const { invoker, own } = scene();
  const condition = new CfnCondition(own, 'WithQueue', { expression: Fn.conditionEquals(new CfnParameter(own, 'Yes').valueAsString, 'yes') });
  const queue = new Queue(own, 'Queue', { visibilityTimeout });
  (queue.node.defaultChild as CfnQueue).cfnOptions.condition = condition;
  make(new CfnEventSourceMapping(own, 'Mapping', { functionName: invoker.lambdaFunction.functionName, eventSourceArn: queue.queueArn }), condition);
  expect(listed(own)).toEqual({ 'Fn::If': ['WithQueue', own.resolve(queue.queueArn), '-'] });
});

test('a queue on a condition that another stack maps is named on that condition', () => {
  const { invoker, own, other } = scene();
  const queue = new Queue(own, 'Queue', { visibilityTimeout });
  (queue.node.defaultChild as CfnQueue).cfnOptions.condition = new CfnCondition(own, 'WithQueue', { expression: Fn.conditionEquals('a', 'b') });
  new CfnEventSourceMapping(other, 'Mapping', { functionName: invoker.lambdaFunction.functionArn, eventSourceArn: queue.queueArn });
  expect(listed(own)).toEqual({ 'Fn::If': ['WithQueue', own.resolve(queue.queueArn), '-'] });
});

test('queues that make the environment variables too long stop synthesis, literal or not', () => {
  const mapped = (arns: (own: Stack) => (string | IResolvable)[], systemPrompt: string) => {
    const { invoker, own } = scene({ systemPrompt });
    for (const [index, arn] of arns(own).entries()) {
      new CfnEventSourceMapping(own, `M${index}`, { functionName: invoker.lambdaFunction.functionName, eventSourceArn: arn as string });
    }
    return () => Template.fromStack(own);
  };
  const literal = (count: number) => () => Array.from({ length: count }, (_, index) => `arn:aws:sqs:us-east-1:${ACCOUNT}:queue-${String(index).padStart(2, '0')}`);
  expect(thrown(mapped(literal(20), 'x'.repeat(3400)))).toMatch(
    /\[Own\/Invoker\] Environment variables are too long for Lambda, got at least 4\d\d\d bytes, 910 of them SQS_REPORTS_ITEM_FAILURES, which names the queues; expected at most 4096, as one JSON object\. Map some of the queues to another HaikuInvoker, or shorten systemPrompt or requestMetadata\./);
  expect(mapped(literal(2), 'x'.repeat(3400))).not.toThrow();
  const made = (count: number) => (own: Stack) => Array.from({ length: count }, (_, index) => new Queue(own, `Q${index}`, { visibilityTimeout }).queueArn);
  expect(thrown(mapped(made(20), 'x'.repeat(3400)))).toContain('770 of them SQS_REPORTS_ITEM_FAILURES');
});

test('a queue with an event source of its own is still told once, and nothing warns', () => {
  const { invoker, own } = scene();
  invoker.lambdaFunction.addEventSource(new SqsEventSource(new Queue(own, 'Queue', { visibilityTimeout })));
  Annotations.fromStack(own).hasNoWarning('/Own/Invoker', '*queue*');
});
