import { join } from 'path';
import { Grant, IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, LoggingFormat, Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { checkMaxTokens, checkTimeout } from './request-checks';
import type { InvokerOptions } from './runtime/invoker-options';
import { CrossRegionInferenceProfile } from '../inference-profile/cross-region-inference-profile';
import { IInvocableModel } from '../invocable-model/invocable-model';

/** By name: the constant came to CDK after the oldest release that this library supports. */
const NODEJS_24 = new Runtime('nodejs24.x', RuntimeFamily.NODEJS, { supportsInlineCode: true });

/**
 * What a HaikuInvoker calls, and how.
 */
export interface HaikuInvokerProps {
  /**
   * The model to call. The function can call no other: an event that names one is refused.
   *
   * @default - a CrossRegionInferenceProfile in the geography of the stack's own Region
   */
  readonly target?: IInvocableModel;

  /**
   * The system prompt of events that bring none.
   *
   * @default - none
   */
  readonly systemPrompt?: string;

  /**
   * The most output tokens of events that do not say, from 1 to the model's limit.
   *
   * @default 4096
   */
  readonly maxTokens?: number;

  /**
   * How long one invocation may take, at most 15 minutes. The model may need minutes for a long answer.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;

  /**
   * The function's memory, in MiB. CPU comes with memory.
   *
   * @default 512
   */
  readonly memorySize?: number;

  /**
   * How long log events are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
}

/**
 * A Lambda function that calls the model: a Messages request body or `{ "prompt": "..." }` in, a Messages response out.
 *
 * Creates the function (Node.js 24, arm64, bundled with this package), its log group, and a role that may call the target and
 * write to that log group, nothing else. Failures have stable names that Step Functions can catch: `RateLimitError`,
 * `OverloadedError`, `AccessDeniedError`, `InvalidRequestError`, `ModelTimeoutError`.
 *
 * Throws if a default is not one that the model takes.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
 */
export class HaikuInvoker extends Construct {
  /** The model that the function calls. */
  public readonly target: IInvocableModel;
  /** The function. */
  public readonly lambdaFunction: Function;

  constructor(scope: Construct, id: string, props: HaikuInvokerProps = {}) {
    super(scope, id);
    this.target = props.target ?? new CrossRegionInferenceProfile(this, 'Target');
    checkMaxTokens(this.target.model, props.maxTokens);
    checkTimeout(props.timeout);

    const logGroup = new LogGroup(this, 'LogGroup', { retention: props.logRetention ?? RetentionDays.ONE_MONTH });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.target.grants.invoke(role);

    const options: InvokerOptions = {
      system: props.systemPrompt,
      maxTokens: props.maxTokens,
    };
    this.lambdaFunction = new Function(this, 'Function', {
      description: `Calls ${this.target.model.name}`,
      runtime: NODEJS_24,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(join(__dirname, '..', '..', 'assets', 'invoke-model')),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      timeout: props.timeout ?? Duration.minutes(5),
      memorySize: props.memorySize ?? 512,
      environment: {
        MODEL_ID: this.target.modelId,
        MODEL_ENDPOINT: this.target.endpoint,
        MODEL_REGION: this.target.sourceRegion,
        INVOKER_OPTIONS: JSON.stringify(options),
      },
    });
  }

  /**
   * Lets a principal invoke the function.
   */
  public grantInvoke(grantee: IGrantable): Grant {
    return this.lambdaFunction.grantInvoke(grantee);
  }
}
