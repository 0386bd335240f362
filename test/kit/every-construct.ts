import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, CfnOutput, Environment, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { isolatedVpc } from './stack';
import * as api from '../../src';

/** The constructs of the API by their names: what `src/index.ts` exports and stands in a tree. */
export const CONSTRUCTS = Object.fromEntries(Object.entries(api).filter(([, value]) =>
  typeof value === 'function' && value.prototype instanceof Construct)) as unknown as Record<string, typeof Construct>;

/** How each of them is made: what can be called, or something else. A stack without an env is for the Regions of one geography. */
const MADE: Record<string, (stack: Stack, env?: Environment) => Record<string, api.IInvocableModel> | void> = {
  CrossRegionInferenceProfile: (stack, env) => ({
    Geo: new api.CrossRegionInferenceProfile(stack, 'Geo', env ? {} : { allowedRegions: ['us-east-1', 'us-east-2', 'us-west-2'] }),
    Global: new api.CrossRegionInferenceProfile(stack, 'Global', { routing: api.InferenceRouting.globalCrossRegion() }),
  }),
  ApplicationInferenceProfile: (stack) => ({
    Team: new api.ApplicationInferenceProfile(stack, 'Team', { copyFrom: profile(stack, 'Geo'), description: 'Costs of the team' }),
    TeamAnywhere: new api.ApplicationInferenceProfile(stack, 'TeamAnywhere', { copyFrom: profile(stack, 'Global') }),
  }),
  InRegionInference: (stack) => ({ InRegion: new api.InRegionInference(stack, 'InRegion') }),
  HaikuInvoker: (stack) => { new api.HaikuInvoker(stack, 'Invoker', { target: profile(stack, 'Geo') }); },
  BedrockVpcEndpoint: (stack) => {
    const targets = [profile(stack, 'Geo'), profile(stack, 'Global')];
    new api.BedrockVpcEndpoint(stack, 'Endpoint', { vpc: isolatedVpc(stack), targets, profileLookUps: true });
  },
  HaikuMap: (stack) => {
    const bucket = new Bucket(stack, 'Records');
    new api.HaikuMap(stack, 'Map', { target: profile(stack, 'Geo'), input: bucket, inputPrefix: 'in/', output: bucket, outputPrefix: 'out/' });
  },
  HaikuBatch: (stack) => {
    const bucket = new Bucket(stack, 'Batches');
    new api.HaikuBatch(stack, 'Batch', { target: profile(stack, 'Geo'), input: bucket, inputPrefix: 'in/', output: bucket, outputPrefix: 'out/' });
  },
  HaikuQueue: (stack) => {
    const output = api.QueueOutput.bucket(new Bucket(stack, 'Results'));
    new api.HaikuQueue(stack, 'Queue', { target: profile(stack, 'Geo'), output });
  },
  HaikuPreflight: (stack) => { new api.HaikuPreflight(stack, 'Preflight', { target: profile(stack, 'Geo') }); },
  HaikuServiceControlPolicy: (stack) => { new api.HaikuServiceControlPolicy(stack, 'Perimeter', { rules: [api.ServiceControlRule.forbidGlobal()] }); },
  HaikuDashboard: (stack) => { new api.HaikuDashboard(stack, 'Dashboard', { invokers: [stack.node.findChild('Invoker') as api.HaikuInvoker] }); },
  HaikuAlarms: (stack) => { new api.HaikuAlarms(stack, 'Alarms', { invokers: [stack.node.findChild('Invoker') as api.HaikuInvoker] }); },
  HaikuBudget: (stack) => {
    new api.HaikuBudget(stack, 'Budget', { monthlyDollars: 100, tags: [api.CostTag.resource('team', 'search')], emails: ['team@example.com'] });
  },
  InferenceRegionAudit: (stack) => { new api.InferenceRegionAudit(stack, 'Audit', { targets: [profile(stack, 'Geo')] }); },
  ModelInvocationLogging: (stack) => { new api.ModelInvocationLogging(stack, 'Logging'); },
};

/** A stack with every construct of the API, what can be called granted to one role. */
export function everyConstruct(app: App, id: string, env?: Environment): Stack {
  const stack = new Stack(app, id, { env });
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const left = Object.keys(CONSTRUCTS).filter((name) => !(name in MADE));
  if (left.length > 0) throw new Error(`test/kit/every-construct.ts makes no ${left.join(', ')}, which src/index.ts exports`);
  const targets = Object.values(MADE).map((make) => make(stack, env) ?? {});
  for (const [name, target] of Object.entries(Object.assign({}, ...targets) as Record<string, api.IInvocableModel>)) {
    target.grants.invoke(role);
    new CfnOutput(stack, `${name}ModelId`, { value: target.modelId });
  }
  return stack;
}

function profile(stack: Stack, id: string): api.CrossRegionInferenceProfile {
  return stack.node.findChild(id) as api.CrossRegionInferenceProfile;
}
