import type { CrossRegionInferenceProfile } from './cross-region-inference-profile';
import { IInvocableModel } from './invocable-model';
import { isBranded, shownAsNo } from '../private/brand';
import { HaikuError, shown } from '../private/errors';

/** The classes whose objects can be called. */
const MODELS = ['CrossRegionInferenceProfile', 'ApplicationInferenceProfile', 'InRegionInference'];

/** What every one of them has. */
const OF_MODEL = ['modelId', 'inferenceOption', 'endpoint', 'sourceRegion', 'model', 'grants'] satisfies Array<keyof IInvocableModel>;

/** What is read of a profile that another construct is made for. */
const OF_PROFILE = [
  ...OF_MODEL, 'inferenceProfileId', 'inferenceProfileArn', 'foundationModelArns', '_routing', '_route',
] satisfies Array<keyof CrossRegionInferenceProfile>;

/** A model of the props that can be called, which another installed copy of this package may have made. */
export function checkedTarget(name: string, target: unknown): IInvocableModel {
  if (MODELS.some((model) => isBranded(target, model)) && has(target, OF_MODEL)) return target as IInvocableModel;
  const given = MODELS.map((model) => shownAsNo(model, target)).find((text) => text !== shown(target)) ?? shown(target);
  throw new HaikuError(
    `${name} is not a model that can be called, got ${given}; `
    + 'expected a CrossRegionInferenceProfile, an ApplicationInferenceProfile or an InRegionInference. '
    + (isSomeonesOwn(target)
      ? 'IInvocableModel is not for implementing, since any release may add to it: make one of these three.'
      : 'For the ID of an inference profile, use CrossRegionInferenceProfile.fromInferenceProfileId(...).'));
}

/** A cross-Region inference profile of the props, which another installed copy of this package may have made. */
export function checkedProfile(name: 'copyFrom' | 'target', profile: unknown): CrossRegionInferenceProfile {
  if (isBranded(profile, 'CrossRegionInferenceProfile') && has(profile, OF_PROFILE)) return profile as CrossRegionInferenceProfile;
  throw new HaikuError(
    `${name} is not a CrossRegionInferenceProfile, got ${shownAsNo('CrossRegionInferenceProfile', profile)}; `
    + `expected ${isBranded(profile, 'ApplicationInferenceProfile') ? 'the one that it copies' : EXPECTED[name]}. `
    + (isSomeonesOwn(profile) ? 'ICrossRegionInferenceProfile is not for implementing, since any release may add to it. ' : '')
    + 'Make one first: new CrossRegionInferenceProfile(this, \'Haiku\').');
}

const EXPECTED = { copyFrom: 'the profile to copy', target: 'the profile to ask about' };

function has(value: unknown, members: string[]): boolean {
  return members.every((member) => member in (value as object));
}

/** Whether it is an object of a class that a user wrote for the interface: it has what a call needs, and is none of ours. */
function isSomeonesOwn(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !MODELS.some((model) => isBranded(value, model)) && has(value, ['modelId', 'sourceRegion', 'grants']);
}
