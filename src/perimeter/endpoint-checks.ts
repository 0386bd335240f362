import { InterfaceVpcEndpoint, VpcEndpointIpAddressType } from 'aws-cdk-lib/aws-ec2';
import { Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { BedrockVpcEndpointProps } from './bedrock-vpc-endpoint-props';
import { checkGuardrailArn } from '../construct/guardrail-arn';
import { deployedSize } from '../construct/policy-size';
import { knownToDiffer } from '../construct/tokens';
import { FIPS_REGIONS } from '../contract/endpoints';
import { EndpointStatement } from '../policy/endpoint-statements';
import { policyDocument } from '../policy/statement';
import { HaikuError, shown, shownList } from '../private/errors';
import { checkKinds, FLAG, JUDGED_ELSEWHERE, listOf, objectWith, oneOf, PropKinds, required, struct } from '../private/prop-kind';
import { checkedTarget } from '../targets/checked-target';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

/** @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const MOST_CHARACTERS = 20_480;

const PROPS: PropKinds<BedrockVpcEndpointProps> = {
  vpc: required(objectWith('a VPC', 'an ec2.Vpc', ['vpcId', 'selectSubnets', 'isolatedSubnets', 'node'])),
  targets: JUDGED_ELSEWHERE,
  callers: JUDGED_ELSEWHERE,
  guardrailArns: JUDGED_ELSEWHERE,
  profileLookUps: FLAG,
  fipsEndpoint: FLAG,
  subnets: struct('SubnetSelection with, for example, subnetType'),
  lookupSupportedAzs: FLAG,
  securityGroups: listOf(objectWith('a security group', '', ['securityGroupId', 'connections']), 'a list of security groups', 'a list of ec2.SecurityGroup'),
  privateDnsEnabled: FLAG,
  ipAddressType: oneOf('VpcEndpointIpAddressType', VpcEndpointIpAddressType),
};

/** Refuses what no endpoint of the stack's Region could let through. Returns the targets, which another installed copy of this package may have made. */
export function checkEndpointProps(scope: Construct, props: BedrockVpcEndpointProps): IInvocableModel[] {
  checkKinds('BedrockVpcEndpoint', props, PROPS);
  const targets = listed('targets', props.targets, 'what may be called, such as a CrossRegionInferenceProfile').map((target) => checkedTarget('targets', target));
  if (props.callers !== undefined) listed('callers', props.callers, 'who may call, such as a role');
  for (const arn of props.guardrailArns === undefined ? [] : listed('guardrailArns', props.guardrailArns, 'the ARN of a guardrail')) {
    checkGuardrailArn('guardrailArns', arn, 'Name each guardrail by its ARN, whatever its version.');
  }
  if (props.securityGroups !== undefined) listed('securityGroups', props.securityGroups, 'an ec2.SecurityGroup');
  const { region } = Stack.of(scope);
  for (const { sourceRegion, node } of targets) {
    if (!knownToDiffer(sourceRegion, region)) continue;
    throw new HaikuError(
      `targets has one that is called in another Region than the VPC's, got ${shown(node.path)} in ${shown(sourceRegion)}; expected ${shown(region)}, since a VPC endpoint leads to its own Region. `
      + 'Leave sourceRegion out of the target, or make the endpoint in a stack of that Region.');
  }
  if (props.fipsEndpoint) checkFips(targets, region);
  return targets;
}

function listed<T>(name: string, list: T[], of: string): T[] {
  if (Array.isArray(list) && list.length > 0 && !Token.isUnresolved(list)) return list;
  throw new HaikuError(
    `${name} is not a list with anything in it, got ${Token.isUnresolved(list) ? 'an unresolved token' : shown(list)}; expected ${of}. `
    + `Name it${name === 'targets' ? '' : `, or leave ${name} out`}.`);
}

function checkFips(targets: IInvocableModel[], region: string): void {
  const mantle = targets.find(({ endpoint }) => endpoint === InferenceEndpoint.BEDROCK_MANTLE);
  if (mantle) {
    throw new HaikuError(
      `fipsEndpoint is not available on bedrock-mantle, which has no FIPS endpoint, got ${shown(mantle.node.path)} as a target. Leave fipsEndpoint out, or give that target a BedrockVpcEndpoint of its own.`);
  }
  if (Token.isUnresolved(region) || FIPS_REGIONS.includes(region)) return;
  throw new HaikuError(
    `fipsEndpoint is not available in ${shown(region)}; Amazon Bedrock has FIPS services for VPC endpoints in ${shownList(FIPS_REGIONS)}. Leave fipsEndpoint out, or deploy the stack to one of these Regions.`);
}

/** Lets synthesis fail if the policy is larger than a VPC endpoint takes. */
export function checkEndpointSize(scope: Construct, endpoint: InterfaceVpcEndpoint, statements: EndpointStatement[]): void {
  const resource = endpoint.node.defaultChild!;
  scope.node.addValidation({
    validate: () => {
      const size = deployedSize({ resource, document: policyDocument(statements) });
      return size <= MOST_CHARACTERS ? [] : [
        `Endpoint policy of ${endpoint.node.path} is too large, got ${size} characters once deployed; expected at most ${MOST_CHARACTERS}. `
        + 'Pass an AccountPrincipal or an OrganizationPrincipal in place of many callers, or make several BedrockVpcEndpoints in VPCs of their own.',
      ];
    },
  });
}
