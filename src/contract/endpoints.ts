/** The API whose bodies are events and answers; each has a bundle of its own. */
export type ApiName = 'messages' | 'converse';

/** The two endpoints that serve the model, by name: which APIs they have, what SigV4 calls them, and how the AWS SDKs name the variable that replaces their URL. */
export const ENDPOINTS = {
  'bedrock-runtime': { apis: ['messages', 'converse'], signingName: 'bedrock', override: 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME' },
  'bedrock-mantle': { apis: ['messages'], signingName: 'bedrock-mantle', override: 'AWS_ENDPOINT_URL_BEDROCK_MANTLE' },
} satisfies Record<string, { readonly apis: readonly ApiName[]; readonly signingName: string; readonly override: string }>;

export type EndpointName = keyof typeof ENDPOINTS;

/** The options that bedrock-mantle does not take, or takes in a way that is not documented: left out silently they would seem to work. */
export const NOT_ON_MANTLE = ['guardrail', 'serviceTier', 'requestMetadata'] as const;

/**
 * The Regions where bedrock-runtime has a FIPS endpoint. The AWS SDKs make up a name for any Region; elsewhere it does not exist.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/bedrock.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html
 */
export const FIPS_REGIONS: readonly string[] = ['us-east-1', 'us-east-2', 'us-west-2', 'ca-central-1', 'us-gov-east-1', 'us-gov-west-1'];

/**
 * The Regions where AWS STS has a FIPS endpoint.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sts.html
 */
export const STS_FIPS_REGIONS: readonly string[] = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'us-gov-east-1', 'us-gov-west-1'];
