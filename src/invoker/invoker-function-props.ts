import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, LoggingFormat, Tracing } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';

/**
 * An alias of a HaikuInvoker's function, always on its newest version.
 */
export interface InvokerAlias {
  /**
   * The name: 1 to 128 letters, digits, `-` and `_`, not digits alone.
   */
  readonly aliasName: string;

  /**
   * How many instances are kept ready, so that no call waits for one to start. They are paid for while they are kept.
   *
   * @default - none
   */
  readonly provisionedConcurrentExecutions?: number;
}

/**
 * How the function of a HaikuInvoker runs.
 */
export interface InvokerFunctionProps {
  /**
   * How long one invocation may take, 1 second to 15 minutes. The model may need minutes for a long answer.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;

  /**
   * The function's memory, 128 to 10,240 MiB. CPU comes with memory.
   *
   * @default 512
   */
  readonly memorySize?: number;

  /**
   * The function's processor architecture.
   *
   * @default Architecture.ARM_64
   */
  readonly architecture?: Architecture;

  /**
   * The VPC to run in. It needs a way to the endpoint: a VPC endpoint of bedrock-runtime (or bedrock-mantle), or a NAT gateway.
   *
   * @default - not in a VPC
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the VPC.
   *
   * @default - those of the VPC with a way out, not public
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The security groups of the function in the VPC.
   *
   * @default - a new one that allows everything out
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The key that encrypts the environment variables, and with them the system prompt. An alias is one only if the app knows its key.
   *
   * @default - a key of Lambda's own
   */
  readonly environmentEncryption?: IKey;

  /**
   * How long log events are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * The key that encrypts the log group. Its key policy then lets CloudWatch Logs of this account and Region use it; where it is
   * not this app's to change, synthesis warns with the id `cdk-bedrock-haiku:HaikuInvoker.keyPolicyNotAttached` and the statement.
   * An alias is one only if the app knows its key.
   *
   * @default - a key of CloudWatch Logs' own
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly logEncryption?: IKey;

  /**
   * The format of what Lambda itself logs. The handler's own line for each call is JSON in both. With the JSON format it has a level,
   * by which Lambda filters: an answer `INFO`, a caller's error `WARN`, any other failure `ERROR`. No filter drops the metrics.
   *
   * @default LoggingFormat.JSON
   */
  readonly loggingFormat?: LoggingFormat;

  /**
   * AWS X-Ray tracing of the function.
   *
   * @default Tracing.DISABLED
   */
  readonly tracing?: Tracing;

  /**
   * The most instances that run at once, taken from what the account has. A bound on cost.
   *
   * @default - none are reserved
   */
  readonly reservedConcurrentExecutions?: number;

  /**
   * Where asynchronous invocations go that failed for good. A standard queue.
   *
   * @default - they are dropped
   */
  readonly deadLetterQueue?: IQueue;

  /**
   * An alias, through which the function is then called.
   *
   * @default - none
   */
  readonly alias?: InvokerAlias;
}
