import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnAgent, CfnFlow } from 'aws-cdk-lib/aws-bedrock';
import { Group, Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, StateMachine, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { BedrockInvokeModel } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, InferenceRouting, InRegionInference } from '../../src';
import { deployed, templateOf } from '../kit/deployed';
import { statementsOf } from '../kit/policies';
import { ACCOUNT } from '../kit/stack';

const region = 'us-west-2';
const ID = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const ARN = `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/${ID}`;
const MODELS = ['us-east-1', 'us-east-2', 'us-west-2'].map((destination) => `arn:aws:bedrock:${destination}::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0`);
const service = new ServicePrincipal('lambda.amazonaws.com');

function newStack(concrete = true, context: Record<string, unknown> = {}): Stack {
  return new Stack(new App({ context }), 'Stack', concrete ? { env: { account: ACCOUNT, region } } : {});
}

test.each([true, false])('a BedrockInvokeModel task takes the profile as its model, and its machine has every permission it needs (concrete: %s)', (concrete) => {
  const stack = newStack(concrete);
  const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');
  const task = new BedrockInvokeModel(stack, 'Ask', { model: haiku, body: TaskInput.fromObject({ max_tokens: 10 }) });
  const machine = new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(task) });
  haiku.grants.invoke(machine);
  const template = templateOf(stack);
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'));
  expect(JSON.parse(deployed(template, Properties.DefinitionString, { region }) as string).States.Ask.Parameters.ModelId).toBe(ARN);
  const statements = statementsOf(stack, { region });
  expect(statements).toContainEqual({ Effect: 'Allow', Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:GetInferenceProfile'], Resource: [ARN] });
  expect(statements).toContainEqual({
    Effect: 'Allow',
    Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
    Resource: MODELS,
    Condition: { StringEquals: { 'bedrock:InferenceProfileArn': ARN } },
  });
});

test.each([true, false])('the ID stands where a Bedrock L1 takes a foundation model (concrete: %s)', (concrete) => {
  const stack = newStack(concrete);
  const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');
  new CfnAgent(stack, 'Agent', { agentName: 'agent', foundationModel: haiku.modelId });
  new CfnFlow(stack, 'Flow', {
    name: 'flow',
    executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/flow`,
    definition: {
      nodes: [{
        name: 'Prompt',
        type: 'Prompt',
        configuration: { prompt: { sourceConfiguration: { inline: { modelId: haiku.modelArn, templateType: 'TEXT', templateConfiguration: { text: { text: 'Hi' } } } } } },
      }],
    },
  });
  const template = templateOf(stack);
  const resources = deployed(template, template.Resources, { region }) as Record<string, { Properties: unknown }>;
  expect(resources.Agent.Properties).toMatchObject({ FoundationModel: ID });
  expect(resources.Flow.Properties).toMatchObject({
    Definition: { Nodes: [{ Configuration: { Prompt: { SourceConfiguration: { Inline: { ModelId: ARN } } } } }] },
  });
});

test('a grant can be applied before another resource', () => {
  const stack = newStack();
  const role = new Role(stack, 'Role', { assumedBy: service });
  const agent = new CfnResource(stack, 'Agent', { type: 'AWS::Bedrock::Agent', properties: { AgentName: 'agent' } });
  new CrossRegionInferenceProfile(stack, 'Haiku').grants.invoke(role).applyBefore(agent);
  Template.fromStack(stack).hasResource('AWS::Bedrock::Agent', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^RoleDefaultPolicy')]) });
});

test.each<[string, (stack: Stack) => Parameters<CrossRegionInferenceProfile['grants']['invoke']>[0]]>([
  ['a function', (stack) => new LambdaFunction(stack, 'Function', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = 1') })],
  ['a user', (stack) => new User(stack, 'User')],
  ['a group', (stack) => new Group(stack, 'Group')],
  ['an imported role', (stack) => Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/caller`)],
])('%s gets the same two statements', (_, principal) => {
  const stack = newStack();
  new CrossRegionInferenceProfile(stack, 'Haiku').grants.invoke(principal(stack));
  expect(statementsOf(stack, { region }).map(({ Resource }) => Resource)).toEqual([[ARN], MODELS]);
});

test.each([true, false])('granting twice, or a second profile of the same routing, adds nothing (minimizePolicies: %s)', (minimize) => {
  for (const concrete of [true, false]) {
    const stack = newStack(concrete, { '@aws-cdk/aws-iam:minimizePolicies': minimize });
    const role = new Role(stack, 'Role', { assumedBy: service });
    const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');
    haiku.grants.invoke(role);
    haiku.grants.invoke(role);
    new CrossRegionInferenceProfile(stack, 'Again').grants.invoke(role);
    expect(statementsOf(stack, { region }).map(({ Resource }) => Resource)).toEqual([[ARN], MODELS]);
  }
});

test.each([true, false])('minimizing never joins statements of different conditions (minimizePolicies: %s)', (minimize) => {
  const stack = newStack(true, { '@aws-cdk/aws-iam:minimizePolicies': minimize });
  const role = new Role(stack, 'Role', { assumedBy: service });
  new CrossRegionInferenceProfile(stack, 'Geo').grants.invoke(role);
  new CrossRegionInferenceProfile(stack, 'Global', { routing: InferenceRouting.globalCrossRegion() }).grants.invoke(role);
  new InRegionInference(stack, 'InRegion').grants.invoke(role);
  const statements = statementsOf(stack, { region });
  expect(statements).toHaveLength(6);
  for (const { Resource, Condition } of statements) {
    const through = Resource.some((arn) => arn.includes('foundation-model'));
    expect(JSON.stringify(Condition ?? {}).includes('bedrock:InferenceProfileArn')).toBe(through);
  }
});

test('several Regions in one app each have their own route', () => {
  const app = new App();
  const ids = ['us-east-1', 'eu-west-2', 'ap-south-1', 'ap-southeast-6', 'ap-northeast-3'].map((source) =>
    new CrossRegionInferenceProfile(new Stack(app, source, { env: { account: ACCOUNT, region: source } }), 'Haiku').inferenceProfileId.split('.')[0]);
  expect(ids).toEqual(['us', 'eu', 'in', 'au', 'jp']);
});

test('a profile for a Region other than the stack\'s is called there, and granted there', () => {
  const stack = newStack();
  const role = new Role(stack, 'Role', { assumedBy: service });
  new CrossRegionInferenceProfile(stack, 'Haiku', { sourceRegion: 'eu-west-2' }).grants.invoke(role);
  expect(statementsOf(stack, { region })[0].Resource).toEqual([`arn:aws:bedrock:eu-west-2:${ACCOUNT}:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0`]);
});

test('an application profile is an IModel too', () => {
  const stack = newStack();
  const team = new ApplicationInferenceProfile(stack, 'Team', { copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku') });
  new BedrockInvokeModel(stack, 'Ask', { model: team, body: TaskInput.fromObject({}) });
  expect(stack.resolve(team.modelArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Team/), 'InferenceProfileArn'] });
});
