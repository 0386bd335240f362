/**
 * What a request's or an answer's body holds at most, in bytes.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html
 */
export const BEDROCK_BODY_BYTES = 25_000_000;

/**
 * What Lambda returns at most, in bytes of JSON. Its page says 6 MB, its error says this number.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const LAMBDA_PAYLOAD_BYTES = 6_291_556;

/** What Lambda's environment variables hold together at most, in bytes of JSON. The same page says so. */
export const LAMBDA_ENVIRONMENT_BYTES = 4096;

/** The most entries of metadata that Converse and InvokeModel take with a request. */
export const METADATA_ENTRIES = 16;
