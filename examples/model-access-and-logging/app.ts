import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { CrossRegionInferenceProfile, HaikuInvoker, HaikuPreflight, ModelInvocationLogging } from 'cdk-bedrock-haiku';

export const app = new App();
const stack = new Stack(app, 'ModelAccessAndLogging', { env: { account: '111122223333', region: 'eu-west-1' } });
const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');

// Asks AWS before anything calls the model: an account without an agreement, say, fails the deployment with what to do about it.
const preflight = new HaikuPreflight(stack, 'Preflight', { target: haiku });

// The account's one configuration in this Region. The deployment fails if there is one already, and leaves that one alone.
const logging = new ModelInvocationLogging(stack, 'Logging');

// No call before the account may make it, and none that is not logged.
const invoker = new HaikuInvoker(stack, 'Invoker', { target: haiku });
invoker.node.addDependency(preflight, logging);

new CfnOutput(stack, 'Report', { value: preflight.report });
