import { Stack } from 'aws-cdk-lib';
import { Effect, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CrossRegionInferenceProfile } from 'cdk-bedrock-haiku';
import { platformApp } from './platform';

// A team whose app passes: one role gets its access from this library, the other one from a policy that the team wrote itself.
export const app = platformApp();
const stack = new Stack(app, 'Invoices', { env: { account: '111122223333', region: 'eu-west-3' } });

const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');
haiku.grants.invoke(new Role(stack, 'Reader', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }));

const profile = `arn:aws:bedrock:eu-west-3:111122223333:inference-profile/eu.${haiku.foundationModelArns[0].split('/')[1]}`;
const writer = new Role(stack, 'Writer', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
new Policy(stack, 'Models', {
  roles: [writer],
  statements: [
    new PolicyStatement({ effect: Effect.ALLOW, actions: ['bedrock:InvokeModel'], resources: [profile] }),
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: ['bedrock:InvokeModel'],
      resources: haiku.foundationModelArns,
      conditions: { StringEquals: { 'bedrock:InferenceProfileArn': profile } },
    }),
  ],
});
