import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, LoggingFormat, Tracing } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { InvokerAlias } from './invoker-alias';
import { InvokerApi } from './invoker-api';
import { InvokerFunctionUrl } from './invoker-function-url';
import { InvokerGuardrail } from './invoker-guardrail';
import { InvokerRetry } from './invoker-retry';
import { PromptCaching } from './prompt-caching';
import { Sampling } from './sampling';
import { ServiceTier } from './service-tier';
import { IInvocableModel } from '../invocable-model/invocable-model';

/**
 * What a HaikuInvoker calls, with which defaults, and how its function runs.
 *
 * A default applies to events that do not say; what an event says wins, except for the model and the guardrail.
 */
export interface HaikuInvokerProps {
  /**
   * The model to call. The function can call no other: an event that names one is refused.
   *
   * @default - a CrossRegionInferenceProfile in the geography of the stack's own Region
   */
  readonly target?: IInvocableModel;

  /**
   * The dialect of events and answers.
   *
   * @default InvokerApi.MESSAGES
   */
  readonly api?: InvokerApi;

  /**
   * The system prompt of events that bring none. It is kept in an environment variable, and Lambda takes at most 4 KB of those.
   *
   * @default - none
   */
  readonly systemPrompt?: string;

  /**
   * The most output tokens of events that do not say, from 1 to the model's limit. Thinking counts as output. Above what the
   * model writes in one piece (21,333 for Claude Haiku 4.5), the function URL must stream.
   *
   * @default 4096
   */
  readonly maxTokens?: number;

  /**
   * Temperature or nucleus sampling. Does not go with thinking.
   *
   * @default - the model's own
   */
  readonly sampling?: Sampling;

  /**
   * Extended thinking with at most this many tokens: at least the model's minimum (1,024), and fewer than `maxTokens`.
   *
   * @default - no thinking
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
   */
  readonly thinkingBudgetTokens?: number;

  /**
   * Where cache checkpoints are added. An event's own checkpoints come first, and count towards the model's limit.
   *
   * Synthesis warns with the id `cdk-bedrock-haiku:HaikuInvoker.cacheBelowMinimum` of a checkpoint after a `systemPrompt` that is
   * shorter than what the model caches (4,096 tokens for Claude Haiku 4.5), which only tools of the events can make up for.
   *
   * @default - none are added
   */
  readonly promptCaching?: PromptCaching;

  /**
   * The guardrail that every call goes through. bedrock-mantle has none.
   *
   * @default - none
   */
  readonly guardrail?: InvokerGuardrail;

  /**
   * The service tier that calls ask for.
   *
   * @default - none is asked for, which is `default`
   */
  readonly serviceTier?: ServiceTier;

  /**
   * What is written to the model invocation log with every call: 1 to 16 entries of at most 256 characters.
   *
   * @default - nothing
   */
  readonly requestMetadata?: { [key: string]: string };

  /**
   * How throttled and failed calls are repeated.
   *
   * @default - at most 4 calls in all, within the time that Lambda has left
   */
  readonly retry?: InvokerRetry;

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
   * The key that encrypts the environment variables, and with them the system prompt.
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
   *
   * @default - a key of CloudWatch Logs' own
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly logEncryption?: IKey;

  /**
   * The format of what Lambda itself logs. The handler's own line for each call is JSON in both.
   *
   * @default LoggingFormat.JSON
   */
  readonly loggingFormat?: LoggingFormat;

  /**
   * Whether prompts and answers are written to the log too. Synthesis then warns with the id
   * `cdk-bedrock-haiku:HaikuInvoker.contentLogged`.
   *
   * @default false
   */
  readonly logContent?: boolean;

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

  /**
   * An HTTPS endpoint of the function's own.
   *
   * @default - none
   */
  readonly functionUrl?: InvokerFunctionUrl;

  /**
   * The CloudWatch namespace of the metrics.
   *
   * @default 'HaikuInvoker'
   */
  readonly metricsNamespace?: string;
}
