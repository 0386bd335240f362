import { CloudFormationClient, DescribeStackEventsCommand, DescribeStackResourcesCommand, DescribeStacksCommand, StackResource } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import {
  AliasConfiguration, FunctionConfiguration, GetAliasCommand, GetFunctionConfigurationCommand, GetFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommandOutput, LambdaClient,
} from '@aws-sdk/client-lambda';
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
  private readonly cloudWatch: CloudWatchClient;
  private readonly iam: IAMClient;
  private readonly lambda: LambdaClient;

  constructor(readonly name: string, readonly region: string, aws: AwsStandIn) {
    this.cloudFormation = new CloudFormationClient(aws.client(region));
    this.cloudWatch = new CloudWatchClient(aws.client(region));
    this.iam = new IAMClient(aws.client(region));
    this.lambda = new LambdaClient(aws.client(region));
  }

  async exists(): Promise<boolean> {
    return this.cloudFormation.send(new DescribeStacksCommand({ StackName: this.name })).then(() => true, () => false);
  }

  /** `CREATE_COMPLETE`, `UPDATE_ROLLBACK_COMPLETE`, ... */
  async status(): Promise<string> {
    const { Stacks } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName: this.name }));
    return Stacks![0].StackStatus!;
  }

  /** Why resources failed, the last first. */
  async failures(): Promise<string[]> {
    const { StackEvents } = await this.cloudFormation.send(new DescribeStackEventsCommand({ StackName: this.name }));
    return StackEvents!.filter(({ ResourceStatus }) => ResourceStatus!.endsWith('_FAILED')).map(({ ResourceStatusReason }) => ResourceStatusReason!);
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

  /** The alias of an ARN. */
  async alias(arn: string): Promise<AliasConfiguration> {
    const [name, functionName] = arn.split(':').reverse();
    return this.lambda.send(new GetAliasCommand({ FunctionName: functionName, Name: name }));
  }

  /** The function URL of a function's ARN. */
  async functionUrl(functionArn: string): Promise<GetFunctionUrlConfigCommandOutput> {
    return this.lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: functionArn.split(':')[6] }));
  }

  async alarm(name: string): Promise<MetricAlarm> {
    const { MetricAlarms } = await this.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
    return MetricAlarms![0];
  }

  close(): void {
    for (const client of [this.cloudFormation, this.cloudWatch, this.iam, this.lambda]) client.destroy();
  }
}
