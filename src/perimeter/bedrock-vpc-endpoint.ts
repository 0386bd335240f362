import { Connections, IConnectable, InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, IVpc, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BedrockVpcEndpointProps } from './bedrock-vpc-endpoint-props';
import { connectionsOf, Passers, passersOf } from './endpoint-callers';
import { checkEndpointProps, checkEndpointSize } from './endpoint-checks';
import { knownToDiffer } from '../construct/tokens';
import { letIn, VpcCalls } from '../construct/vpc-calls';
import { ANY_ACCOUNT, EndpointService, endpointStatements, EndpointStatement, statementsAt } from '../policy/endpoint-statements';
import { Statement } from '../policy/statement';
import { brand, isBranded } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { IApplicationInferenceProfile } from '../targets/application-inference-profile';
import { IInvocableModel, InferenceEndpoint } from '../targets/invocable-model';
import { ModelGrants } from '../targets/model-grants';

/**
 * Interface VPC endpoints of Amazon Bedrock that let through the calls of some models, and nothing else.
 *
 * Creates an endpoint of bedrock-runtime or bedrock-mantle, as the targets need, and one of the control plane if profiles are to be looked
 * up; each with private DNS and an endpoint policy, all with one security group. AWS bills each endpoint by the hour in each Availability
 * Zone, and by what passes.
 *
 * The policy allows a call what IAM is documented to check of it: the inference profile, and the model in each destination Region, for
 * global inference also without a Region. AWS does not document what of that an endpoint policy sees.
 *
 * A HaikuInvoker in the VPC finds the endpoints, whichever is made first: its security group is let in.
 *
 * Throws if a prop is not what it takes, if a target is called in another Region, or where the Region has no such service.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html
 */
export class BedrockVpcEndpoint extends Construct implements IConnectable {
  /** Whether a value is a BedrockVpcEndpoint, also one of another installed copy of this package. */
  public static isBedrockVpcEndpoint(value: unknown): value is BedrockVpcEndpoint {
    return isBranded(value, 'BedrockVpcEndpoint');
  }

  /** The VPC to call from. */
  public readonly vpc: IVpc;
  /** The security groups of the endpoints: `connections.allowDefaultPortFrom(other)` lets something else in, too. */
  public readonly connections: Connections;
  /** The endpoint of bedrock-runtime, if a target is called there. */
  public readonly runtimeEndpoint?: InterfaceVpcEndpoint;
  /** The endpoint of bedrock-mantle, if a target is called there. */
  public readonly mantleEndpoint?: InterfaceVpcEndpoint;
  /** The endpoint of the control plane, if profiles are to be looked up. */
  public readonly controlPlaneEndpoint?: InterfaceVpcEndpoint;

  constructor(scope: Construct, id: string, props: BedrockVpcEndpointProps) {
    super(scope, id);
    const targets = checkEndpointProps(this, props);
    const statements = passingStatements(passersOf(this, props.callers), targets, props.guardrailArns);
    this.vpc = props.vpc;
    const securityGroups = props.securityGroups ?? [new SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc, allowAllOutbound: false, description: 'VPC endpoints of Amazon Bedrock',
    })];
    this.connections = new Connections({ securityGroups, defaultPort: Port.tcp(443) });
    const make = (childId: string, service: EndpointService) => this.endpoint(childId, service, statements(service), props);
    const isCalledAt = (endpoint: InferenceEndpoint) => targets.some((target) => target.endpoint === endpoint);
    this.runtimeEndpoint = isCalledAt(InferenceEndpoint.BEDROCK_RUNTIME) ? make('Runtime', 'bedrock-runtime') : undefined;
    this.mantleEndpoint = isCalledAt(InferenceEndpoint.BEDROCK_MANTLE) ? make('Mantle', 'bedrock-mantle') : undefined;
    this.controlPlaneEndpoint = props.profileLookUps ? make('ControlPlane', 'bedrock') : undefined;
    for (const connections of connectionsOf(props.callers)) letIn(connections, this.connections);
    if (props.privateDnsEnabled ?? true) VpcCalls.in(props.vpc).addEndpoints(this.connections);
  }

  private endpoint(id: string, service: EndpointService, statements: EndpointStatement[], props: BedrockVpcEndpointProps): InterfaceVpcEndpoint {
    const endpoint = new InterfaceVpcEndpoint(this, id, {
      vpc: props.vpc,
      service: new InterfaceVpcEndpointAwsService(nameOf(service, props)),
      subnets: props.subnets,
      lookupSupportedAzs: props.lookupSupportedAzs,
      securityGroups: this.connections.securityGroups,
      open: false,
      privateDnsEnabled: props.privateDnsEnabled ?? true,
      ipAddressType: props.ipAddressType,
    });
    for (const statement of statements) endpoint.addToPolicy(PolicyStatement.fromJson(statement));
    checkEndpointSize(this, endpoint, statements);
    return endpoint;
  }
}

brand(BedrockVpcEndpoint, 'BedrockVpcEndpoint');

function nameOf(service: EndpointService, { fipsEndpoint }: BedrockVpcEndpointProps): string {
  return fipsEndpoint ? `${service}-fips` : service;
}

/** The statements of each service's policy: everything that may pass, each only once. */
function passingStatements(
  passers: Passers[], targets: IInvocableModel[], guardrailArns: string[] = []): (service: EndpointService) => EndpointStatement[] {
  const guardrails: Statement[] = guardrailArns.length > 0 ? [{ Effect: 'Allow', Action: ['bedrock:ApplyGuardrail'], Resource: guardrailArns }] : [];
  const all = passers.map(({ account, passing }) => (
    { passing, statements: [...targets.flatMap((target) => statementsFor(target, account)), ...guardrails] }));
  return (service) => {
    const written = all.flatMap(({ passing, statements }) => endpointStatements(statementsAt(service, statements), passing));
    return [...new Map(written.map((statement) => [JSON.stringify(statement), statement])).values()];
  };
}

/** What a caller of an account needs of a target. An application inference profile is of one account, and nobody else can call it. */
function statementsFor(target: IInvocableModel, account: string): Statement[] {
  const { grants } = target;
  const owner = isBranded(target, 'ApplicationInferenceProfile') ? (target as IApplicationInferenceProfile).env.account : undefined;
  if (account !== ANY_ACCOUNT && knownToDiffer(account, owner)) return [];
  if (!isBranded(grants, 'ModelGrants')) {
    throw new HaikuError(
      `targets has one whose grants are its own, got ${shown(target)}; expected a CrossRegionInferenceProfile, an ApplicationInferenceProfile or an InRegionInference. `
      + 'What its calls need is not known: use one of these three.');
  }
  return (grants as ModelGrants)._statementsFor(account === ANY_ACCOUNT ? owner ?? account : account);
}
