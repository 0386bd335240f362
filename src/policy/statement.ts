/** An IAM statement as it stands in a policy document. Only what this library writes. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** The policy document around some statements. */
export function policyDocument<S>(statements: S[]): { Version: string; Statement: S[] } {
  return { Version: '2012-10-17', Statement: statements };
}

/**
 * Call the model, and stream the answer. Converse and the Messages API are authorised by the same two.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-prereq.html
 */
export const INVOKE_ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/**
 * Look the profile up. The page on prerequisites calls it required to run inference with a profile, and common clients call it.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-prereq.html
 */
export const DESCRIBE_PROFILE_ACTION = 'bedrock:GetInferenceProfile';

/**
 * Call the model on the bedrock-mantle endpoint, streaming included.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockmantle.html
 */
export const MANTLE_INVOKE_ACTION = 'bedrock-mantle:CreateInference';

/**
 * Start a batch job. What it is checked against is documented as the model and the job, with no condition key for the profile.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_bedrock.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-permissions.html
 */
export const BATCH_ACTION = 'bedrock:CreateModelInvocationJob';
