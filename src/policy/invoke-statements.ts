import { DESCRIBE_PROFILE_ACTION, INVOKE_ACTIONS } from './actions';
import { Statement } from './statement';

/** What a caller of a geo inference profile needs to reach. All values may be tokens. */
export interface GeoAccess {
  /** The profile that the caller names. */
  readonly profileArn: string;
  /** The system-defined profile that an application profile copies. */
  readonly copiedProfileArn?: string;
  /** The foundation model in each destination Region of the source Region. */
  readonly foundationModelArns: string[];
}

/** What a caller of the global inference profile needs to reach. All values may be tokens. */
export interface GlobalAccess {
  readonly profileArn: string;
  readonly copiedProfileArn?: string;
  readonly sourceRegion: string;
  /** The foundation model in the source Region. */
  readonly regionalModelArn: string;
  /** The foundation model without a Region. */
  readonly globalModelArn: string;
}

/**
 * The documented statements for Geo cross-Region inference: the profile, then the model in each destination Region, there only through the profile.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html
 */
export function geoStatements(access: GeoAccess): Statement[] {
  return [
    allow([...INVOKE_ACTIONS, DESCRIBE_PROFILE_ACTION], [access.profileArn]),
    allow(INVOKE_ACTIONS, access.foundationModelArns, throughProfile(access)),
  ];
}

/**
 * The documented statements for Global cross-Region inference: the profile and the model in the source Region, then the model
 * without a Region, which IAM sees as requested in the Region `unspecified`.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 */
export function globalStatements(access: GlobalAccess): Statement[] {
  const fromSource = { 'aws:RequestedRegion': access.sourceRegion };
  return [
    allow([...INVOKE_ACTIONS, DESCRIBE_PROFILE_ACTION], [access.profileArn], fromSource),
    allow(INVOKE_ACTIONS, [access.regionalModelArn], { ...fromSource, ...throughProfile(access) }),
    allow(INVOKE_ACTIONS, [access.globalModelArn], { 'aws:RequestedRegion': 'unspecified', ...throughProfile(access) }),
  ];
}

/**
 * For an application profile AWS does not document whether the key holds its own ARN or the copied profile's, so both are accepted.
 */
function throughProfile({ profileArn, copiedProfileArn }: GeoAccess | GlobalAccess): Record<string, string | string[]> {
  return { 'bedrock:InferenceProfileArn': copiedProfileArn ? [profileArn, copiedProfileArn] : profileArn };
}

function allow(actions: string[], resources: string[], equals?: Record<string, string | string[]>): Statement {
  return { Effect: 'Allow', Action: [...actions], Resource: resources, ...(equals && { Condition: { StringEquals: equals } }) };
}
