import { CloudFormationClient, DescribeStackResourcesCommand, DescribeStacksCommand, StackResource } from '@aws-sdk/client-cloudformation';
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { FunctionConfiguration, GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AwsStandIn } from './aws-stand-in';

export interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** A stack as the stand-in's APIs describe it after a deployment. */
export class DeployedStack {
  private readonly cloudFormation: CloudFormationClient;
  private readonly iam: IAMClient;
  private readonly lambda: LambdaClient;

  constructor(readonly name: string, readonly region: string, aws: AwsStandIn) {
    this.cloudFormation = new CloudFormationClient(aws.client(region));
    this.iam = new IAMClient(aws.client(region));
    this.lambda = new LambdaClient(aws.client(region));
  }

  async exists(): Promise<boolean> {
    return this.cloudFormation.send(new DescribeStacksCommand({ StackName: this.name })).then(() => true, () => false);
  }

  async resources(type?: string): Promise<StackResource[]> {
    const { StackResources = [] } = await this.cloudFormation.send(new DescribeStackResourcesCommand({ StackName: this.name }));
    return StackResources.filter(({ ResourceType }) => type === undefined || ResourceType === type);
  }

  async outputs(): Promise<Record<string, string>> {
    const { Stacks } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName: this.name }));
    return Object.fromEntries((Stacks![0].Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
  }

  /** The inline policies of a role: what IAM would evaluate, all intrinsics resolved. */
  async rolePolicies(roleName: string): Promise<PolicyStatement[]> {
    const { PolicyNames } = await this.iam.send(new ListRolePoliciesCommand({ RoleName: roleName }));
    const documents = await Promise.all(
      PolicyNames!.map((PolicyName) => this.iam.send(new GetRolePolicyCommand({ RoleName: roleName, PolicyName }))));
    return documents.flatMap(({ PolicyDocument }) => (JSON.parse(decodeURIComponent(PolicyDocument!)) as { Statement: PolicyStatement[] }).Statement);
  }

  async functionConfiguration(functionName: string): Promise<FunctionConfiguration> {
    return this.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  }

  close(): void {
    for (const client of [this.cloudFormation, this.iam, this.lambda]) client.destroy();
  }
}
