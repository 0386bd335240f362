import { CfnVPCEndpoint, Connections, ISubnet, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { typeOf } from './resolved-resource';

/** Where the root of an app keeps who calls from which VPC. Its name changes with the form of what is kept, for two copies of this package can meet. */
const OF_ROOT = Symbol.for('cdk-bedrock-haiku.vpcCalls.1');

const RULE = 'HTTPS to Amazon Bedrock';

/** A construct that calls from within a VPC. */
export interface VpcCaller {
  readonly construct: IConstruct;
  readonly vpc: IVpc;
  readonly subnets: SubnetSelection | undefined;
  readonly connections: Connections;
}

interface Met {
  readonly callers: VpcCaller[];
  /** The security groups of what takes calls at the names that they are sent to anyway. */
  readonly endpoints: Connections[];
}

/** Brings together who calls from a VPC and the endpoints there, whichever of them is made first. */
export class VpcCalls {
  /** Those of a VPC. One that is imported twice is one still. */
  public static in(vpc: IVpc): VpcCalls {
    const root: IConstruct & { [OF_ROOT]?: Map<string, Met> } = vpc.node.root;
    if (!root[OF_ROOT]) Object.defineProperty(root, OF_ROOT, { value: new Map() });
    const met = root[OF_ROOT]!.get(vpc.vpcId) ?? { callers: [], endpoints: [] };
    root[OF_ROOT]!.set(vpc.vpcId, met);
    return new VpcCalls(met);
  }

  private constructor(private readonly met: Met) {}

  public addCaller(caller: VpcCaller): void {
    this.met.callers.push(caller);
    for (const endpoints of this.met.endpoints) letIn(caller.connections, endpoints);
  }

  public addEndpoints(endpoints: Connections): void {
    this.met.endpoints.push(endpoints);
    for (const caller of this.met.callers) letIn(caller.connections, endpoints);
  }
}

/** The subnets of a caller from which no NAT leads out. Nothing is said of a VPC that is still to be looked up. */
export function subnetsWithoutNat({ vpc, subnets }: VpcCaller): ISubnet[] {
  const selected = vpc.selectSubnets(subnets);
  if (selected.isPendingLookup) return [];
  // A function in a public subnet gets no public address, and so no way out either.
  const without = [...vpc.isolatedSubnets, ...vpc.publicSubnets];
  return selected.subnets.filter((subnet) => without.includes(subnet));
}

/**
 * Lets what has these security groups reach the endpoints. The rules stand with it: the stack of the endpoints may be one that its own
 * needs first. CDK would warn of a rule for what sends anywhere.
 */
export function letIn(caller: Connections, endpoints: Connections): void {
  for (const group of caller.securityGroups) {
    for (const door of endpoints.securityGroups) {
      door.addIngressRule(group, endpoints.defaultPort!, RULE, true);
      if (!group.allowAllOutbound) group.addEgressRule(door, endpoints.defaultPort!, RULE);
    }
  }
}

/** The endpoints that take what is sent from a VPC to the usual name of a service, as far as the app tells: ours, and CDK's own. */
export function endpointsIn({ vpcId, node: { root } }: IVpc, service: string): CfnVPCEndpoint[] {
  return root.node.findAll().filter((node): node is CfnVPCEndpoint => CfnResource.isCfnResource(node) && typeOf(node) === 'AWS::EC2::VPCEndpoint'
    && (node as CfnVPCEndpoint).vpcId === vpcId && (node as CfnVPCEndpoint).privateDnsEnabled !== false
    && JSON.stringify(Stack.of(node).resolve((node as CfnVPCEndpoint).serviceName) ?? '').includes(`.${service}"`));
}
