import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import type { ResourceProperties } from '../../contract/cloudformation-event';

/** What the properties of the custom resource say. */
export interface LoggingProperties {
  readonly config: LoggingConfig;
  /** Whether a configuration that is there already may be replaced. */
  readonly replaceExisting: boolean;
  /** The roles that the handler may hand to Amazon Bedrock, so the configurations that it can restore. */
  readonly passableRoleArns: string[];
}

/** CloudFormation makes text of booleans. */
export function loggingProperties(properties: ResourceProperties): LoggingProperties {
  const text = properties as unknown as { LoggingConfig: LoggingConfig; ReplaceExisting: string; PassableRoleArns: string[] };
  const flags = ['textDataDeliveryEnabled', 'imageDataDeliveryEnabled', 'embeddingDataDeliveryEnabled', 'videoDataDeliveryEnabled', 'audioDataDeliveryEnabled'];
  return {
    config: {
      ...text.LoggingConfig,
      ...Object.fromEntries(flags.map((flag) => [flag, String(text.LoggingConfig[flag as keyof LoggingConfig]) === 'true'])),
    },
    replaceExisting: text.ReplaceExisting === 'true',
    passableRoleArns: text.PassableRoleArns ?? [],
  };
}

/** Whether two configurations deliver to the same places: then one is the other, whatever the service filled in. */
export function samePlaces(one: LoggingConfig | undefined, other: LoggingConfig | undefined): boolean {
  return places(one) === places(other);
}

/** Where a configuration delivers, for people. */
export function describe({ cloudWatchConfig, s3Config }: LoggingConfig): string {
  const all = [
    ...(cloudWatchConfig ? [`log group ${cloudWatchConfig.logGroupName}`] : []),
    ...(s3Config ? [`bucket ${s3Config.bucketName}${s3Config.keyPrefix ? `/${s3Config.keyPrefix}` : ''}`] : []),
  ];
  return all.join(' and ') || 'nowhere';
}

function places(config: LoggingConfig | undefined): string {
  const { cloudWatchConfig, s3Config } = config ?? {};
  return JSON.stringify([cloudWatchConfig?.logGroupName, cloudWatchConfig?.roleArn, s3Config?.bucketName, s3Config?.keyPrefix ?? '']);
}
