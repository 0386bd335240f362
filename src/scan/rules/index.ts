import { BAD_APPLICATION_PROFILE } from './bad-application-profile';
import { BARE_MODEL_ID } from './bare-model-id';
import { COULD_NOT_CHECK } from './could-not-check';
import { MISSING_DESTINATION } from './missing-destination';
import { MISSING_GLOBAL_ARN } from './missing-global-arn';
import { MISSING_PROFILE_GRANT } from './missing-profile-grant';
import { MISSING_STREAMING } from './missing-streaming';
import { OUTSIDE_DESTINATION } from './outside-destination';
import { REGION_WILDCARD } from './region-wildcard';
import { RESIDENCY } from './residency';
import { ROLE_CANNOT_USE_PROFILE } from './role-cannot-use-profile';
import { UNCONDITIONED_MODEL } from './unconditioned-model';
import { UNKNOWN_PROFILE } from './unknown-profile';
import { UNSUPPORTED_TIER } from './unsupported-tier';
import { WRONG_SOURCE_REGION } from './wrong-source-region';
import { Rule } from '../rule';

/** Every rule, in the order in which findings of one place are told. */
export const RULES: readonly Rule[] = [
  BARE_MODEL_ID, UNKNOWN_PROFILE, WRONG_SOURCE_REGION, BAD_APPLICATION_PROFILE, ROLE_CANNOT_USE_PROFILE, MISSING_PROFILE_GRANT, MISSING_DESTINATION,
  MISSING_GLOBAL_ARN, UNSUPPORTED_TIER, RESIDENCY, MISSING_STREAMING, REGION_WILDCARD, UNCONDITIONED_MODEL, OUTSIDE_DESTINATION, COULD_NOT_CHECK,
];
