import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';

/**
 * What a grant holds besides the calls.
 */
export interface InvocationGrantOptions {
  /**
   * The ARN of a guardrail that the account or the organization enforces on calls, without a version. Callers need access to it, so that
   * without this a role that has no more than it needs loses the model on the day when the enforcement is switched on.
   *
   * @default - none: no guardrail is enforced
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-enforcements.html
   */
  readonly enforcedGuardrailArn?: string | undefined;
}

/**
 * The kinds of API keys of Amazon Bedrock.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
 */
export enum ApiKeyType {
  /** Made of the credentials of a session, by whoever has these; valid for 12 hours at most, and no longer than the session. */
  SHORT_TERM = 'SHORT_TERM',
  /** A credential of an IAM user, which lasts until it expires or is deleted. AWS advises it for trying things out only. */
  LONG_TERM = 'LONG_TERM',
}

/**
 * Which API keys a principal may call with.
 */
export interface ApiKeyGrantOptions extends InvocationGrantOptions {
  /**
   * The kind of key. Keys of the other kind are not let through.
   *
   * @default ApiKeyType.SHORT_TERM
   */
  readonly keyType?: ApiKeyType | undefined;

  /**
   * Lets the grantee, an IAM user, make long-term keys for itself that expire after this time at the latest: whole days, from 1 to 36,600.
   *
   * @default - the grant lets nobody make a key
   */
  readonly maxAge?: Duration | undefined;
}

/**
 * Gives principals access to a model: `profile.grants.invoke(role)`. Not for implementing: new members may come in any release.
 *
 * Each grant warns with the id `cdk-bedrock-haiku:<Class>.notAttached`, such as `cdk-bedrock-haiku:CrossRegionInferenceProfile.notAttached`,
 * and prints the policy to attach by hand, if the principal's policies cannot be changed from this app. Each throws if the grantee is not a
 * principal, or of an account that cannot call the model this way.
 */
export interface IInvocationGrants {
  /**
   * Everything that is needed to call the model and to stream its answers, and nothing else.
   *
   * Several inference profiles that reach the same models in the same way share the statements on the models. Synthesis fails if the
   * policies of the principal become larger than IAM takes.
   *
   * @param grantee - what is to call the model: a role, a user, a function or another principal
   */
  invoke(grantee: IGrantable, options?: InvocationGrantOptions): Grant;

  /**
   * The same, and to call with an API key of Amazon Bedrock: with the AWS SDKs as `AWS_BEARER_TOKEN_BEDROCK`, with Anthropic's own SDK as its
   * API key, at the base URL `https://bedrock-runtime.<Region>.amazonaws.com/anthropic`. A key can do what its principal can.
   *
   * Throws if the grantee cannot have such keys.
   *
   * @param grantee - who makes or has the keys: calls with a key are calls of this principal
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
   */
  invokeWithApiKey(grantee: IGrantable, options?: ApiKeyGrantOptions): Grant;

  /**
   * Lets a principal count the tokens of a request, which costs nothing and calls no model. It does not let it call the model.
   *
   * Throws if the endpoint counts no tokens for the model: bedrock-runtime counts them for few, and bedrock-mantle for every one that it serves.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html
   */
  countTokens(grantee: IGrantable): Grant;
}
