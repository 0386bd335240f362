/** The exports of the handlers' bundle, one for each custom resource. */
export type CustomResourceHandler = 'preflight' | 'modelInvocationLogging';

/** The properties that HaikuPreflight writes into the template. CloudFormation makes text of everything, so all is text from the start. */
export interface PreflightProperties {
  readonly ModelId: string;
  readonly InferenceProfileId: string;
  readonly SourceRegion: string;
  /** Left out for global inference, whose destinations AWS does not publish. */
  readonly DestinationRegions?: string[];
  readonly Quotas: QuotaProperty[];
  readonly MarketplaceProductId?: string;
  readonly OnDrift: OnFinding;
  readonly OnMissingAccess: OnFinding;
  readonly OnUnchecked: OnFinding;
  /** `true` or left out. */
  readonly AcceptAgreement?: string;
  /** The fields of the use-case form. The handler makes JSON of them: what is known only at deploy time would break JSON in a template. */
  readonly UseCaseForm?: Record<string, string>;
  /** The role that asks, where it is not the function's own. */
  readonly AssumedRoleArn?: string;
  readonly ExternalId?: string;
  /** Changed to ask again. */
  readonly RunAgain?: string;
}

export type OnFinding = 'FAIL' | 'WARN';

/** One quota that limits the calls. */
export interface QuotaProperty {
  readonly Code: string;
  readonly Name: string;
  readonly Adjustable: string;
}

/** The properties that ModelInvocationLogging writes into the template. */
export interface LoggingProperties {
  readonly LoggingConfig: LoggingConfigProperty;
  /** Whether a configuration that is there already may be replaced. */
  readonly ReplaceExisting: Flag;
  /** The roles that the handler may hand to Amazon Bedrock, so the configurations that it can restore. */
  readonly PassableRoleArns: string[];
}

/** What `PutModelInvocationLoggingConfiguration` takes. */
export interface LoggingConfigProperty {
  readonly cloudWatchConfig?: { readonly logGroupName: string; readonly roleArn: string };
  readonly s3Config?: { readonly bucketName: string; readonly keyPrefix?: string };
  readonly textDataDeliveryEnabled: Flag;
  readonly imageDataDeliveryEnabled: Flag;
  readonly embeddingDataDeliveryEnabled: Flag;
  readonly videoDataDeliveryEnabled: Flag;
  readonly audioDataDeliveryEnabled: Flag;
}

/** A boolean in the template, its text in the event. */
export type Flag = boolean | 'true' | 'false';
