// What people build on: each is granted a model by one call, which holds all that AWS checks of its calls.
import * as namespace from 'aws-cdk-lib/aws-bedrockagentcore';
import { FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { IGrantable, Role, ServicePrincipal, SessionTagsPrincipal, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { version } from 'aws-cdk-lib/package.json';
import { CrossRegionInferenceProfile, Geography, InferenceRouting } from '../../src';
import { allChecksOf, modelArn, profileArn } from '../iam/inference-call';
import { PolicyDocument, PolicySimulator } from '../iam/policy-simulator';
import { documentsOf } from '../kit/policies';
import { stackIn } from '../kit/stack';

const REGION = 'eu-west-2';
const EVALUATION = 'an AgentCore evaluation';
type Made = new (scope: Stack, id: string, props: object) => IGrantable;

/** The constructs of Amazon Bedrock AgentCore, which the oldest CDK that is supported does not have. */
interface AgentCore {
  readonly Runtime?: Made;
  readonly Memory?: Made;
  readonly Gateway?: new (scope: Stack, id: string, props: object) => { readonly role: IGrantable };
  readonly OnlineEvaluationConfig?: Made;
  readonly AgentRuntimeArtifact?: { fromImageUri(uri: string): object };
  readonly BuiltinEvaluator?: { readonly HELPFULNESS: object };
  readonly EvaluatorSelector?: { builtin(evaluator: object): object };
  readonly DataSourceConfig?: { fromCloudWatchLogs(config: object): object };
}
const agentcore: AgentCore = namespace as unknown as AgentCore;
const AGENTS: Record<string, (stack: Stack) => IGrantable> = agentcore.Runtime ? {
  'an AgentCore Runtime': (stack) => new agentcore.Runtime!(stack, 'Agent', {
    runtimeName: 'agent', agentRuntimeArtifact: agentcore.AgentRuntimeArtifact!.fromImageUri('111122223333.dkr.ecr.eu-west-2.amazonaws.com/agent:1'),
  }),
  'an AgentCore Memory': (stack) => new agentcore.Memory!(stack, 'Memory', {
    memoryName: 'memory', executionRole: new Role(stack, 'MemoryRole', { assumedBy: new ServicePrincipal('bedrock-agentcore.amazonaws.com') }),
  }),
  'an AgentCore Gateway': (stack) => new agentcore.Gateway!(stack, 'Gateway', { gatewayName: 'gateway' }).role,
  [EVALUATION]: (stack) => new agentcore.OnlineEvaluationConfig!(stack, 'Evaluation', {
    onlineEvaluationConfigName: 'evaluation',
    evaluators: [agentcore.EvaluatorSelector!.builtin(agentcore.BuiltinEvaluator!.HELPFULNESS)],
    dataSource: agentcore.DataSourceConfig!.fromCloudWatchLogs({ logGroupNames: ['agents'], serviceNames: ['agent'] }),
  }),
} : {};

const GRANTEES: Record<string, (stack: Stack) => IGrantable> = {
  'an ECS task': (stack) => new FargateTaskDefinition(stack, 'Task').taskRole,
  'a pod with EKS Pod Identity': (stack) => new Role(stack, 'Pod', { assumedBy: new SessionTagsPrincipal(new ServicePrincipal('pods.eks.amazonaws.com')) }),
  'a user of a Cognito identity pool': (stack) => new Role(stack, 'User', {
    assumedBy: new WebIdentityPrincipal('cognito-identity.amazonaws.com', { StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-2:pool' } }),
  }),
  ...AGENTS,
};

test('the newest CDK has agents', () => {
  expect(Object.keys(AGENTS)).toHaveLength(version === '2.220.0' ? 0 : 4);
});

/** What the policies of the stack let through, those statements of the peers aside that do not speak of models. */
function iamOf(stack: Stack): PolicySimulator {
  const documents = documentsOf(stack, 'AWS::IAM::Policy', { region: REGION, attributes: undefined });
  return new PolicySimulator(...documents.map((document): PolicyDocument => ({
    ...document, Statement: document.Statement.filter(({ Action }) => [Action ?? []].flat().some((action) => action.startsWith('bedrock:'))),
  })));
}

describe.each(Object.entries(GRANTEES))('%s', (name, make) => {
  test.each([
    ['eu', InferenceRouting.geo(Geography.EU)], ['global', InferenceRouting.globalCrossRegion()],
  ])('calls through the profile of %s by one grant, and nothing else', (prefix, routing) => {
    const stack = stackIn(REGION);
    new CrossRegionInferenceProfile(stack, 'Haiku', { routing }).grants.invoke(make(stack));
    const iam = iamOf(stack);
    expect(allChecksOf({ prefix, sourceRegion: REGION }).filter((check) => !iam.allows(check))).toEqual([]);
    // CDK itself lets an evaluation call every model.
    if (name === EVALUATION) return;
    expect(iam.allows({ action: 'bedrock:InvokeModel', resource: modelArn('us-east-1'), context: { 'bedrock:InferenceProfileArn': profileArn(REGION, prefix) } })).toBe(false);
    expect(iam.allows({ action: 'bedrock:InvokeModel', resource: modelArn(REGION), context: { 'aws:RequestedRegion': REGION } })).toBe(false);
  });
});
