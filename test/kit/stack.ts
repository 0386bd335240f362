import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { App, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** The accounts of AWS's own examples: ours, and another one. */
export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';

/** Where a fact comes from, for cards that tests make up. */
export const CITED = { sourceUrl: 'https://example.com/card', asOf: '2026-11' };

/** A stack of one Region, or an environment-agnostic one. */
export function stackIn(region?: string, app = new App(), id = 'Stack'): Stack {
  return new Stack(app, id, region ? { env: { account: ACCOUNT, region } } : {});
}

/** A VPC that is there already, with subnets that no NAT leads out of. */
export function isolatedVpc(scope: Construct, id = 'Vpc', vpcId = 'vpc-11112222'): IVpc {
  return Vpc.fromVpcAttributes(scope, id, {
    vpcId, vpcCidrBlock: '10.0.0.0/16', availabilityZones: ['dummy1a', 'dummy1b'], isolatedSubnetIds: ['subnet-a', 'subnet-b'], privateSubnetIds: ['subnet-c', 'subnet-d'],
  });
}
