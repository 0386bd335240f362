import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CustomResource, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { DeployTimeFunction, SERVICE_TIMEOUT } from './deploy-time-function';
import { letBedrockWrite, logGroupRole } from './logging-access';
import { checkLoggingProps, checkOnlyLogging, ModelInvocationData, ModelInvocationLoggingProps } from './model-invocation-logging-props';
import { keyFor } from '../construct/key-access';
import { letLogsEncrypt } from '../construct/log-encryption';
import type { LoggingProperties } from '../contract/custom-resources';

/**
 * Logs every call of every model on bedrock-runtime: the one model invocation logging configuration that an account has in a Region.
 *
 * Creates a log group unless it is given a destination, the documented roles and policies, and a custom resource with its function,
 * log group and role, since CloudFormation has no type for it. The deployment fails if the account has a configuration already. A
 * configuration that someone else sets later is left alone, by updates and by deletion. Prompts and answers then stand in the logs.
 *
 * Throws if the props contradict each other, or the app has another for the same account and Region.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
 */
export class ModelInvocationLogging extends Construct {
  /** The log group, if the logs go to one. */
  public readonly logGroup?: ILogGroup;
  /** The role with which Amazon Bedrock writes to the log group. */
  public readonly role?: IRole;
  /** The function that sets the configuration, for what no prop says. Its own role is `lambdaFunction.role`. */
  public readonly lambdaFunction: Function;

  constructor(scope: Construct, id: string, props: ModelInvocationLoggingProps = {}) {
    super(scope, id);
    checkLoggingProps(props);
    checkOnlyLogging(this);
    const { bucket, keyPrefix } = props;
    const encryptionKey = keyFor('CloudWatch Logs', 'encryptionKey', props.encryptionKey);
    this.logGroup = props.logGroup ?? (bucket ? undefined : this.newLogGroup({ ...props, encryptionKey }));
    if (this.logGroup) this.role = logGroupRole(this, this.logGroup);
    if (bucket) letBedrockWrite(this, bucket, keyPrefix);
    if (encryptionKey && !props.logGroup && !bucket) letLogsEncrypt(this, encryptionKey, 'ModelInvocationLogging');

    const roles = [this.role, props.replacedRole].flatMap((role) => role ?? []);
    this.lambdaFunction = new DeployTimeFunction(this, 'Handler', {
      description: 'Sets the model invocation logging configuration',
      handler: 'modelInvocationLogging',
      statements: handlerStatements(roles),
    }).lambdaFunction;
    const data = props.data ?? [ModelInvocationData.TEXT, ModelInvocationData.IMAGE];
    const properties: LoggingProperties = {
      LoggingConfig: {
        ...(this.logGroup && { cloudWatchConfig: { logGroupName: this.logGroup.logGroupName, roleArn: this.role!.roleArn } }),
        ...(bucket && { s3Config: { bucketName: bucket.bucketName, keyPrefix } }),
        textDataDeliveryEnabled: data.includes(ModelInvocationData.TEXT),
        imageDataDeliveryEnabled: data.includes(ModelInvocationData.IMAGE),
        embeddingDataDeliveryEnabled: data.includes(ModelInvocationData.EMBEDDING),
        videoDataDeliveryEnabled: data.includes(ModelInvocationData.VIDEO),
        audioDataDeliveryEnabled: data.includes(ModelInvocationData.AUDIO),
      },
      ReplaceExisting: props.replaceExisting ?? false,
      PassableRoleArns: roles.map(({ roleArn }) => roleArn),
    };
    const resource = new CustomResource(this, 'Resource', {
      serviceToken: this.lambdaFunction.functionArn,
      resourceType: 'Custom::BedrockModelInvocationLogging',
      serviceTimeout: SERVICE_TIMEOUT,
      properties: { ...properties },
    });
    // Amazon Bedrock tries the destinations out, so what lets it write comes first.
    if (this.role) resource.node.addDependency(this.role);
    if (bucket?.policy) resource.node.addDependency(bucket.policy);
  }

  private newLogGroup({ encryptionKey, logRetention }: ModelInvocationLoggingProps): ILogGroup {
    return new LogGroup(this, 'LogGroup', {
      encryptionKey, retention: logRetention ?? RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

/** The three calls take no resource; a role can be handed only to Amazon Bedrock. */
function handlerStatements(roles: IRole[]): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: [
        'bedrock:GetModelInvocationLoggingConfiguration', 'bedrock:PutModelInvocationLoggingConfiguration',
        'bedrock:DeleteModelInvocationLoggingConfiguration',
      ],
      resources: ['*'],
    }),
    ...(roles.length > 0 ? [new PolicyStatement({
      actions: ['iam:PassRole'],
      resources: roles.map(({ roleArn }) => roleArn),
      conditions: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } },
    })] : []),
  ];
}
