import { IResource, Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile } from './cross-region-inference-profile';
import { InferenceProfileGrants } from './inference-profile-grants';
import { callerAccount } from '../construct/caller-account';
import { APPLICATION_PROFILE_ARN_LENGTH, counted } from '../construct/counted-token';
import { HaikuError, shown } from '../private/errors';

/** The grants of an application profile. It belongs to one account, so callers of another have no use for it. */
export function applicationProfileGrants(
  profile: IResource & { readonly inferenceProfileArn: string }, copyFrom: CrossRegionInferenceProfile): InferenceProfileGrants {
  const arn = profile.inferenceProfileArn;
  const countedArn = counted(arn, APPLICATION_PROFILE_ARN_LENGTH);
  return InferenceProfileGrants._of(profile, ({ grantPrincipal }) => {
    const { account } = profile.env;
    const caller = callerAccount(grantPrincipal);
    if (caller !== undefined && Token.compareStrings(caller, account) === TokenComparison.DIFFERENT) {
      throw new HaikuError(
        `Principal ${grantPrincipal} is in another account than the application inference profile ${profile.node.path}, `
        + `got ${shown(caller)}; expected ${shown(account)}. An application inference profile can be called only from its own account: `
        + 'make one in the other account, or grant the CrossRegionInferenceProfile that it copies, which exists in every account.');
    }
    const stated = Token.isUnresolved(arn) ? {
      token: arn,
      as: `arn:${Stack.of(profile).partition}:bedrock:${copyFrom.sourceRegion}:${account}:application-inference-profile/example`,
      meaning: `the ARN of the application inference profile ${profile.node.path}`,
    } : undefined;
    return copyFrom._access(account, { arn, countedArn, stated });
  });
}
