import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CrossRegionInferenceProfile } from 'cdk-bedrock-haiku';

export const app = new App();

// No env: the Region is known only at deploy time. The table becomes a mapping of the template, looked up by AWS::Region, and a
// rule stops the deployment in a Region without a geography.
const stack = new Stack(app, 'EnvironmentAgnostic');
const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');

const role = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
haiku.grants.invoke(role);

new CfnOutput(stack, 'ModelId', { value: haiku.modelId });
