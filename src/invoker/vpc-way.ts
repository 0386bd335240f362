import { Connections, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Annotations, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { modelsOf } from './target-access';
import { endpointsIn, subnetsWithoutNat, VpcCaller, VpcCalls } from '../construct/vpc-calls';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';

/** Lets the function through the VPC endpoints of Bedrock in its VPC; synthesis warns if it has no way out of a subnet. */
export function findWay(scope: Construct, vpc: IVpc, connections: Connections, target: IInvocableModel, props: HaikuInvokerProps): void {
  const caller = { construct: scope, vpc, subnets: props.vpcSubnets, connections };
  VpcCalls.in(vpc).addCaller(caller);
  scope.node.addValidation({
    validate: () => {
      warnWithoutWay(caller, target, props);
      return [];
    },
  });
}

function warnWithoutWay(caller: VpcCaller, target: IInvocableModel, props: HaikuInvokerProps): void {
  const { construct, vpc } = caller;
  const subnets = subnetsWithoutNat(caller);
  if (subnets.length === 0) return;
  const missing = servicesOf(target, props).filter(({ service }) => !service || endpointsIn(vpc, service).length === 0);
  if (missing.length === 0) return;
  Annotations.of(construct).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.noWayOut',
    `From ${subnets.map(({ subnetId, node }) => Token.isUnresolved(subnetId) ? node.path : subnetId).join(', ')} no NAT leads out of the VPC, and this app makes no way to ${
      missing.map(({ name }) => name).join(' or ')}: calls would end with a timeout. ${missing.map(({ remedy }) => remedy).join(' ')
    } If another app makes the way, acknowledge this warning.`);
}

interface NeededService {
  readonly name: string;
  /** As VPC endpoints name it; nothing if none of them is documented to answer at the name that is called. */
  readonly service?: string;
  readonly remedy: string;
}

/** The service of VPC endpoints that takes calls of the target. */
export function endpointService({ endpoint }: IInvocableModel, fipsEndpoint = false): string {
  return fipsEndpoint ? `${endpoint}-fips` : endpoint;
}

/** What the function asks with every call, or to be able to. */
function servicesOf(target: IInvocableModel, props: HaikuInvokerProps): NeededService[] {
  const { fipsEndpoint, assumedRole, escalation, traffic } = props;
  const also = (service: string, why: string): NeededService => {
    const name = fipsEndpoint ? `${service}-fips` : service;
    return { name, service: name, remedy: `Add an interface endpoint of ${name} to the VPC, ${why}.` };
  };
  const models = modelsOf(target, props);
  const invokes = traffic?._shadows || escalation?._rungs.some(({ _options: { when } }) => when.some(({ _function }) => _function));
  return [
    ...models.filter(({ endpoint }, index) => !models.slice(0, index).some((other) => other.endpoint === endpoint))
      .map((model) => bedrockService(model, props)),
    ...assumedRole ? [also('sts', 'where the function assumes its role')] : [],
    ...invokes ? [also('lambda', 'through which the function invokes another one')] : [],
    ...traffic?._options.share._parameter ? [also('ssm', 'where the function reads the share of its traffic')] : [],
  ];
}

function bedrockService(target: IInvocableModel, { fipsEndpoint, dualStackEndpoint }: HaikuInvokerProps): NeededService {
  const service = endpointService(target, fipsEndpoint);
  const isUndocumented = dualStackEndpoint && target.endpoint === InferenceEndpoint.BEDROCK_RUNTIME;
  return isUndocumented
    ? { name: `the dual-stack name of ${service}`, remedy: 'AWS documents no VPC endpoint for that name: leave dualStackEndpoint out, and make a BedrockVpcEndpoint in the VPC.' }
    : { name: service, service, remedy: `Make a BedrockVpcEndpoint in the VPC${fipsEndpoint ? ' with fipsEndpoint' : ''}, whose targets hold the function's.` };
}
