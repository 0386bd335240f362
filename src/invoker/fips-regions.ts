/**
 * The Regions where bedrock-runtime has a FIPS endpoint. The AWS SDKs make up a name for any Region; elsewhere it does not exist.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/bedrock.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html
 */
export const FIPS_REGIONS = ['us-east-1', 'us-east-2', 'us-west-2', 'ca-central-1', 'us-gov-east-1', 'us-gov-west-1'];
