import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { HaikuInvoker, LockedField } from 'cdk-bedrock-haiku';

export const app = new App();
const stack = new Stack(app, 'FirstInvocation', { env: { region: 'eu-west-2' } });

// Requests stay in the geography of the stack's Region: from eu-west-2 that is Geo EU, seven destination Regions.
// No event may ask for more output than that.
const invoker = new HaikuInvoker(stack, 'Haiku', { maxTokens: 1024, lockedFields: [LockedField.MAX_TOKENS] });

new CfnOutput(stack, 'FunctionName', { value: invoker.lambdaFunction.functionName });
