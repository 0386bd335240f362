import { App, Stack } from 'aws-cdk-lib';
import { HaikuInvoker, CrossRegionInferenceProfile, InferenceRouting } from 'cdk-bedrock-haiku';

export const app = new App();

// São Paulo belongs to no geography, so only global inference serves it. It is never chosen silently: with it, prompts and
// answers may be processed in any commercial AWS Region.
const stack = new Stack(app, 'GlobalOptIn', { env: { account: '111122223333', region: 'sa-east-1' } });
const anywhere = new CrossRegionInferenceProfile(stack, 'Anywhere', { routing: InferenceRouting.globalCrossRegion() });

new HaikuInvoker(stack, 'Haiku', { target: anywhere });
