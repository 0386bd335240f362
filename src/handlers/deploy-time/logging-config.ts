import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import type { Flag, LoggingProperties } from '../../contract/custom-resources';

/** What the properties of the custom resource ask for. */
export interface Asked {
  readonly config: LoggingConfig;
  readonly replaceExisting: boolean;
  readonly passableRoleArns: string[];
}

/** CloudFormation makes text of booleans. */
export function asked(properties: object): Asked {
  const { LoggingConfig: config, ReplaceExisting, PassableRoleArns = [] } = properties as LoggingProperties;
  const isTrue = (flag: Flag) => String(flag) === 'true';
  return {
    config: {
      ...config,
      textDataDeliveryEnabled: isTrue(config.textDataDeliveryEnabled),
      imageDataDeliveryEnabled: isTrue(config.imageDataDeliveryEnabled),
      embeddingDataDeliveryEnabled: isTrue(config.embeddingDataDeliveryEnabled),
      videoDataDeliveryEnabled: isTrue(config.videoDataDeliveryEnabled),
      audioDataDeliveryEnabled: isTrue(config.audioDataDeliveryEnabled),
    },
    replaceExisting: isTrue(ReplaceExisting),
    passableRoleArns: PassableRoleArns,
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
