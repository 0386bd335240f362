import { Geography } from '../catalog/geography';

/**
 * Why a request cannot be routed as asked. The codes are stable.
 */
export enum RoutingFindingCode {
  /** The model has no inference profile in the geography. */
  GEOGRAPHY_NOT_PUBLISHED = 'GEOGRAPHY_NOT_PUBLISHED',
  /** AWS names the geography's profile in the source Region without the Regions that requests may run in. */
  GEOGRAPHY_WITHOUT_ROUTES = 'GEOGRAPHY_WITHOUT_ROUTES',
  /** The geography's profile does not serve the source Region. */
  SOURCE_REGION_OUTSIDE_GEOGRAPHY = 'SOURCE_REGION_OUTSIDE_GEOGRAPHY',
  /** The source Region belongs to no geography; only global inference serves it. */
  SOURCE_REGION_WITHOUT_GEOGRAPHY = 'SOURCE_REGION_WITHOUT_GEOGRAPHY',
  /** The source Region belongs to several geographies, so one must be named. */
  SOURCE_REGION_IN_SEVERAL_GEOGRAPHIES = 'SOURCE_REGION_IN_SEVERAL_GEOGRAPHIES',
  /** No inference option is documented for the source Region. */
  SOURCE_REGION_NOT_DOCUMENTED = 'SOURCE_REGION_NOT_DOCUMENTED',
  /** The global profile does not serve the source Region. */
  SOURCE_REGION_NOT_GLOBAL = 'SOURCE_REGION_NOT_GLOBAL',
  /** A destination Region lies outside the Regions that are allowed. */
  DESTINATION_NOT_ALLOWED = 'DESTINATION_NOT_ALLOWED',
  /** No endpoint serves the model within the Region, or not the one that was asked for. */
  IN_REGION_NOT_SERVED = 'IN_REGION_NOT_SERVED',
  /** What was given is not the ID of one of the model's inference profiles. */
  NOT_AN_INFERENCE_PROFILE_ID = 'NOT_AN_INFERENCE_PROFILE_ID',
}

/**
 * What the values of a finding are.
 */
export enum RoutingFindingSubject {
  /** The Region that requests are sent to. */
  SOURCE_REGION = 'SOURCE_REGION',
  /** The prefixes of geographies, `eu`. */
  GEOGRAPHY = 'GEOGRAPHY',
  /** The Regions that requests are allowed to run in. */
  ALLOWED_REGIONS = 'ALLOWED_REGIONS',
  /** The IDs of inference profiles. */
  INFERENCE_PROFILE_ID = 'INFERENCE_PROFILE_ID',
}

/**
 * What can be done about a finding.
 */
export enum RoutingRemedyKind {
  /** Stay in one of the remedy's `geographies`: the source Region belongs to them. */
  CHOOSE_GEOGRAPHY = 'CHOOSE_GEOGRAPHY',
  /** Choose Global cross-Region inference, with which data can leave its geography. */
  CHOOSE_GLOBAL = 'CHOOSE_GLOBAL',
  /** Send requests to one of the remedy's `regions`. */
  CHOOSE_SOURCE_REGION = 'CHOOSE_SOURCE_REGION',
  /** Use In-Region inference, with which requests run in the source Region. */
  CHOOSE_IN_REGION = 'CHOOSE_IN_REGION',
  /** Use a cross-Region inference profile in place of In-Region inference. */
  CHOOSE_CROSS_REGION = 'CHOOSE_CROSS_REGION',
  /** Let requests run in the remedy's `regions` as well. */
  ALLOW_REGIONS = 'ALLOW_REGIONS',
  /** Let requests run in every Region. */
  ALLOW_EVERY_REGION = 'ALLOW_EVERY_REGION',
  /** If AWS publishes it: pass a card of your own, which has it in one of the remedy's `cardFields`. */
  OWN_CARD = 'OWN_CARD',
}

/** What can be done about a finding, each kind with its values. */
export type Remedy =
  | { readonly kind: RoutingRemedyKind.CHOOSE_GEOGRAPHY; readonly geographies: readonly Geography[] }
  | { readonly kind: RoutingRemedyKind.CHOOSE_GLOBAL | RoutingRemedyKind.CHOOSE_IN_REGION | RoutingRemedyKind.CHOOSE_CROSS_REGION }
  | { readonly kind: RoutingRemedyKind.ALLOW_EVERY_REGION }
  | { readonly kind: RoutingRemedyKind.CHOOSE_SOURCE_REGION | RoutingRemedyKind.ALLOW_REGIONS; readonly regions: readonly string[] }
  | { readonly kind: RoutingRemedyKind.OWN_CARD; readonly cardFields: readonly string[] };

/** What was given in place of an inference profile ID. */
export type ProfileIdMistake =
  | { readonly kind: 'no text' | 'token' | 'ARN' | 'model ID' | 'In-Region model ID' | 'mantle ID' | 'made-up model ID' }
  | { readonly kind: 'geography twice'; readonly geography: string }
  | { readonly kind: 'name of another platform'; readonly platform: string }
  | { readonly kind: 'not published'; readonly nearest?: string };

/** An endpoint that can serve a model within one Region. */
export type InRegionEndpoint = 'bedrock-mantle' | 'bedrock-runtime';

/** What every finding holds. */
interface Found {
  readonly subject: RoutingFindingSubject;
  /** The model's name. */
  readonly model: string;
  /** The source Region, if it is known. */
  readonly sourceRegion?: string;
  readonly given: readonly unknown[];
  /** What would have been taken; empty if the card has nothing of the kind. */
  readonly allowed: readonly string[];
  /** When the card was read. */
  readonly asOf: string;
  readonly remedies: readonly Remedy[];
}

/** What only some findings hold. */
type Particular =
  | { readonly code: RoutingFindingCode.SOURCE_REGION_OUTSIDE_GEOGRAPHY | RoutingFindingCode.GEOGRAPHY_WITHOUT_ROUTES; readonly geography: Geography }
  | { readonly code: RoutingFindingCode.SOURCE_REGION_NOT_DOCUMENTED; readonly nearest?: string }
  // Without a geography it is about Global inference.
  | { readonly code: RoutingFindingCode.DESTINATION_NOT_ALLOWED; readonly geography?: Geography }
  // Without an endpoint it is about both. A card that knows nothing of an endpoint does not say that it does not serve the model.
  | { readonly code: RoutingFindingCode.IN_REGION_NOT_SERVED; readonly endpoint?: InRegionEndpoint; readonly known: boolean }
  | { readonly code: RoutingFindingCode.NOT_AN_INFERENCE_PROFILE_ID; readonly mistake: ProfileIdMistake };

/** Why a request cannot be routed as asked, as data: src/wording says it. */
export type Finding = Found & (Particular | { readonly code: Exclude<RoutingFindingCode, Particular['code']> });
