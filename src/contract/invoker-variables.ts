/** Environment variables, as `process.env` has them. */
export interface Environment {
  readonly [name: string]: string | undefined;
}

/** The environment variables that the construct sets and the handler reads. */
export const VARIABLES = {
  modelId: 'MODEL_ID',
  endpoint: 'MODEL_ENDPOINT',
  region: 'MODEL_REGION',
  /** The bedrock-mantle project of the calls; left out for the account's default one. */
  projectId: 'MODEL_PROJECT_ID',
  /** The options, as JSON: see `WrittenOptions`. */
  options: 'INVOKER_OPTIONS',
  /** The ARNs of the queues whose mappings report batch item failures, with spaces between them. */
  reportingQueues: 'SQS_REPORTS_ITEM_FAILURES',
  /** The role that calls are made with, where that is not the function's own, and what its trust policy may ask for. */
  assumedRole: 'ASSUMED_ROLE_ARN',
  externalId: 'ASSUMED_ROLE_EXTERNAL_ID',
  /** As the AWS SDKs name them. */
  fips: 'AWS_USE_FIPS_ENDPOINT',
  dualStack: 'AWS_USE_DUALSTACK_ENDPOINT',
  /** An API key of Amazon Bedrock, which the AWS SDKs would call with in place of the function's role. */
  apiKey: 'AWS_BEARER_TOKEN_BEDROCK',
} as const;

/** The variable of an option that is known only at deploy time: `INVOKER_OPTION_GUARDRAIL_VERSION` for the guardrail's version. */
export function optionVariable(path: readonly string[]): string {
  return `INVOKER_OPTION_${path.map((name) => name.replace(/[A-Z]/g, '_$&').toUpperCase()).join('_')}`;
}
