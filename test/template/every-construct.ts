import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, CfnOutput, Environment, Stack } from 'aws-cdk-lib/core';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, HaikuInvoker, InferenceRouting, InRegionInference } from '../../src';

/** A stack with every construct that its Region can have, each granted to one role. */
export function everyConstruct(app: App, id: string, env?: Environment): Stack {
  const stack = new Stack(app, id, { env });
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const geo = new CrossRegionInferenceProfile(stack, 'Geo', env ? {} : { allowedRegions: ['us-east-1', 'us-east-2', 'us-west-2'] });
  const global = new CrossRegionInferenceProfile(stack, 'Global', { routing: InferenceRouting.globalCrossRegion() });
  const team = new ApplicationInferenceProfile(stack, 'Team', { copyFrom: geo, description: 'Costs of the team' });
  const anywhere = new ApplicationInferenceProfile(stack, 'TeamAnywhere', { copyFrom: global });
  const inRegion = new InRegionInference(stack, 'InRegion');
  for (const target of [geo, global, team, anywhere, inRegion]) {
    target.grants.invoke(role);
    new CfnOutput(stack, `${target.node.id}ModelId`, { value: target.modelId });
  }
  new HaikuInvoker(stack, 'Invoker', { target: geo });
  return stack;
}
