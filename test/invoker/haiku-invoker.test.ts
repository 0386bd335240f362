import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Connections, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture, LoggingFormat, Tracing } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { functionOf, invokerWith, roleStatements } from './stack-with-invoker';
import {
  ApplicationInferenceProfile, CacheTtl, CrossRegionInferenceProfile, HaikuInvoker, InferenceRouting, InRegionInference, InvokerFunctionUrl,
  InvokerGuardrail, PromptCaching, ServiceTier,
} from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const logs = (logGroup: unknown) => ({ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logGroup });

/** The template without what changes with each release of the handlers. */
function stable(stack: Stack): unknown {
  const text = JSON.stringify(Template.fromStack(stack).toJSON());
  return JSON.parse(text.replace(/[0-9a-f]{64}\.zip/g, '<bundle>.zip').replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>'));
}

test('a plain invoker is this template', () => {
  const stack = stackIn('eu-west-2');
  new HaikuInvoker(stack, 'Invoker');
  expect(stable(stack)).toMatchSnapshot();
});

test('an invoker with everything is this template', () => {
  const stack = stackIn('eu-west-2');
  new HaikuInvoker(stack, 'Invoker', {
    target: new CrossRegionInferenceProfile(stack, 'Haiku'),
    systemPrompt: 'Answer in one sentence.',
    maxTokens: 32_000,
    thinkingBudgetTokens: 2048,
    promptCaching: PromptCaching.of({ tools: CacheTtl.ONE_HOUR, system: CacheTtl.ONE_HOUR, messages: CacheTtl.FIVE_MINUTES }),
    guardrail: InvokerGuardrail.fromGuardrailId('a1b2c3', { guardrailVersion: '7', enforce: true }),
    serviceTier: ServiceTier.RESERVED,
    requestMetadata: { team: 'search' },
    retry: { maxAttempts: 6, baseDelay: Duration.millis(100), maxDelay: Duration.seconds(5), attemptTimeout: Duration.minutes(2) },
    timeout: Duration.minutes(15),
    memorySize: 1024,
    architecture: Architecture.X86_64,
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-12345678', availabilityZones: ['eu-west-2a'], privateSubnetIds: ['subnet-12345678'], privateSubnetRouteTableIds: ['rtb-12345678'],
    }),
    environmentEncryption: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-2:111122223333:key/12345678-1234-1234-1234-123456789012'),
    logRetention: RetentionDays.ONE_WEEK,
    loggingFormat: LoggingFormat.TEXT,
    logContent: true,
    tracing: Tracing.ACTIVE,
    reservedConcurrentExecutions: 20,
    deadLetterQueue: Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:eu-west-2:111122223333:failed'),
    alias: { aliasName: 'live', provisionedConcurrentExecutions: 2 },
    functionUrl: InvokerFunctionUrl.streaming(),
    metricsNamespace: 'MyApp/Haiku',
  });
  expect(stable(stack)).toMatchSnapshot();
});

