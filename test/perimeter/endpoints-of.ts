import { Stack } from 'aws-cdk-lib/core';
import { PolicyDocument, PolicyStatement } from '../iam/policy-simulator';
import { deployed, templateOf, Where } from '../kit/deployed';

/** A VPC endpoint as a deployment would make it. */
export interface DeployedEndpoint {
  readonly ServiceName: string;
  readonly PrivateDnsEnabled: boolean;
  readonly SubnetIds: string[];
  readonly IpAddressType?: string;
  readonly PolicyDocument: PolicyDocument & { readonly Statement: Array<PolicyStatement & { readonly Principal: unknown }> };
}

/** The VPC endpoints of a stack by the names of their services, without the Region. */
export function endpointsOf(stack: Stack, where: Where): Record<string, DeployedEndpoint> {
  const template = templateOf(stack);
  const endpoints = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::EC2::VPCEndpoint')
    .map(({ Properties }) => deployed(template, Properties, where) as DeployedEndpoint);
  return Object.fromEntries(endpoints.map((endpoint) => [endpoint.ServiceName.split('.').pop()!, endpoint]));
}

/** The policy of an endpoint for the simulator, which judges identity policies: whoever asks, `Principal` is everyone. */
export function withoutPrincipal({ PolicyDocument: { Statement, ...rest } }: DeployedEndpoint): PolicyDocument {
  return {
    ...rest,
    Statement: Statement.map(({ Principal, ...statement }) => {
      expect(Principal).toBe('*');
      return statement;
    }),
  };
}
