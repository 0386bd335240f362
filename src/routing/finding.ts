/**
 * Why a request cannot be routed as asked. The codes are stable.
 */
export enum RoutingFindingCode {
  /** The model has no inference profile in the geography. */
  GEOGRAPHY_NOT_PUBLISHED = 'GEOGRAPHY_NOT_PUBLISHED',
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
  /** The bedrock-mantle endpoint does not serve the model in the Region. */
  IN_REGION_NOT_SERVED = 'IN_REGION_NOT_SERVED',
  /** What was given is not the ID of one of the model's inference profiles. */
  NOT_AN_INFERENCE_PROFILE_ID = 'NOT_AN_INFERENCE_PROFILE_ID',
}

/**
 * Why a request cannot be routed as asked, and what to do about it.
 */
export interface RoutingFinding {
  /**
   * The stable code, for programs.
   */
  readonly code: RoutingFindingCode;

  /**
   * What was given, what is allowed, what to change: for people.
   */
  readonly message: string;
}