test('the role of a plain invoker may call the model and write its log, nothing else', () => {
  const stack = stackIn('us-west-2');
  const { logGroup } = new HaikuInvoker(stack, 'Invoker');
  const profile = 'arn:aws:bedrock:us-west-2:111122223333:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0';
  expect(roleStatements(stack)).toEqual([
    logs(stack.resolve(logGroup.logGroupArn)),
    { Effect: 'Allow', Action: [...INVOKE, 'bedrock:GetInferenceProfile'], Resource: profile },
    {
      Effect: 'Allow',
      Action: INVOKE,
      Resource: ['us-east-1', 'us-east-2', 'us-west-2'].map((region) => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0`),
      Condition: { StringEquals: { 'bedrock:InferenceProfileArn': profile } },
    },
  ]);
});

test('an in-Region target is called on bedrock-mantle, and only there', () => {
  const stack = stackIn('eu-west-1');
  const { logGroup } = new HaikuInvoker(stack, 'Invoker', { target: new InRegionInference(stack, 'Target') });
  expect(functionOf(stack).Environment.Variables).toMatchObject({
    MODEL_ID: 'anthropic.claude-haiku-4-5', MODEL_ENDPOINT: 'bedrock-mantle', MODEL_REGION: 'eu-west-1',
  });
  expect(roleStatements(stack)).toEqual([
    logs(stack.resolve(logGroup.logGroupArn)),
    {
      Effect: 'Allow',
      Action: 'bedrock-mantle:CreateInference',
      Resource: 'arn:aws:bedrock-mantle:eu-west-1:111122223333:project/default',
      Condition: { StringEquals: { 'bedrock-mantle:Model': 'anthropic.claude-haiku-4-5' } },
    },
  ]);
});

test('an application profile is called by its ARN, and allowed by both profiles', () => {
  const stack = stackIn('ap-northeast-3');
  const target = new ApplicationInferenceProfile(stack, 'Target', { copyFrom: new CrossRegionInferenceProfile(stack, 'Copied') });
  const { logGroup } = new HaikuInvoker(stack, 'Invoker', { target });
  const arn = stack.resolve(target.inferenceProfileArn);
  expect(functionOf(stack).Environment.Variables).toMatchObject({ MODEL_ID: arn, MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: 'ap-northeast-3' });
  expect(roleStatements(stack)).toEqual([
    logs(stack.resolve(logGroup.logGroupArn)),
    { Effect: 'Allow', Action: [...INVOKE, 'bedrock:GetInferenceProfile'], Resource: arn },
    {
      Effect: 'Allow',
      Action: INVOKE,
      Resource: ['ap-northeast-1', 'ap-northeast-3'].map((region) => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0`),
      Condition: {
        StringEquals: {
          'bedrock:InferenceProfileArn': [arn, 'arn:aws:bedrock:ap-northeast-3:111122223333:inference-profile/jp.anthropic.claude-haiku-4-5-20251001-v1:0'],
        },
      },
    },
  ]);
});

test('in an environment-agnostic stack everything follows the Region of the deployment', () => {
  const stack = stackIn(undefined);
  new HaikuInvoker(stack, 'Invoker');
  const inTable = (column: string) => ({ 'Fn::FindInMap': ['ClaudeHaiku45SourceGeography', { Ref: 'AWS::Region' }, column] });
  expect(functionOf(stack).Environment.Variables).toMatchObject({ MODEL_ID: inTable('inferenceProfileId'), MODEL_REGION: { Ref: 'AWS::Region' } });
  expect(roleStatements(stack)[2]).toMatchObject({ Effect: 'Allow', Action: INVOKE, Resource: inTable('foundationModelArns') });
  Template.fromStack(stack).hasMapping('ClaudeHaiku45SourceGeography', Match.anyValue());
});

test('a target of another stack of the same Region is called as it is there', () => {
  const app = new App();
  const platform = stackIn('eu-central-2', app, 'Platform');
  const team = stackIn('eu-central-2', app, 'Team');
  const target = new ApplicationInferenceProfile(platform, 'Shared', { copyFrom: new CrossRegionInferenceProfile(platform, 'Haiku') });
  new HaikuInvoker(team, 'Invoker', { target });
  const imported = { 'Fn::ImportValue': expect.stringMatching(/^Platform:ExportsOutputFnGetAttShared/) };
  expect(functionOf(team).Environment.Variables.MODEL_ID).toEqual(imported);
  expect(roleStatements(team)[1]).toEqual({ Effect: 'Allow', Action: [...INVOKE, 'bedrock:GetInferenceProfile'], Resource: imported });
  expect(roleStatements(team)[2]).toMatchObject({ Resource: expect.arrayContaining([expect.stringContaining('bedrock:eu-central-2::foundation-model/')]) });
});

test('a profile of another environment-agnostic stack is looked up in the invoker\'s own', () => {
  const app = new App();
  const platform = stackIn(undefined, app, 'Platform');
  const target = new CrossRegionInferenceProfile(platform, 'Haiku', { routing: InferenceRouting.globalCrossRegion() });
  new HaikuInvoker(platform, 'Invoker', { target });
  const team = stackIn(undefined, app, 'Team');
  new HaikuInvoker(team, 'Invoker', { target });
  Template.fromStack(team).hasMapping('ClaudeHaiku45Global', Match.anyValue());
  expect(functionOf(team).Environment.Variables.MODEL_ID).toEqual({ 'Fn::FindInMap': ['ClaudeHaiku45Global', { Ref: 'AWS::Region' }, 'inferenceProfileId'] });
});

