import type { CrossRegionInferenceProfile } from './cross-region-inference-profile';
import { isBranded } from '../private/brand';
import { HaikuError, shown } from '../private/errors';

/** What is read of a profile that another construct is made for. */
const READ = ['model', 'inferenceProfileId', 'sourceRegion', '_routing', '_statements', '_inferenceProfileArnIn'];

/** A cross-Region inference profile of the props, which another installed copy of this package may have made. */
export function checkedProfile(name: string, profile: unknown): CrossRegionInferenceProfile {
  const known = isBranded(profile, 'CrossRegionInferenceProfile');
  if (known && READ.every((member) => member in (profile as object))) return profile as CrossRegionInferenceProfile;
  const text = shown(profile);
  throw new HaikuError(
    `${name} is not a CrossRegionInferenceProfile, got ${text}${known || text.startsWith('CrossRegionInferenceProfile at ') ? OF_ANOTHER_COPY : ''}; `
    + `expected ${isBranded(profile, 'ApplicationInferenceProfile') ? 'the one that it copies' : EXPECTED[name] ?? 'one'}. `
    + 'Make one first: new CrossRegionInferenceProfile(this, \'Haiku\').');
}

const EXPECTED: Record<string, string> = { copyFrom: 'the profile to copy', target: 'the profile to ask about' };
const OF_ANOTHER_COPY = ' of another copy of cdk-bedrock-haiku, which this one cannot read (npm ls cdk-bedrock-haiku shows both)';
