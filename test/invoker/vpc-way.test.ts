import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, IVpc, Subnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import {
  BedrockVpcEndpoint, CrossRegionInferenceProfile, Escalation, EscalationTrigger, HaikuInvoker, HaikuInvokerProps, InRegionInference, ModelCard,
  Traffic, TrafficShare,
} from '../../src';
import { ACCOUNT, isolatedVpc, stackIn } from '../kit/stack';

/** The warnings about the way out of an invoker's VPC, for what else is made there. */
function warnings(props: (stack: Stack, vpc: IVpc) => HaikuInvokerProps, more: (stack: Stack, vpc: IVpc) => unknown = () => undefined, region = 'us-east-1'): string[] {
  const stack = stackIn(region);
  const vpc = isolatedVpc(stack);
  new HaikuInvoker(stack, 'Invoker', { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }, ...props(stack, vpc) });
  more(stack, vpc);
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry: { data } }) => String(data)).filter((text) => text.includes('noWayOut'));
}

const ENDPOINT = (service: string) => (stack: Stack, vpc: IVpc) => new InterfaceVpcEndpoint(stack, 'Own', { vpc, service: new InterfaceVpcEndpointAwsService(service) });
const BEDROCK = (props: object = {}) => (stack: Stack, vpc: IVpc) => new BedrockVpcEndpoint(stack, 'Bedrock', { vpc, targets: [new CrossRegionInferenceProfile(stack, 'T')], ...props });

test('a subnet without a way to Bedrock is a warning, with what to do', () => {
  expect(warnings(() => ({}))).toEqual([
    'From subnet-a, subnet-b no NAT leads out of the VPC, and this app makes no way to bedrock-runtime: calls would end with a timeout. '
    + 'Make a BedrockVpcEndpoint in the VPC, whose targets hold the function\'s. If another app makes the way, acknowledge this warning. [ack: cdk-bedrock-haiku:HaikuInvoker.noWayOut]',
  ]);
});

test.each<[string, Parameters<typeof warnings>[0], Parameters<typeof warnings>[1]]>([
  ['a BedrockVpcEndpoint', () => ({}), BEDROCK()],
  ['an endpoint of CDK\'s own', () => ({}), ENDPOINT('bedrock-runtime')],
  ['a FIPS endpoint', () => ({ fipsEndpoint: true }), BEDROCK({ fipsEndpoint: true })],
  ['an endpoint of bedrock-mantle', (stack) => ({ target: new InRegionInference(stack, 'In') }), ENDPOINT('bedrock-mantle')],
  ['subnets behind a NAT', () => ({ vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS } }), undefined],
  ['subnets of which nothing is known', (stack) => ({ vpcSubnets: { subnets: [Subnet.fromSubnetId(stack, 'Known', 'subnet-x')] } }), undefined],
  ['a VPC of its own with NAT gateways', (stack) => ({ vpc: new Vpc(stack, 'Mine', { restrictDefaultSecurityGroup: false }), vpcSubnets: undefined }), undefined],
])('%s is a way', (_, props, more) => {
  expect(warnings(props, more)).toEqual([]);
});

test.each<[string, Parameters<typeof warnings>[0], Parameters<typeof warnings>[1], string]>([
  ['an endpoint of another service', () => ({}), ENDPOINT('bedrock'), 'no way to bedrock-runtime'],
  ['an endpoint that is not the FIPS one', () => ({ fipsEndpoint: true }), BEDROCK(), 'no way to bedrock-runtime-fips'],
  ['a public subnet, where a function has no public address', () => ({
    vpc: Vpc.fromVpcAttributes(new Stack(), 'V', { vpcId: 'vpc-9', availabilityZones: ['a'], publicSubnetIds: ['subnet-p'] }), allowPublicSubnet: true, vpcSubnets: { subnetType: SubnetType.PUBLIC },
  }), undefined, 'From subnet-p no NAT'],
  ['an endpoint in another VPC', () => ({}), (stack) => BEDROCK()(stack, isolatedVpc(stack, 'Other', 'vpc-33334444')), 'no way to bedrock-runtime'],
  ['the dual-stack name, which no endpoint is documented for', () => ({ dualStackEndpoint: true }), BEDROCK(),
    'no way to the dual-stack name of bedrock-runtime: calls would end with a timeout. AWS documents no VPC endpoint for that name: leave dualStackEndpoint out, and make a BedrockVpcEndpoint in the VPC.'],
  ['no endpoint of AWS STS, where a role is assumed', (stack) => ({ assumedRole: Role.fromRoleArn(stack, 'Central', `arn:aws:iam::${ACCOUNT}:role/central`) }), BEDROCK(),
    'no way to sts: calls would end with a timeout. Add an interface endpoint of sts to the VPC, where the function assumes its role.'],
])('%s is none', (_, props, more, text) => {
  const found = warnings(props, more);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(text);
});

test('a ladder, a shadow and a share need ways of their own', () => {
  const more = (stack: Stack): HaikuInvokerProps => ({
    escalation: Escalation.to(new InRegionInference(stack, 'Mantle', { model: ModelCard.CLAUDE_OPUS_5 }), { when: [EscalationTrigger.refusal()] }),
    traffic: Traffic.split(new CrossRegionInferenceProfile(stack, 'Next', { model: ModelCard.CLAUDE_HAIKU_5_5 }), {
      share: TrafficShare.fromParameter(StringParameter.fromStringParameterName(stack, 'Share', 'share')),
    }),
  });
  expect(warnings(more, ENDPOINT('bedrock-runtime'))).toEqual([expect.stringContaining('no way to bedrock-mantle or ssm: calls would end')]);
  const shadow = (stack: Stack): HaikuInvokerProps => ({
    traffic: Traffic.shadow(new CrossRegionInferenceProfile(stack, 'Next', { model: ModelCard.CLAUDE_HAIKU_5_5 }), { share: TrafficShare.percent(1) }),
  });
  const [warning] = warnings(shadow, ENDPOINT('bedrock-runtime'));
  expect([warning]).toEqual([expect.stringContaining('Add an interface endpoint of lambda to the VPC, through which the function invokes another one.')]);
});
