import { partitionOf } from './partition';

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
