import type { Stated } from './plain-policy';
import { Statement } from '../policy/statement';

/** An application profile by way of which access is given. */
export interface GrantedApplicationProfile {
  readonly arn: string;
  /** The same ARN, as a token that counts right in a condition. */
  readonly countedArn: string;
  /** What a policy to attach by hand says instead, if the ARN is known only at deploy time. */
  readonly stated?: Stated;
}

/** Access to a model through an inference profile. */
export interface ProfileAccess {
  /** The first is on the profile, the others are on the model, there only through the profile. */
  readonly statements: Statement[];
  /** The profile that the first statement names. */
  readonly grantedArn: string;
  /** What tells it from other profiles of the route. */
  readonly grantedId: string;
  /** The same for all profiles that reach the same models in the same way. */
  readonly key: string;
  /** An ARN of a profile, so that it counts right in a condition. */
  readonly counted: (arn: string) => string;
  /** The source Regions that the stack can be deployed to, if its Region is known only then. */
  readonly sourceRegions?: string[];
  /** What a policy to attach by hand says instead of the ARN of the profile. */
  readonly stated?: Stated;
  /** What tells the command line the routing, with a space in front. */
  readonly routeOption: string;
}
