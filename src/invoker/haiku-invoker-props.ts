import { IRole } from 'aws-cdk-lib/aws-iam';
import { InvokerApi } from './invoker-api';
import { InvokerFunctionProps } from './invoker-function-props';
import { InvokerFunctionUrl } from './invoker-function-url';
import { InvokerGuardrail } from './invoker-guardrail';
import { InvokerModelsProps } from './invoker-models-props';
import { InvokerRetry } from './invoker-retry';
import { LockedField } from './locked-field';
import { PromptCaching } from './prompt-caching';
import { Sampling } from './sampling';
import { SystemPromptSource } from './system-prompt-source';
import { ServiceTier } from '../catalog/service-tier';
import { EffortLevel } from '../catalog/thinking-support';
import { IInvocableModel } from '../targets/invocable-model';

/**
 * What a HaikuInvoker calls, with which defaults, and how its function runs. A default applies to events that do not say and that it goes
 * with; what an event says wins, except for the model, the guardrail, the service tier, the request metadata and what `lockedFields` names.
 */
export interface HaikuInvokerProps extends InvokerFunctionProps, InvokerModelsProps {
  /**
   * The model to call. The function can call no other: an event may leave the model out or call it by any of its own names, such as
   * `claude-haiku-4-5`, and is refused if it names another one.
   *
   * @default - a CrossRegionInferenceProfile in the geography of the stack's own Region
   */
  readonly target?: IInvocableModel;

  /**
   * The role that the function assumes to call the model, for example one of a central account that has the model access, the quotas
   * and the logs of an organization. The function's own role may then assume this one (`sts:AssumeRole`) and not call the model; this
   * one is given what calls need, in its own account, and trusts the function's role. It may be of the stack's own account too.
   *
   * Synthesis warns with the ids `cdk-bedrock-haiku:HaikuInvoker.assumedRoleNotAttached`,
   * `cdk-bedrock-haiku:<Class of the target>.notAttached` and `cdk-bedrock-haiku:HaikuInvoker.trustNotAttached`, and prints what to attach by
   * hand, where policies of the role cannot be changed from this app; with `cdk-bedrock-haiku:HaikuInvoker.trustPolicySize` where its trust
   * policy grows beyond 2,048 characters, and it fails beyond 4,096. Unless the role is made in the same stack, the function's role gets a
   * name, by which it can be trusted before it exists.
   *
   * Credentials are asked of AWS STS in the function's Region, kept for an hour at most, and renewed in time. A function in a VPC
   * needs a way to that too: a VPC endpoint of sts (the FIPS endpoint is sts-fips), or a NAT gateway.
   *
   * @default - the function calls with its own role
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_aws-accounts.html
   */
  readonly assumedRole?: IRole;

  /**
   * The external ID that the trust policy of the assumed role asks for: 2 to 1,224 letters, digits and `_+=,.@:/-`. It is no secret, and
   * stands in the template.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
   */
  readonly externalId?: string;

  /**
   * The dialect of events and answers.
   *
   * @default InvokerApi.MESSAGES
   */
  readonly api?: InvokerApi;

  /**
   * The system prompt of events that bring none. It is kept in an environment variable, and Lambda takes at most 4 KB of those; for a longer
   * one there is `systemPromptSource`.
   *
   * @default - none
   */
  readonly systemPrompt?: string;

  /**
   * Where the function reads the system prompt of events that bring none, once: a file of the app, an object in S3 or a parameter of
   * Parameter Store. Excludes `systemPrompt`.
   *
   * Where that fails, each call fails with `ConfigurationError`, and the next one reads again.
   *
   * @default - nowhere: systemPrompt, or none
   */
  readonly systemPromptSource?: SystemPromptSource;

  /**
   * The most output tokens of events that do not say, from 1 to the model's limit. Thinking counts as output. With thinking, more than
   * the model writes in one piece (21,333 for Claude Haiku 4.5) must be streamed.
   *
   * An event that sets a thinking budget as large as this, and no output tokens, gets its budget on top.
   *
   * @default 4096
   */
  readonly maxTokens?: number;

  /**
   * Temperature or nucleus sampling. Does not go with thinking. Yields to events that set either, top_k or thinking.
   *
   * Where the model's card does not say that it takes them, none is sent, and synthesis warns with the id
   * `cdk-bedrock-haiku:HaikuInvoker.notOnCard`.
   *
   * @default - the model's own
   */
  readonly sampling?: Sampling;

