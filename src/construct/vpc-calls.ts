import { Connections, ISubnet, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
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

/** What takes calls in a VPC, at the names that they are sent to anyway. */
export interface VpcEndpoints {
  /** The names of the services, such as `bedrock-runtime`. */
  readonly services: readonly string[];
  readonly connections: Connections;
}

interface Met {
  readonly callers: VpcCaller[];
  readonly endpoints: VpcEndpoints[];
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
    for (const endpoints of this.met.endpoints) this.introduce(caller, endpoints);
  }

  public addEndpoints(endpoints: VpcEndpoints): void {
    this.met.endpoints.push(endpoints);
    for (const caller of this.met.callers) this.introduce(caller, endpoints);
  }

  /** Whether there is an endpoint of the service in the VPC, as far as the app tells. */
  public hasEndpoint(vpc: IVpc, service: string): boolean {
    return this.met.endpoints.some(({ services }) => services.includes(service))
      || vpc.node.root.node.findAll().some((node) => CfnResource.isCfnResource(node) && isEndpointOf(node, vpc, service));
  }

  private introduce({ connections }: VpcCaller, endpoints: VpcEndpoints): void {
    letIn(connections, endpoints.connections);
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

/** An endpoint of CDK's own. */
function isEndpointOf(node: CfnResource, { vpcId }: IVpc, service: string): boolean {
  if (typeOf(node) !== 'AWS::EC2::VPCEndpoint') return false;
  const { vpcId: of, serviceName } = node as CfnResource & { readonly vpcId?: unknown; readonly serviceName?: unknown };
  return of === vpcId && JSON.stringify(Stack.of(node).resolve(serviceName) ?? '').includes(`.${service}"`);
}
