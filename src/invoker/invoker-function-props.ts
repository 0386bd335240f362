import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel, Architecture, IDestination, ILayerVersion, LoggingFormat, RuntimeManagementMode, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { InvokerAlias } from './invoker-alias';

/**
 * How the function of a HaikuInvoker runs. What Lambda has too is named as `FunctionOptions` of aws-cdk-lib names it.
 */
export interface InvokerFunctionProps {
  /**
   * The function's name, 1 to 64 letters, digits, `-` and `_`. A change of it makes a new function.
   *
   * @default - CloudFormation generates one
   */
  readonly functionName?: string;

  /**
   * The function's description, at most 256 characters.
   *
   * @default - which model it calls
   */
  readonly description?: string;

  /**
   * The role that the function runs with: one of this account that trusts `lambda.amazonaws.com`. It is given the access that the
   * function needs, and nothing else.
   *
   * Synthesis warns with the id `cdk-bedrock-haiku:HaikuInvoker.notAttached`, and prints the policy to attach by hand, if the policies
   * of the role cannot be changed from this app.
   *
   * @default - a new one
   */
  readonly role?: IRole;

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
   * Whether the new security group allows everything out. It is for a function in a VPC without `securityGroups`.
   *
   * @default true
   */
  readonly allowAllOutbound?: boolean;

  /**
   * Whether the new security group allows everything out over IPv6. It is for a function in a VPC without `securityGroups`.
   *
   * @default false
   */
  readonly allowAllIpv6Outbound?: boolean;

  /**
   * Whether the function in a VPC may use IPv6 in subnets that have both IPv4 and IPv6, as calls of the dual-stack endpoint can.
   *
   * @default false
   */
  readonly ipv6AllowedForDualStack?: boolean;

  /**
   * Whether the function may be in public subnets, where it reaches the VPC's endpoints but not the internet.
   *
   * @default false
   */
  readonly allowPublicSubnet?: boolean;

  /**
   * The layers of the function, at most 5, for example an extension that ships its logs. Each must be made for Node.js 24 or for any
   * runtime, and be in the Region of the stack.
   *
   * @default - none
   */
  readonly layers?: ILayerVersion[];

  /**
   * When the function gets a newer patch of its runtime.
   *
   * @default - RuntimeManagementMode.AUTO
   */
  readonly runtimeManagementMode?: RuntimeManagementMode;

  /**
   * The key that encrypts the environment variables, and with them the system prompt. An alias is one only if the app knows its key.
   *
   * @default - a key of Lambda's own
   */
  readonly environmentEncryption?: IKey;

  /**
   * The log group that the function writes to, of this account and Region, and of the class STANDARD, in which alone CloudWatch reads metrics. It does not go with `logRetention` and
   * `logGroupEncryptionKey`, which are set where the log group is made.
   *
   * @default - a new one
   */
  readonly logGroup?: ILogGroup;

  /**
   * How long the new log group keeps log events.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * The key that encrypts the new log group. Its key policy then lets CloudWatch Logs of this account and Region use it; where it is
   * not this app's to change, synthesis warns with the id `cdk-bedrock-haiku:HaikuInvoker.keyPolicyNotAttached` and the statement.
   * An alias is one only if the app knows its key.
   *
   * @default - a key of CloudWatch Logs' own
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly logGroupEncryptionKey?: IKey;

  /**
   * The format of what Lambda itself logs. The handler's own line for each call is JSON in both. With the JSON format it has a level,
   * by which Lambda filters: an answer `INFO`, a caller's error `WARN`, any other failure `ERROR`. No filter drops the metrics.
   *
   * @default LoggingFormat.JSON
   */
  readonly loggingFormat?: LoggingFormat;

  /**
   * From which level on Lambda keeps the lines of the handler. It is for the log format JSON.
   *
   * @default ApplicationLogLevel.INFO
   */
  readonly applicationLogLevelV2?: ApplicationLogLevel;

  /**
   * From which level on Lambda keeps its own lines. It is for the log format JSON.
   *
   * @default SystemLogLevel.INFO
   */
  readonly systemLogLevelV2?: SystemLogLevel;

  /**
   * AWS X-Ray tracing of the function.
   *
   * @default Tracing.DISABLED
   */
  readonly tracing?: Tracing;

  /**
   * Whether the log line of each call has the attributes that OpenTelemetry's conventions for generative AI name, under `attributes`, and the trace
   * ID of a caller that sends a W3C `traceparent` header. With `tracing`, each call is also a subsegment in AWS X-Ray, with the same attributes.
   * None of these names is stable yet: a release may follow a change of the conventions.
   *
   * @default false
   * @see https://opentelemetry.io/docs/specs/semconv/gen-ai/aws-bedrock/
   */
  readonly openTelemetry?: boolean;

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
   * How long Lambda keeps an asynchronous invocation that waits, 60 seconds to 6 hours. This and the next three are for the alias if
   * there is one.
   *
   * @default Duration.hours(6)
   */
  readonly maxEventAge?: Duration;

  /**
   * How often Lambda invokes the function again after an asynchronous invocation that failed, 0 to 2. How one invocation repeats calls
   * of the model is for `retry` to say.
   *
   * @default 2
   */
  readonly retryAttempts?: number;

  /**
   * Where a record of each asynchronous invocation goes that failed for good. It holds the event, and so the prompt.
   *
   * @default - nowhere
   */
  readonly onFailure?: IDestination;

  /**
   * Where a record of each asynchronous invocation goes that succeeded. It holds the event and the answer.
   *
   * @default - nowhere
   */
  readonly onSuccess?: IDestination;

  /**
   * An alias, through which the function is then called.
   *
   * @default - none
   */
  readonly alias?: InvokerAlias;
}
