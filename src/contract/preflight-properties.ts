import type { ResourceProperties } from './cloudformation-event';

/** The properties of the custom resource: what HaikuPreflight writes into the template. */
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
  /** `true` or left out: CloudFormation makes text of everything. */
  readonly AcceptAgreement?: string;
  /** The fields of the use-case form. The handler makes JSON of them: what is known only at deploy time would break JSON in a template. */
  readonly UseCaseForm?: Record<string, string>;
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

export function preflightProperties(properties: ResourceProperties): PreflightProperties {
  return properties as unknown as PreflightProperties;
}
