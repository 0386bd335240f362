import { App, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ArnPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { BedrockVpcEndpoint, CrossRegionInferenceProfile, HaikuInvoker } from 'cdk-bedrock-haiku';

export const app = new App();
const stack = new Stack(app, 'PrivateNetwork', { env: { region: 'eu-west-1' } });

// A VPC without a way to the internet. Its endpoint lets through calls of this model by this account, and nothing else.
const vpc = new Vpc(stack, 'Vpc', {
  natGateways: 0,
  restrictDefaultSecurityGroup: false,
  subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
});
const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');
new BedrockVpcEndpoint(stack, 'Bedrock', { vpc, targets: [haiku] });
new HaikuInvoker(stack, 'Invoker', { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }, target: haiku });

// Developers call with Anthropic's own SDK: base URL https://bedrock-runtime.eu-west-1.amazonaws.com/anthropic, and as API key a short-term
// one that they make of this role's credentials.
const developers = new Role(stack, 'Developers', { assumedBy: new ArnPrincipal('arn:aws:iam::111122223333:role/staff') });
haiku.grants.invokeWithApiKey(developers);
