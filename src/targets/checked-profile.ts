import type { CrossRegionInferenceProfile } from './cross-region-inference-profile';
import { isBranded, shownAsNo } from '../private/brand';
import { HaikuError } from '../private/errors';

/** What is read of a profile that another construct is made for. */
const READ = ['model', 'inferenceProfileId', 'sourceRegion', '_routing', '_access', '_inferenceProfileArnIn'];

/** A cross-Region inference profile of the props, which another installed copy of this package may have made. */
export function checkedProfile(name: string, profile: unknown): CrossRegionInferenceProfile {
  const known = isBranded(profile, 'CrossRegionInferenceProfile');
  if (known && READ.every((member) => member in (profile as object))) return profile as CrossRegionInferenceProfile;
  throw new HaikuError(
    `${name} is not a CrossRegionInferenceProfile, got ${shownAsNo('CrossRegionInferenceProfile', profile)}; `
    + `expected ${isBranded(profile, 'ApplicationInferenceProfile') ? 'the one that it copies' : EXPECTED[name] ?? 'one'}. `
    + 'Make a CrossRegionInferenceProfile first, and pass it.');
}

const EXPECTED: Record<string, string> = { copyFrom: 'the profile to copy', target: 'the profile to ask about' };