test.each<[string, { alias?: { aliasName: string } }, unknown]>([
  ['the function', {}, [expect.anything(), { 'Fn::Join': ['', [expect.anything(), ':*']] }]],
  ['the alias, where there is one', { alias: { aliasName: 'live' } }, { Ref: expect.stringMatching(/^InvokerAlias/) }],
])('a grant lets the principal invoke %s', (_, props, resources) => {
  const stack = stackIn('us-east-1');
  const caller = new Role(stack, 'Caller', { assumedBy: new AccountRootPrincipal() });
  expect(new HaikuInvoker(stack, 'Invoker', props).grantInvoke(caller).success).toBe(true);
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy', { Properties: { Roles: [stack.resolve(caller.roleName)] } }));
  expect(Properties.PolicyDocument.Statement).toEqual([{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: resources }]);
});

test('an alias points to the newest version and keeps instances ready', () => {
  const invoker = invokerWith({ alias: { aliasName: 'live', provisionedConcurrentExecutions: 2 } });
  expect(invoker.alias!.aliasName).toBeDefined();
  Template.fromStack(Stack.of(invoker)).hasResourceProperties('AWS::Lambda::Alias', {
    Name: 'live',
    FunctionVersion: { 'Fn::GetAtt': [Match.stringLikeRegexp('^InvokerFunctionCurrentVersion'), 'Version'] },
    ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
  });
});

test('logging of prompts and answers is warned about, and nothing else is', () => {
  Annotations.fromStack(Stack.of(invokerWith())).hasNoWarning('*', Match.anyValue());
  Annotations.fromStack(Stack.of(invokerWith({ logContent: true }))).hasWarning('/Stack/Invoker',
    'Prompts and answers are written to the log group: whoever may read it can read them. Remove logContent unless that is intended. '
    + '[ack: cdk-bedrock-haiku:HaikuInvoker.contentLogged]');
});

test('construct ids hold still', () => {
  const invoker = invokerWith({ alias: { aliasName: 'live' }, functionUrl: InvokerFunctionUrl.buffered() });
  expect(invoker.node.children.map(({ node }) => node.id)).toEqual(['Target', 'LogGroup', 'Role', 'Function', 'Alias', 'FunctionUrl']);
});

test('an invoker stands for its role where access is given', () => {
  const stack = stackIn('us-east-1');
  const invoker = new HaikuInvoker(stack, 'Invoker');
  const queue = new Queue(stack, 'Queue');
  queue.grantSendMessages(invoker);
  expect(JSON.stringify(roleStatements(stack).at(-1))).toContain('sqs:SendMessage');
  expect(invoker.grantPrincipal).toBe(invoker.role);
});

test('an invoker in a VPC can be connected to, and another one says why not', () => {
  const stack = stackIn('us-east-1');
  const vpc = new Vpc(stack, 'Vpc');
  const database = new SecurityGroup(stack, 'Database', { vpc });
  new Connections({ securityGroups: [database] }).allowFrom(new HaikuInvoker(stack, 'Inside', { vpc }), Port.tcp(5432));
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { ToPort: 5432, SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^InsideFunction'), 'GroupId'] } });
  expect(thrown(() => database.connections.allowFrom(new HaikuInvoker(stack, 'Outside'), Port.tcp(5432)))).toBe(
    'Stack/Outside has no connections, since its function is not in a VPC. Pass vpc to the HaikuInvoker, or leave the connection out.');
});

test('an invoker is known by its mark', () => {
  expect(HaikuInvoker.isHaikuInvoker(invokerWith())).toBe(true);
  for (const other of [undefined, null, 'invoker', {}, stackIn('us-east-1')]) expect(HaikuInvoker.isHaikuInvoker(other)).toBe(false);
});

test('what callers invoke is the alias, or the function', () => {
  const plain = invokerWith();
  expect(plain.invokedFunction).toBe(plain.lambdaFunction);
  const withAlias = invokerWith({ alias: { aliasName: 'live' } });
  expect(withAlias.invokedFunction).toBe(withAlias.alias);
});
