import type {
  FoundationModelDetails, GetFoundationModelAvailabilityCommandOutput, InferenceProfileSummary, LoggingConfig,
} from '@aws-sdk/client-bedrock';

/** A shape of the API model as it travels: dates and bytes as text. */
export type Wire<T> = T extends Date | Uint8Array ? string : T extends object ? { [K in keyof T]: Wire<T[K]> } : T;

export type WireProfile = Wire<InferenceProfileSummary>;
export type WireModel = Wire<FoundationModelDetails>;
export type WireAvailability = Wire<Omit<GetFoundationModelAvailabilityCommandOutput, '$metadata'>>;
export type WireLogging = Wire<LoggingConfig>;

/** What one Region of the account holds. Tests change it as they like. */
export interface RegionState {
  enabled: boolean;
  profiles: WireProfile[];
  model?: WireModel;
  availability: WireAvailability;
  /** The use-case form, base64. */
  useCaseForm?: string;
  /** Quota code -> applied value. */
  quotas: Record<string, number>;
  logging?: WireLogging;
}
