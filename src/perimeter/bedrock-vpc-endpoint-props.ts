import { ISecurityGroup, IVpc, SubnetSelection, VpcEndpointIpAddressType } from 'aws-cdk-lib/aws-ec2';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { IInvocableModel } from '../targets/invocable-model';

/**
 * Which calls pass the VPC endpoints of Amazon Bedrock, and whose.
 */
export interface BedrockVpcEndpointProps {
  /**
   * The VPC to call from.
   */
  readonly vpc: IVpc;

  /**
   * The models that may be called. Their endpoints decide which services get a VPC endpoint: bedrock-runtime, bedrock-mantle or both.
   */
  readonly targets: IInvocableModel[];

  /**
   * Who may pass: roles, users, functions, an `AccountPrincipal` or an `OrganizationPrincipal`. Those of them that have security groups
   * are let in by these, too. It gives nobody access that their own policy does not give.
   *
   * @default - every principal of the stack's account
   */
  readonly callers?: IGrantable[] | undefined;

  /**
   * The ARNs of the guardrails that calls may name, without a version: those of HaikuInvokers in the VPC, and those that are enforced.
   *
   * @default - none
   */
  readonly guardrailArns?: string[] | undefined;

  /**
   * Whether inference profiles can be looked up from the VPC (`GetInferenceProfile`), as common clients do before they call. This makes a
   * VPC endpoint of the control plane as well. HaikuInvoker looks nothing up.
   *
   * @default false
   */
  readonly profileLookUps?: boolean | undefined;

  /**
   * Whether the endpoints are those of the FIPS services, which exist in us-east-1, us-east-2, us-west-2, ca-central-1 and the GovCloud
   * Regions; bedrock-mantle has none. Callers must call FIPS endpoints then, as a HaikuInvoker with `fipsEndpoint` does.
   *
   * @default false
   */
  readonly fipsEndpoint?: boolean | undefined;

  /**
   * The subnets that get a network interface, at most one in each Availability Zone. All subnets of the VPC can use it.
   *
   * @default - the private subnets
   */
  readonly subnets?: SubnetSelection | undefined;

  /**
   * Whether only Availability Zones in which the services are available are used. The stack needs an account and a Region.
   *
   * @default false
   */
  readonly lookupSupportedAzs?: boolean | undefined;

  /**
   * The security groups of the endpoints.
   *
   * @default - a new one, which lets in nothing but HTTPS from the callers and from each HaikuInvoker in the VPC
   */
  readonly securityGroups?: ISecurityGroup[] | undefined;

  /**
   * Whether the usual names of the services lead to the endpoints within the VPC. Without that, callers must be told the names of the
   * endpoints, which HaikuInvoker is not.
   *
   * @default true
   */
  readonly privateDnsEnabled?: boolean | undefined;

  /**
   * The addresses of the network interfaces. AWS documents no private name of bedrock-runtime for its dual-stack endpoint.
   *
   * @default - IPv4
   */
  readonly ipAddressType?: VpcEndpointIpAddressType | undefined;
}
