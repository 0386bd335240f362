/** Region prefixes of the partitions other than `aws`. */
const PARTITIONS: Array<[string, string]> = [['us-gov-', 'aws-us-gov'], ['cn-', 'aws-cn'], ['eusc-', 'aws-eusc']];

/**
 * The partition of a Region.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** The ARN of a foundation model. It has no account; for global inference it has no Region either, which is `''`. */
export function foundationModelArn(region: string, modelId: string, partition: string = partitionOf(region)): string {
  return `arn:${partition}:bedrock:${region}::foundation-model/${modelId}`;
}

/** The ARN of a system-defined inference profile, which exists in every account. */
export function inferenceProfileArn(region: string, account: string, profileId: string, partition: string = partitionOf(region)): string {
  return `arn:${partition}:bedrock:${region}:${account}:inference-profile/${profileId}`;
}

/** The ARN of a bedrock-mantle project. */
export function mantleProjectArn(region: string, account: string, projectId: string, partition: string = partitionOf(region)): string {
  return `arn:${partition}:bedrock-mantle:${region}:${account}:project/${projectId}`;
}
