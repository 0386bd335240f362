import { App, Stack, Tags } from 'aws-cdk-lib';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, HaikuInvoker } from 'cdk-bedrock-haiku';

export const app = new App();
const stack = new Stack(app, 'CostTags', { env: { account: '111122223333', region: 'us-west-2' } });
const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');

// A profile for each team: AWS Cost Explorer splits the bill by its tags.
for (const team of ['search', 'support']) {
  const profile = new ApplicationInferenceProfile(stack, `Profile-${team}`, { copyFrom: haiku, description: `Haiku for ${team}` });
  Tags.of(profile).add('team', team);
  new HaikuInvoker(stack, `Invoker-${team}`, { target: profile });
}