  /**
   * Extended thinking with at most this many tokens: at least the model's minimum (1,024), and fewer than `maxTokens`.
   *
   * Yields to events that thinking does not go with: those that set temperature, top_p or top_k, output tokens not above the budget or
   * too many for an answer that comes whole, or a forced tool, and those whose last message begins the answer or gives the result of a
   * tool that was called without thinking. Where the model's card does not say that it takes a thinking budget, none is sent, and
   * synthesis warns with the id `cdk-bedrock-haiku:HaikuInvoker.notOnCard`.
   *
   * @default - no thinking
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
   */
  readonly thinkingBudgetTokens?: number;

  /**
   * How much the model is to think and write, for events that ask for no effort. Yields to events whose thinking allows less. Sent only
   * where the model's card has levels of effort; synthesis warns otherwise, as for `thinkingBudgetTokens`, and throws for a level that it lacks.
   *
   * @default - the model's own
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-adaptive-thinking.html
   */
  readonly effort?: EffortLevel;

  /**
   * Where cache checkpoints are added. An event's own checkpoints come first, and count towards the model's limit. A checkpoint goes
   * to the last tool or block that can carry one. Synthesis warns with the id `cdk-bedrock-haiku:HaikuInvoker.cacheBelowMinimum` of a checkpoint after a `systemPrompt` that is
   * shorter than what the model caches (4,096 tokens for Claude Haiku 4.5), which only tools of the events can make up for.
   *
   * @default - none are added
   */
  readonly promptCaching?: PromptCaching;

  /**
   * What events cannot set, so that callers are held to what is said here, for example `LockedField.SYSTEM`.
   *
   * @default - an event may set all but the model, the guardrail, the service tier and the request metadata
   */
  readonly lockedFields?: LockedField[];

  /**
   * The guardrail that every call goes through. bedrock-mantle has none. An event that takes parts of its prompt from the guardrail
   * is refused: `amazon-bedrock-guardrailConfig` in a Messages body, `guardContent` blocks in a Converse one.
   *
   * @default - none
   */
  readonly guardrail?: InvokerGuardrail;

  /**
   * The service tier that calls ask for. An event that asks for another one is refused, also where this is left out: a tier other than
   * `default` is the construct's to choose.
   *
   * @default - none is asked for, which is `default`
   */
  readonly serviceTier?: ServiceTier;

  /**
   * What is written to the model invocation log with every call: 1 to 16 entries of at most 256 characters. A Converse event may
   * add entries, and change none of these.
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
   * Whether calls go to the FIPS endpoint of bedrock-runtime, which exists in us-east-1, us-east-2, us-west-2, ca-central-1 and the
   * GovCloud Regions; bedrock-mantle has none. Sets `AWS_USE_FIPS_ENDPOINT`. Throws where the Region has no such endpoint; where the
   * Region is known only at deploy time, the function fails when it starts. In a VPC, its VPC endpoint is `bedrock-runtime-fips`. A system
   * prompt is then read at such an endpoint too. With `assumedRole`, AWS STS is asked at its FIPS endpoint too, which ca-central-1 does
   * not have.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
   */
  readonly fipsEndpoint?: boolean;

  /**
   * Whether calls go to the dual-stack endpoint, which answers over IPv4 and IPv6. Sets `AWS_USE_DUALSTACK_ENDPOINT`. The one endpoint
   * that bedrock-mantle has in a Region bears a dual-stack name already.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
   */
  readonly dualStackEndpoint?: boolean;

  /**
   * Whether prompts and answers are written to the log too; of failed calls the request, and all that the service said. Synthesis then warns with the id
   * `cdk-bedrock-haiku:HaikuInvoker.contentLogged`.
   *
   * @default false
   */
  readonly logContent?: boolean;

  /**
   * An HTTPS endpoint of the function's own.
   *
   * @default - none
   */
  readonly functionUrl?: InvokerFunctionUrl;

  /**
   * Response streaming: the function writes server-sent events of the Messages API as they arrive, for a function URL that streams, a
   * REST API of API Gateway whose integration has the response transfer mode STREAM (with another one its callers get no body), or
   * InvokeWithResponseStream.
   *
   * Over HTTP a request gets a stream if it says `"stream": true`, and else its answer whole, as in the Messages API itself. HTTP APIs and
   * load balancers cannot stream: through them answers come whole. A direct invocation gets a stream unless it says `"stream": false`.
   * The function takes no SQS events. Without response streaming, `"stream": true` is refused wherever it is said.
   *
   * @default - as functionUrl has it: true with InvokerFunctionUrl.streaming(), else false
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
   */
  readonly responseStreaming?: boolean;

  /**
   * The CloudWatch namespace of the metrics.
   *
   * @default 'HaikuInvoker'
   */
  readonly metricsNamespace?: string;
}
